"""Who is competent for this matter, in which order, and why: `resolve`.

Pure and deterministic: the same hall, subject and moment give the same answer. The order: people to whom the
matter is assigned by name, then those who settle all matters of its unit, then the deputies of both in the
order in which they are written, then the unit's own line. Whatever rules somebody out (an absence, a phone
that is in use) belongs into `_can_be_rung`.

The reasons are Polish sentences: the supervisor reads them in the story of the call.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from directory.hours import is_open
from directory.model import Extension, Hall, Matter, MatterId, Person, Unit, UnitId


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the directory proposes for a matter now, and why.

    `person` is None for a unit's own line. `direct` is what the caller is told if nobody takes it.
    """

    unit: Unit
    extension: Extension
    why: str
    person: Person | None = None
    direct: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody competent who is not proposed now, and why not."""

    unit: Unit
    why: str
    person: Person | None = None


class Lack(Enum):
    """Why nobody is proposed: the caller is told so in other words each time."""

    OUTSIDE = "outside"
    CLOSED = "closed"
    AWAY = "away"
    """Everybody who settles it is absent."""
    UNREACHABLE = "unreachable"
    """The catalogue has no phone to ring, or every one of them is disconnected."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The ordered candidates; and what to tell the caller when there is none.

    `unit` is who is competent (None: nobody knows, so the desk helps), and `direct` the number that the
    caller may dial themselves: the matter's, else that unit's, or the desk's if no unit is known; None if
    the catalogue has no number that is surely no fax. `outside` says that `unit` is a body outside the
    hall: the caller gets *its* number. `why_none` is set exactly if there is no candidate.
    """

    candidates: tuple[Candidate, ...]
    direct: str | None
    unit: Unit | None
    outside: bool = False
    why_none: str = ""
    lack: Lack | None = None
    """Set exactly if there is no candidate."""
    back: datetime | None = None
    """With `Lack.AWAY`: when the first of them can be reached again."""
    passed_over: tuple[PassedOver, ...] = ()


class NoSuchSubject(LookupError):
    """Neither a matter nor a unit of the hall has this id."""


def resolve(hall: Hall, subject: MatterId | UnitId, at: datetime) -> Resolution:
    """Propose who is to be rung about a matter (or a unit's other matters) at that moment.

    Raises NoSuchSubject, and ValueError for a moment without a time zone.
    """
    matter, unit = matter_and_unit(hall, subject)
    competent = unit or hall.units[hall.desk]
    direct = (matter.direct if matter else None) or competent.direct
    if competent.outside:
        why = f"sprawę załatwia instytucja spoza urzędu: {competent.name}"
        return Resolution((), direct, unit, outside=True, why_none=why)
    if not is_open(hall, at, unit=competent):
        return Resolution((), direct, unit, why_none=f"poza godzinami pracy: {competent.name}")
    candidates = tuple(_candidates(hall, matter, competent, at, unit_known=unit is not None))
    why = "" if candidates else f"katalog nie podaje telefonu, na który można zadzwonić: {competent.name}"
    return Resolution(candidates, direct, unit, why_none=why)


def matter_and_unit(hall: Hall, subject: MatterId | UnitId) -> tuple[Matter | None, Unit | None]:
    """Return the matter (None if a unit was asked for) and the unit (None if the catalogue names none).

    Raises NoSuchSubject.
    """
    matter = hall.matters.get(MatterId(subject))
    if matter is not None:
        return matter, hall.units[matter.unit] if matter.unit else None
    unit = hall.units.get(UnitId(subject))
    if unit is None:
        raise NoSuchSubject(f"neither a matter nor a unit of {hall.name} is called {subject!r}")
    return None, unit


def _candidates(
    hall: Hall, matter: Matter | None, unit: Unit, at: datetime, *, unit_known: bool
) -> Iterator[Candidate]:
    """Yield whom to ring, everybody and every phone once."""
    rung: set[str] = set()
    for person, why in who_settles(hall, matter, unit):
        home = hall.units[person.unit]
        if person.extension and person.extension.digits not in rung and is_open(hall, at, unit=home):
            rung.add(person.extension.digits)
            direct = direct_number(hall, home, person, matter)
            yield Candidate(home, person.extension, _said(why, unit_known=unit_known), person, direct)
    if unit.line and unit.line.digits not in rung:
        why = _said(f"wspólny telefon: {unit.name}", unit_known=unit_known)
        yield Candidate(unit, unit.line, why, None, direct_number(hall, unit, None, matter))


def direct_number(hall: Hall, home: Unit, person: Person | None, matter: Matter | None) -> str | None:
    """Return what the caller is told to dial for somebody: their own number, the matter's, their unit's."""
    own = person.direct if person else None
    theirs = matter is not None and (matter.unit or hall.desk) == home.id
    return own or (matter.direct if matter and theirs else None) or home.direct


def who_settles(hall: Hall, matter: Matter | None, unit: Unit) -> Iterator[tuple[Person, str]]:
    """Yield everybody who may settle it, best first, with the reason; the same person may come again."""
    assigned = [person for person in hall.people.values() if matter and matter.id in person.matters]
    general = [person for person in hall.people.values() if person.unit == unit.id and not person.matters]
    for person in assigned:
        yield person, f"prowadzi sprawę: {_title(matter)}"
    for person in general:
        yield person, f"prowadzi wszystkie sprawy komórki: {unit.name}"
    for person in (*assigned, *general):
        for deputy in _deputies(hall, person):
            yield deputy, f"zastępuje: {person.name}"


def _deputies(hall: Hall, person: Person) -> Iterator[Person]:
    """Yield a person's deputies in the order in which they are written."""
    for deputy in person.deputies:
        yield hall.people[deputy]


def _title(matter: Matter | None) -> str:
    """Return a matter's symbol and title, as a supervisor knows it."""
    return f"{matter.symbol} {matter.title}".strip() if matter else ""


def _said(why: str, *, unit_known: bool) -> str:
    """Add to a reason that the desk only stands in for a unit which nobody knows."""
    return why if unit_known else f"katalog nie wskazuje komórki dla tej sprawy; {why}"
