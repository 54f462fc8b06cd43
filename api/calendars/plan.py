"""What busy hours change in somebody's absences: new ones are entered, moved ones replaced, vanished ones cancelled."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from api.calendars.busy import Busy
from api.office.away_sheet import opens_again
from directory.absence import Absence, AbsenceId, Entered, Reason
from directory.model import Hall, PersonId


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done."""

    cancel: tuple[Absence, ...] = ()
    enter: tuple[Absence, ...] = ()


def planned(
    hall: Hall,
    person: PersonId,
    busy: Iterable[Busy],
    held: Collection[Absence],
    dismissed: Collection[Absence],
    *,
    at: datetime,
    new_id: Callable[[], AbsenceId],
) -> Plan:
    """Compare what a calendar says with what we hold of it.

    `held` are the calendar's absences that count; `dismissed` those that somebody cancelled by hand, who is in after
    all: they stay cancelled as long as the calendar does not move them.
    """
    ahead = {each.event: each for each in busy if each.ends > at}
    running = [absence for absence in held if absence.ends > at]
    as_it_was = {absence.calendar for absence in running if _same(absence, ahead.get(absence.calendar))}
    refused = {absence.calendar for absence in dismissed if _same(absence, ahead.get(absence.calendar))}
    fresh = [each for event, each in ahead.items() if event not in as_it_was | refused]
    return Plan(
        cancel=tuple(absence for absence in running if absence.calendar not in as_it_was),
        enter=tuple(
            Absence(
                id=new_id(),
                person=person,
                begins=each.begins,
                ends=each.ends,
                back=opens_again(hall, person, each.ends),
                reason=Reason.OUT_OF_OFFICE,
                entered=Entered.CALENDAR,
                calendar=each.event,
            )
            for each in sorted(fresh)
        ),
    )


def _same(absence: Absence, busy: Busy | None) -> bool:
    return busy is not None and (absence.begins, absence.ends) == (busy.begins, busy.ends)
