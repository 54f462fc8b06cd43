"""What may be typed of a unit, a matter and a person: the body of a REST call, and what a page's form is read into.

A field that is left out (None) stays as it is; an empty text or list empties it. Numbers are written as people write
them, E.164 too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints, with_config

from api.office.complaints import LONGEST
from directory.model import Reached

MANY = 200
"""Texts of one list."""

strictly = with_config(ConfigDict(extra="forbid"))


def text(what: str) -> Any:
    """One line."""
    return Field(max_length=LONGEST, description=f"{what}: a text of at most {LONGEST} characters")


def texts(what: str) -> Any:
    """A list of lines."""
    return Field(
        max_length=MANY,
        description=f"{what}: a list of at most {MANY} texts of at most {LONGEST} characters each",
    )


def yes_or_no(what: str) -> Any:
    """True or false."""
    return Field(description=f"{what}: true or false")


Line = Annotated[str, StringConstraints(max_length=LONGEST)]
Lines = tuple[Line, ...]

_REACHED = Field(description='where the extension is reached: "here" or "trunk"')
_HOURS = Field(
    max_length=7,
    description='opening hours by weekday, like {"mon": "8.00-15.30"}; {} for the hours of the hall',
)


@strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSheet:
    """What may be written of a unit."""

    name: Annotated[str | None, text("its name")] = None
    spoken: Annotated[str | None, text("its name as a voice says it")] = None
    aliases: Annotated[Lines | None, texts("other names")] = None
    words: Annotated[Lines | None, texts("everyday words by which citizens ask for it")] = None
    address: Annotated[str | None, text("where it is")] = None
    direct: Annotated[str | None, text("the number that citizens dial")] = None
    numbers: Annotated[Lines | None, texts("all its telephone numbers")] = None
    faxes: Annotated[Lines | None, texts("its fax numbers")] = None
    extension: Annotated[str | None, text("the extension of its own line")] = None
    reached: Annotated[Reached | None, _REACHED] = None
    doubtful: Annotated[bool | None, yes_or_no("whether the extension is doubtful, and rung last")] = None
    hours: Annotated[Mapping[str, Line] | None, _HOURS] = None
    closed_on: Annotated[Lines | None, texts('days on which it alone is closed, like "2026-12-24"')] = None
    outside: Annotated[bool | None, yes_or_no("whether it is a body outside the hall")] = None
    parent: Annotated[str | None, text("the id of the unit that it is a part of")] = None
    short: Annotated[str | None, text("a short code that citizens may dial")] = None


@strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class MatterSheet:
    """What may be written of a matter."""

    symbol: Annotated[str | None, text("the symbol of its card")] = None
    title: Annotated[str | None, text("its title")] = None
    spoken: Annotated[str | None, text("its title as a voice says it")] = None
    aliases: Annotated[Lines | None, texts("other symbols and titles")] = None
    words: Annotated[Lines | None, texts("everyday words by which citizens ask for it")] = None
    unit: Annotated[str | None, text("the id of the competent unit")] = None
    direct: Annotated[str | None, text("its own number, before the unit's")] = None
    numbers: Annotated[Lines | None, texts("all its telephone numbers")] = None
    where: Annotated[str | None, text("where it is settled")] = None


@strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSheet:
    """What may be written of a person."""

    name: Annotated[str | None, text("first name and surname")] = None
    spoken: Annotated[str | None, text("the name as a voice says it")] = None
    announced: Annotated[str | None, text('the name as it stands after "Łączę z"')] = None
    unit: Annotated[str | None, text("the id of their unit")] = None
    position: Annotated[str | None, text("their position")] = None
    room: Annotated[str | None, text("their room")] = None
    extension: Annotated[str | None, text("their extension")] = None
    reached: Annotated[Reached | None, _REACHED] = None
    doubtful: Annotated[bool | None, yes_or_no("whether the extension is doubtful, and rung last")] = None
    direct: Annotated[str | None, text("the number that citizens dial")] = None
    mobile: Annotated[str | None, text("their mobile, which callers are never told")] = None
    email: Annotated[str | None, text("their e-mail address")] = None
    languages: Annotated[Lines | None, texts('what they speak with callers, like "pl"')] = None
    matters: Annotated[Lines | None, texts("ids of their matters; none: all of the unit")] = None
    deputies: Annotated[Lines | None, texts("ids of who stands in for them, in this order")] = None
    accept_key: Annotated[bool | None, yes_or_no("whether they take a call by pressing 1")] = None
    introduction: Annotated[bool | None, yes_or_no("whether callers hear who took the call")] = None


Sheet = UnitSheet | MatterSheet | PersonSheet
