"""Absences over REST: who is away, from when to when; entered, changed and cancelled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from api.http.directory.editing import refusing
from api.http.directory.looking import there
from api.http.directory.marks import must_match
from api.http.parts import Asked, Parts
from api.http.problems import Problem
from api.office.absences import new_absence_id
from api.office.away_sheet import AbsenceSheet, Typing, absence_mark, absence_of
from directory.absence import Absence, Entered, Reason
from directory.model import PersonId, UnitId
from records.stores.absences import NoAbsence

AHEAD = timedelta(days=31)
"""So far is looked if nobody says until when."""

LONGEST = timedelta(days=366)
"""Whoever wants to know more asks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceShown:
    """One absence; `back` is when they can be reached again, `helps` who helps meanwhile (empty: their deputies).

    `overlaps` are the ids of others of the same person, told when it is entered or changed.
    """

    id: str
    mark: str
    person: str
    name: str
    unit: str
    begins: datetime
    ends: datetime
    back: datetime
    helps: str
    reason: Reason
    entered: Entered
    entered_by: str
    overlaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceList:
    """Absences that touch this time, in the order in which they begin."""

    items: tuple[AbsenceShown, ...]


async def absences(parts: Parts, asked: Asked) -> AbsenceList:
    """Absences in some time, of everybody, of a unit or of a person."""
    since = asked.values["since"] or parts.house.clock.now()
    until = asked.values["until"] or since + AHEAD
    if not since < until <= since + LONGEST:
        detail = '"until" must be later than "since", by at most 366 days.'
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    people = _whose(parts, asked.values["person"], asked.values["unit"])
    found = await parts.office.absences.store.between(since, until, people)
    return AbsenceList(items=tuple(_shown(parts, each) for each in found))


async def absence(parts: Parts, asked: Asked) -> AbsenceShown:
    """One absence."""
    return _shown(parts, await _found(parts, asked))


async def enter(parts: Parts, asked: Asked) -> AbsenceShown:
    """Enter an absence; it counts when this is answered."""
    sheet: AbsenceSheet = asked.body
    async with refusing():
        made = absence_of(parts.house.hall(), sheet, None, _typing(parts, asked))
        overlaps = await parts.office.absences.add(made)
    return _shown(parts, made, overlaps)


async def change(parts: Parts, asked: Asked) -> AbsenceShown:
    """Change an absence: the fields that are sent, the others stay."""
    sheet: AbsenceSheet = asked.body
    before = await _found(parts, asked)
    must_match(asked.values["If-Match"], absence_mark(before), "absence")
    if before.entered is Entered.CALENDAR:
        detail = "This absence is from a calendar: change it there. Here it can be cancelled."
        raise Problem(HTTPStatus.CONFLICT, detail)
    async with refusing():
        made = absence_of(parts.house.hall(), sheet, before, _typing(parts, asked))
    try:
        overlaps = await parts.office.absences.change(made, asked.by)
    except NoAbsence as gone:
        raise Problem(HTTPStatus.CONFLICT, str(gone)) from None
    return _shown(parts, made, overlaps)


async def cancel(parts: Parts, asked: Asked) -> AbsenceShown:
    """Cancel an absence: they are in after all."""
    before = await _found(parts, asked)
    try:
        await parts.office.absences.take_back(before.id, asked.by)
    except NoAbsence as gone:
        raise Problem(HTTPStatus.CONFLICT, str(gone)) from None
    return _shown(parts, before)


def _whose(parts: Parts, person: str | None, unit: str | None) -> frozenset[PersonId] | None:
    """Whose absences are wanted; None: everybody's. Raises Problem (404)."""
    hall = parts.house.hall()
    people: frozenset[PersonId] | None = None
    if unit is not None:
        there(hall.units, UnitId(unit), "unit")
        people = frozenset(each.id for each in hall.staff.by_unit.get(UnitId(unit), ()))
    if person is not None:
        one = frozenset({PersonId(person)})
        people = one if people is None else people & one
    return people


async def _found(parts: Parts, asked: Asked) -> Absence:
    """The absence of the path, if it counts. Raises Problem (404)."""
    found = await parts.office.absences.find(asked.path["absence"])
    if found is None or found.cancelled_at is not None:
        detail = "There is no absence of this id, or it was cancelled; /api/absences lists those that count."
        raise Problem(HTTPStatus.NOT_FOUND, detail)
    return found.absence


def _typing(parts: Parts, asked: Asked) -> Typing:
    return Typing(id=new_absence_id(), at=parts.house.clock.now(), by=asked.by, entered=Entered.REST)


def _shown(parts: Parts, absence: Absence, overlaps: tuple[Absence, ...] = ()) -> AbsenceShown:
    person = parts.house.hall().people.get(absence.person)
    return AbsenceShown(
        id=absence.id,
        mark=absence_mark(absence),
        person=absence.person,
        name=person.name if person else "",
        unit=person.unit if person else "",
        begins=absence.begins,
        ends=absence.ends,
        back=absence.reachable,
        helps=absence.helps or "",
        reason=absence.reason,
        entered=absence.entered,
        entered_by=absence.entered_by,
        overlaps=tuple(each.id for each in overlaps),
    )
