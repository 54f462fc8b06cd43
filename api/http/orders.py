"""What may be asked of a call by a body: to whom its caller is handed over, and how."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, Tag, with_config

from api.http.body import Body
from callflows.talk.commands import AtExtension, How, ThisPerson, WhoeverIsCompetent, Whom
from directory.model import Hall, MatterId, PersonId, UnitId
from directory.whom import is_internal, this_person

_strictly = with_config(ConfigDict(extra="forbid"))
_how = Field(description="one of stay, leave, consult")


def _id(what: str) -> Any:
    return Field(min_length=1, max_length=200, description=f"{what}: a text of 1 to 200 characters")


class NotInDirectory(LookupError):
    """The body names somebody whom the directory does not have; the text is one sentence that names the field."""


@_strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class ToPerson:
    """Hand the caller over to this person."""

    person: Annotated[str, _id("the id of a person with a phone")]
    how: Annotated[How, _how] = How.STAY


@_strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class ToUnit:
    """Hand the caller over to whoever is competent in this unit."""

    unit: Annotated[str, _id("the id of a unit")]
    how: Annotated[How, _how] = How.STAY


@_strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class ToMatter:
    """Hand the caller over to whoever is competent for this matter."""

    matter: Annotated[str, _id("the id of a matter")]
    how: Annotated[How, _how] = How.STAY


@_strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class ToExtension:
    """Hand the caller over to whom the directory has at this extension."""

    extension: Annotated[
        str, Field(pattern="^[0-9]{1,15}$", description="an extension of the hall, in up to 15 digits")
    ]
    how: Annotated[How, _how] = How.STAY


ToWhom = ToPerson | ToUnit | ToMatter | ToExtension
NAMES = ("person", "unit", "matter", "extension")


def _which(given: object) -> str | None:
    """The one name that is there; None for none and for several."""
    found = [name for name in NAMES if isinstance(given, dict) and name in given]
    return found[0] if len(found) == 1 else None


TRANSFER = Body(
    "Transfer",
    Annotated[
        Annotated[ToPerson, Tag("person")]
        | Annotated[ToUnit, Tag("unit")]
        | Annotated[ToMatter, Tag("matter")]
        | Annotated[ToExtension, Tag("extension")],
        Discriminator(_which),
    ],
    'send an object with exactly one of "person", "unit", "matter" and "extension", and "how" if you wish.',
)


def whom(hall: Hall, order: ToWhom) -> Whom:
    """Whom the order names. Raises NotInDirectory."""
    match order:
        case ToPerson(person=person):
            if this_person(hall, PersonId(person)) is None:
                raise NotInDirectory('"person" is the id of nobody whom the directory has with a phone.')
            return ThisPerson(PersonId(person))
        case ToUnit(unit=unit):
            if UnitId(unit) not in hall.units:
                raise NotInDirectory('"unit" is the id of no unit of the directory.')
            return WhoeverIsCompetent(UnitId(unit))
        case ToMatter(matter=matter):
            if MatterId(matter) not in hall.matters:
                raise NotInDirectory('"matter" is the id of no matter of the directory.')
            return WhoeverIsCompetent(MatterId(matter))
        case ToExtension(extension=digits):
            if not is_internal(hall, digits):
                raise NotInDirectory('"extension" is nobody\'s in the directory; only these may be dialled.')
            return AtExtension(digits)
