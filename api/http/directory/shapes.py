"""The shapes of units, matters and people in answers: every field as it may be sent back, the id, and the mark.

The mark is the entity tag (RFC 9110 §8.8.3): it is another one as soon as anything of the thing was changed, and who
changes it sends it as If-Match.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from api.office.showing import mark_of, matter_sheet, person_sheet, unit_sheet
from callflows.facts import PERSONAL
from directory.changes import Known
from directory.model import Matter, Person, Reached, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitShown:
    """A unit, or a body outside the hall."""

    id: str
    mark: str
    name: str
    spoken: str
    aliases: tuple[str, ...]
    words: tuple[str, ...]
    address: str
    direct: str
    numbers: tuple[str, ...]
    faxes: tuple[str, ...]
    extension: str
    reached: Reached
    doubtful: bool
    hours: Mapping[str, str]
    closed_on: tuple[str, ...]
    outside: bool
    parent: str
    short: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterShown:
    """What a citizen wants settled."""

    id: str
    mark: str
    symbol: str
    title: str
    spoken: str
    aliases: tuple[str, ...]
    words: tuple[str, ...]
    unit: str
    direct: str
    numbers: tuple[str, ...]
    where: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """An official; their mobile is the hall's own affair."""

    id: str
    mark: str
    name: str
    spoken: str
    announced: str
    unit: str
    position: str
    room: str
    extension: str
    reached: Reached
    doubtful: bool
    direct: str
    mobile: str = field(metadata=PERSONAL)
    email: str
    languages: tuple[str, ...]
    matters: tuple[str, ...]
    deputies: tuple[str, ...]
    accept_key: bool
    introduction: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """Units in the order of the directory; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[UnitShown, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """Matters in the order of the directory; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[MatterShown, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """People in the order of the directory; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[PersonShown, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What was taken out of the directory, by its id."""

    id: str


Shown = UnitShown | MatterShown | PersonShown


def shown(known: Known) -> Shown:
    """A unit, matter or person as an answer has it."""
    match known:
        case Unit():
            return unit_shown(known)
        case Matter():
            return matter_shown(known)
        case Person():
            return person_shown(known)


def unit_shown(unit: Unit) -> UnitShown:
    """A unit as an answer has it."""
    return UnitShown(id=unit.id, mark=mark_of(unit), source=unit.source, **asdict(unit_sheet(unit)))


def matter_shown(matter: Matter) -> MatterShown:
    """A matter as an answer has it."""
    return MatterShown(
        id=matter.id, mark=mark_of(matter), source=matter.source, **asdict(matter_sheet(matter))
    )


def person_shown(person: Person) -> PersonShown:
    """A person as an answer has it."""
    return PersonShown(id=person.id, mark=mark_of(person), **asdict(person_sheet(person)))
