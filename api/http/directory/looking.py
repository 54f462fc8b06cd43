"""Looking things up: the lists of units, matters and people, each of them, and who is competent now, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar

from api.http import shapes as masking
from api.http.directory import shapes
from api.http.parts import Asked, Parts
from api.http.problems import Problem
from api.office.showing import mark_of
from api.office.typed import number_written
from directory.changes import Known
from directory.live import PhoneState
from directory.model import Hall, MatterId, Person, PersonId, Reached, UnitId
from directory.resolve import Candidate, Lack, NoSuchSubject, PassedOver, resolve

Item = TypeVar("Item", bound=Known)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateShown:
    """Somebody who is rung about it, and why; no person: a unit's own line."""

    person: str
    name: str
    unit: str
    unit_name: str
    extension: str
    reached: Reached
    phone: PhoneState
    direct: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOverShown:
    """Somebody competent who is not rung now, and why not."""

    person: str
    name: str
    unit: str
    unit_name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoShown:
    """Who is competent at that moment, best first; and what the caller is told if there is nobody."""

    subject: str
    title: str
    at: datetime
    unit: str
    unit_name: str
    direct: str
    outside: bool
    candidates: tuple[CandidateShown, ...]
    passed_over: tuple[PassedOverShown, ...]
    lack: Lack | None
    why_none: str
    back: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryShown:
    """The directory in force: whose it is, and how much is in it."""

    name: str
    desk: str
    timezone: str
    units: int
    matters: int
    people: int


async def directory(parts: Parts, asked: Asked) -> DirectoryShown:
    """What the directory is."""
    hall = parts.house.hall()
    return DirectoryShown(
        name=hall.name,
        desk=hall.desk,
        timezone=hall.timezone,
        units=len(hall.units),
        matters=len(hall.matters),
        people=len(hall.people),
    )


async def units(parts: Parts, asked: Asked) -> shapes.UnitPage:
    """Units, in the order of the directory."""
    parent = asked.values["parent"]
    wanted = [each for each in parts.house.hall().units.values() if parent in (None, each.parent or "")]
    page, following = _page(wanted, asked.values)
    return shapes.UnitPage(items=tuple(map(shapes.unit_shown, page)), next=following)


async def matters(parts: Parts, asked: Asked) -> shapes.MatterPage:
    """Matters, in the order of the directory."""
    unit = asked.values["unit"]
    wanted = [each for each in parts.house.hall().matters.values() if unit in (None, each.unit or "")]
    page, following = _page(wanted, asked.values)
    return shapes.MatterPage(items=tuple(map(shapes.matter_shown, page)), next=following)


async def people(parts: Parts, asked: Asked) -> shapes.PersonPage:
    """People, in the order of the directory."""
    unit = asked.values["unit"]
    hall = parts.house.hall()
    wanted = hall.people.values() if unit is None else hall.staff.by_unit.get(UnitId(unit), ())
    page, following = _page(tuple(wanted), asked.values)
    return shapes.PersonPage(items=tuple(_person(asked, each) for each in page), next=following)


async def unit(parts: Parts, asked: Asked) -> shapes.UnitShown:
    """One unit."""
    return shapes.unit_shown(there(parts.house.hall().units, UnitId(asked.path["unit"]), "unit"))


async def matter(parts: Parts, asked: Asked) -> shapes.MatterShown:
    """One matter."""
    return shapes.matter_shown(there(parts.house.hall().matters, MatterId(asked.path["matter"]), "matter"))


async def person(parts: Parts, asked: Asked) -> shapes.PersonShown:
    """One person."""
    found = there(parts.house.hall().people, PersonId(asked.path["person"]), "person")
    return _person(asked, found)


async def who(parts: Parts, asked: Asked) -> WhoShown:
    """Who is competent for a matter or a unit, best first, and why."""
    hall, subject = parts.house.hall(), asked.path["subject"]
    at = asked.values["at"] or parts.house.clock.now()
    try:
        found = resolve(hall, MatterId(subject), at, parts.house.live)
    except NoSuchSubject:
        detail = "Neither a matter nor a unit has this id; /api/directory/find finds them by words."
        raise Problem(HTTPStatus.NOT_FOUND, detail) from None
    return WhoShown(
        subject=subject,
        title=_title(hall, subject),
        at=at,
        unit=found.unit.id if found.unit else "",
        unit_name=found.unit.name if found.unit else "",
        direct=number_written(found.direct),
        outside=found.outside,
        candidates=tuple(
            _candidate(each, parts.house.live.phone(each.extension)) for each in found.candidates
        ),
        passed_over=tuple(map(_passed_over, found.passed_over)),
        lack=found.lack,
        why_none=found.why_none,
        back=found.back,
    )


def there(known: Mapping[Any, Item], id: str, what: str) -> Item:
    """What has this id. Raises Problem (404)."""
    found = known.get(id)
    if found is None:
        detail = f"There is no {what} of this id in the directory; /api/directory/find finds them by words."
        raise Problem(HTTPStatus.NOT_FOUND, detail)
    return found


def _person(asked: Asked, person: Person) -> shapes.PersonShown:
    """A person for who asks. Who may not see a mobile gets no mark of it either: they could try all numbers on it."""
    if asked.sees_mobiles:
        return shapes.person_shown(person)
    hidden = masking.seen(shapes.person_shown(person), personal=False)
    return replace(hidden, mark=mark_of(replace(person, mobile=None)))


def _page(wanted: Sequence[Item], values: Mapping[str, Any]) -> tuple[Sequence[Item], str]:
    """The items after the one named, and the name of the last if there are more. Raises Problem (400)."""
    after, limit = values["after"], values["limit"]
    start = 0
    if after:
        ids: Iterable[str] = [each.id for each in wanted]
        start = next((place for place, id in enumerate(ids, start=1) if id == after), -1)
        if start < 0:
            detail = '"after" must be the "next" of the page before, or be left out.'
            raise Problem(HTTPStatus.BAD_REQUEST, detail)
    page = wanted[start : start + limit]
    return page, page[-1].id if start + limit < len(wanted) else ""


def _title(hall: Hall, subject: str) -> str:
    matter = hall.matters.get(MatterId(subject))
    return f"{matter.symbol} {matter.title}".strip() if matter else hall.units[UnitId(subject)].name


def _candidate(candidate: Candidate, phone: PhoneState) -> CandidateShown:
    person = candidate.person
    return CandidateShown(
        person=person.id if person else "",
        name=person.name if person else candidate.unit.name,
        unit=candidate.unit.id,
        unit_name=candidate.unit.name,
        extension=candidate.extension.digits,
        reached=candidate.extension.reached,
        phone=phone,
        direct=number_written(candidate.direct),
        why=candidate.why,
    )


def _passed_over(passed: PassedOver) -> PassedOverShown:
    person = passed.person
    return PassedOverShown(
        person=person.id if person else "",
        name=person.name if person else passed.unit.name,
        unit=passed.unit.id,
        unit_name=passed.unit.name,
        why=passed.why,
    )
