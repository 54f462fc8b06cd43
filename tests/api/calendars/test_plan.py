"""A calendar and the absences made of it: entered once, moved and cancelled with the event, and by hand for good."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from api.calendars.busy import Busy
from api.calendars.plan import Plan, planned
from directory.absence import Absence, AbsenceId, Entered, Reason
from tests.api.calendars.feeds import warsaw
from tests.flows.town import ANNA, TOWN

NOW = warsaw("2026-11-24T10:00")
MEETING = Busy(warsaw("2026-11-24T09:30"), warsaw("2026-11-24T11:00"), "meeting")
LEAVE = Busy(warsaw("2026-11-26"), warsaw("2026-11-28"), "leave")
MOVED = Busy(LEAVE.begins + timedelta(days=7), LEAVE.ends + timedelta(days=7), "leave")


def ids() -> Iterator[AbsenceId]:
    yield from (AbsenceId(f"new-{number}") for number in range(100))


def plan(
    *busy: Busy, held: tuple[Absence, ...] = (), dismissed: tuple[Absence, ...] = (), at: datetime = NOW
) -> Plan:
    return planned(TOWN, ANNA, busy, held, dismissed, at=at, new_id=ids().__next__)


def test_what_is_new_is_entered_without_a_word_of_what_it_is() -> None:
    made = plan(LEAVE, MEETING)
    assert made.cancel == ()
    assert [(each.begins, each.ends, each.calendar) for each in made.enter] == [
        (MEETING.begins, MEETING.ends, "meeting"),
        (LEAVE.begins, LEAVE.ends, "leave"),
    ]
    assert {(each.person, each.entered, each.reason) for each in made.enter} == {
        (ANNA, Entered.CALENDAR, Reason.OUT_OF_OFFICE)
    }
    assert made.enter[0].back is None
    assert made.enter[1].back == warsaw("2026-11-30T08:00")


def test_reading_it_again_changes_nothing() -> None:
    assert plan(LEAVE, MEETING, held=plan(LEAVE, MEETING).enter) == Plan()


def test_a_moved_event_takes_its_absence_along() -> None:
    (old,) = plan(LEAVE).enter
    made = plan(MOVED, held=(old,))
    assert made.cancel == (old,)
    assert [each.begins for each in made.enter] == [MOVED.begins]


def test_a_vanished_event_takes_its_absence_away_but_not_what_is_over() -> None:
    old = plan(LEAVE, MEETING).enter
    assert plan(held=old).cancel == old
    assert plan(held=old, at=LEAVE.ends) == Plan()


def test_what_is_over_is_not_entered() -> None:
    assert plan(MEETING, at=MEETING.ends) == Plan()


def test_who_said_that_they_are_in_after_all_is_believed_until_the_event_moves() -> None:
    (dismissed,) = plan(LEAVE).enter
    assert plan(LEAVE, dismissed=(dismissed,)) == Plan()
    assert [each.begins for each in plan(MOVED, dismissed=(dismissed,)).enter] == [MOVED.begins]
