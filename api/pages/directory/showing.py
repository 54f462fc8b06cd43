"""The pages of one unit, one matter and one person: what is known of them, and who is competent now, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from api.http.problems import Problem
from api.language import noted
from api.office.changing import known_of
from api.office.showing import sheet_of
from api.pages.directory.rights import may_edit, may_see_history, may_speak_for
from api.pages.directory.words import Words
from api.pages.page import Shown
from api.pages.visit import Visit
from directory.absence import Absence
from directory.changes import Kind, Known
from directory.hours import closing_time, is_open
from directory.live import Live, PhoneState
from directory.model import Hall, Matter, MatterId, Person, PersonId, Unit, UnitId
from directory.resolve import Resolution, resolve

GONE = noted("Nie ma tego w katalogu. Może zostało usunięte.")


@dataclass(frozen=True, slots=True)
class Here:
    """One person at this moment."""

    person: Person
    absence: Absence | None
    phone: PhoneState


@dataclass(frozen=True, slots=True)
class Who:
    """Who is competent at this moment, and the phones' states by their extension."""

    at: datetime
    found: Resolution
    phones: dict[str, PhoneState]


async def unit(visit: Visit) -> Shown:
    """A unit: its people and matters, and who answers there now."""
    found = the_unit(visit, visit.path["unit"])
    hall, at = visit.parts.house.hall(), visit.parts.house.clock.now()
    staff = hall.staff.by_unit.get(found.id, ())
    values = {
        "unit": found,
        "above": tuple(above(hall, found)),
        "parts": [each for each in hall.units.values() if each.parent == found.id],
        "people": [here(visit.parts.house.live, person, at) for person in staff],
        "matters": [each for each in hall.matters.values() if each.unit == found.id],
        "week": found.week or hall.week,
        "closes": closing_time(hall, at, unit=found) if is_open(hall, at, unit=found) else None,
        "who": who(visit, found.id),
        "tasks": (await visit.parts.office.tidying.store.count_open()).get(found.id, 0)
        if may_edit(visit)
        else 0,
    }
    return Shown(values | common(visit, Kind.UNIT, found))


async def matter(visit: Visit) -> Shown:
    """A matter: where it is settled, and who is competent now."""
    found = the_matter(visit, visit.path["matter"])
    hall = visit.parts.house.hall()
    values = {
        "matter": found,
        "unit": hall.units.get(found.unit) if found.unit else None,
        "assigned": hall.staff.by_matter.get(found.id, ()),
        "who": who(visit, found.id),
    }
    return Shown(values | common(visit, Kind.MATTER, found))


async def person(visit: Visit) -> Shown:
    """A person: where and how they are reached, what they settle, and when they are away."""
    found = the_person(visit, visit.path["person"])
    hall, at = visit.parts.house.hall(), visit.parts.house.clock.now()
    office = visit.parts.office
    values = {
        "person": found,
        "unit": hall.units[found.unit],
        "here": here(visit.parts.house.live, found, at),
        "absences": await office.absences.ahead(found.id),
        "matters": [hall.matters[each] for each in found.matters],
        "deputies": [here(visit.parts.house.live, hall.people[each], at) for each in found.deputies],
        "stands_in_for": [each for each in hall.people.values() if found.id in each.deputies],
        "people": hall.people,
        "speaks_for": may_speak_for(visit, found.id),
        "calendar": await office.calendars.of(found.id),
    }
    return Shown(values | common(visit, Kind.PERSON, found))


def common(visit: Visit, kind: Kind, known: Known) -> dict[str, Any]:
    """What every page of a thing has."""
    return {
        "kind": kind,
        "known": known,
        "sheet": sheet_of(known),
        "may_edit": may_edit(visit),
        "may_see_history": may_see_history(visit),
        "say": Words(visit),
    }


def who(visit: Visit, subject: MatterId | UnitId) -> Who:
    """Who is competent now for a matter, or a unit's other matters."""
    house = visit.parts.house
    at = house.clock.now()
    found = resolve(house.hall(), subject, at, house.live)
    phones = {each.extension.digits: house.live.phone(each.extension) for each in found.candidates}
    return Who(at, found, phones)


def here(live: Live, person: Person, at: datetime) -> Here:
    """Where somebody is at that moment, as far as it is known."""
    phone = live.phone(person.extension) if person.extension else PhoneState.UNKNOWN
    return Here(person, live.absence(person.id, at), phone)


def above(hall: Hall, unit: Unit) -> Iterator[Unit]:
    """Yield the units that this one is a part of, the highest first."""
    chain: list[Unit] = []
    parent = hall.units.get(unit.parent) if unit.parent else None
    while parent is not None and parent not in (unit, *chain):
        chain.append(parent)
        parent = hall.units.get(parent.parent) if parent.parent else None
    yield from reversed(chain)


def the_known(visit: Visit, kind: Kind, id: str) -> Known:
    """The unit, matter or person of this id. Raises Problem (404)."""
    found = known_of(visit.parts.house.hall(), kind, id)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, GONE)
    return found


def the_unit(visit: Visit, id: str) -> Unit:
    """The unit of this id. Raises Problem (404)."""
    found = the_known(visit, Kind.UNIT, id)
    assert isinstance(found, Unit)
    return found


def the_matter(visit: Visit, id: str) -> Matter:
    """The matter of this id. Raises Problem (404)."""
    found = the_known(visit, Kind.MATTER, id)
    assert isinstance(found, Matter)
    return found


def the_person(visit: Visit, id: str) -> Person:
    """The person of this id. Raises Problem (404)."""
    found = the_known(visit, Kind.PERSON, PersonId(id))
    assert isinstance(found, Person)
    return found
