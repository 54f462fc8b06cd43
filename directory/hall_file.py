"""`hall.toml`: what the hall decides, as it is written in the file; checked for shape and spelling here.

What the values mean together (does a menu lead anywhere?) is checked on the finished hall, by
`directory.validate`.
"""

import re
import tomllib
from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from directory.model import Hours, LinePolicy, Week
from directory.names import nearest
from directory.report import DirectoryError, Fault
from directory.tables import read_text

DAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_HOURS = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})\s*[-\u2013]\s*([0-9]{1,2})[.:]([0-9]{2})")


def _hours(written: object) -> Hours:
    """Read "8.00-15.30"."""
    found = _HOURS.fullmatch(written.strip()) if isinstance(written, str) else None
    if not found:
        raise ValueError('write opening hours like "8.00-15.30"')
    hour, minute, last_hour, last_minute = map(int, found.groups())
    return Hours(time(hour, minute), time(last_hour, last_minute))


class _Part(BaseModel):
    """A part of the file: no unknown key, nothing converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WeekPart(_Part):
    """Opening hours by day; a day that is not named is closed."""

    mon: Annotated[Hours | None, BeforeValidator(_hours)] = None
    tue: Annotated[Hours | None, BeforeValidator(_hours)] = None
    wed: Annotated[Hours | None, BeforeValidator(_hours)] = None
    thu: Annotated[Hours | None, BeforeValidator(_hours)] = None
    fri: Annotated[Hours | None, BeforeValidator(_hours)] = None
    sat: Annotated[Hours | None, BeforeValidator(_hours)] = None
    sun: Annotated[Hours | None, BeforeValidator(_hours)] = None

    def week(self) -> Week:
        """Return these hours by ISO weekday."""
        named = {number: getattr(self, day) for day, number in DAYS.items()}
        return Week({number: hours for number, hours in named.items() if hours is not None})


class HoursPart(WeekPart):
    """The hall's hours, and those of units that keep their own."""

    closed_on: list[date] = Field(default_factory=list)
    units: dict[str, WeekPart] = Field(default_factory=dict)


class NumberingPart(_Part):
    """How numbers are read and dialled."""

    area_code: Annotated[str, Field(pattern=r"^[1-9][0-9]$")] = ""
    callback_countries: list[Annotated[int, Field(ge=1, le=999)]] = Field(default_factory=lambda: [48])


class KeyPart(_Part):
    """A key of a submenu."""

    key: str
    spoken: str
    spoken_en: str = ""
    matter: str = ""
    unit: str = ""


class MenuPart(KeyPart):
    """A key of the main menu; it may open a submenu."""

    submenu: list[KeyPart] | None = None


class SpokenPart(_Part):
    """How a voice says names that are written in another way, by id."""

    units: dict[str, str] = Field(default_factory=dict)
    matters: dict[str, str] = Field(default_factory=dict)


class HallFile(_Part):
    """The whole of `hall.toml`."""

    name: str
    desk: str
    timezone: str = "Europe/Warsaw"
    languages: list[str] = Field(default_factory=lambda: ["pl", "en"])
    notice: str = ""
    crisis_number: str = ""
    outside: list[str] = Field(default_factory=list)
    newest_first: list[str] = Field(default_factory=list)
    numbering: NumberingPart = NumberingPart()
    hours: HoursPart
    policy: dict[str, float] = Field(default_factory=dict)
    lines: dict[str, str] = Field(default_factory=dict)
    spoken: SpokenPart = SpokenPart()
    menu: list[MenuPart]

    def line_policy(self) -> LinePolicy:
        """Return the policy: what the file names, and the defaults for the rest."""
        whole = {rule.name for rule in fields(LinePolicy) if rule.type is int}
        named: dict[str, Any] = {
            name: int(value) if name in whole else value for name, value in self.policy.items()
        }
        return replace(LinePolicy(), **named)


def read_hall_file(path: Path) -> tuple[HallFile, str]:
    """Read `hall.toml`; return it and its text, by which the line of a later fault is found.

    Raises DirectoryError.
    """
    text = read_text(path)
    try:
        hall = HallFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        what = re.sub(r"\s*\(at .*\)", "", str(error)).lower()
        mend = "see the TOML rules for this line"
        raise DirectoryError(Fault(path.name, "", what, mend, line=int(line[1]) if line else 0)) from None
    except ValidationError as error:
        raise DirectoryError(*(_fault(path.name, text, found) for found in error.errors())) from None
    for name, value in hall.policy.items():
        _check_rule(path.name, text, name, value)
    return hall, text


def line_of(text: str, *words: str) -> int:
    """Return the line of a TOML text that these words speak of, 0 if there is none.

    That is the first one that gives a value to one of them and holds all; else the first that holds all, else
    the first that holds the last.
    """
    lines = text.splitlines()
    given = re.compile("|".join(rf'\s*"?{re.escape(word)}"?\s*=' for word in words))
    for wanted, must_give in ((words, True), (words, False), (words[-1:], False)):
        for number, line in enumerate(lines, start=1):
            if all(word in line for word in wanted) and (given.match(line) or not must_give):
                return number
    return 0


def _check_rule(file: str, text: str, name: str, value: float) -> None:
    """Raise DirectoryError unless the policy has such a rule, and such a kind of number for it."""
    kinds = {rule.name: rule.type for rule in fields(LinePolicy)}
    place = f"policy.{name}"
    if name not in kinds:
        what, mend = f"no rule is called {name!r}", nearest(name, kinds)
        raise DirectoryError(Fault(file, place, what, mend, line=line_of(text, name)))
    if kinds[name] is int and not value.is_integer():
        raise DirectoryError(
            Fault(file, place, f"{value:g} is no whole number", "write one", line_of(text, name))
        )


def _fault(file: str, text: str, found: ErrorDetails) -> Fault:
    """Say in our words what pydantic found."""
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in found["loc"])
    key, given = str(found["loc"][-1]) if found["loc"] else "", found["input"]
    if found["type"] == "extra_forbidden":
        what, mend = f"unknown key {key!r}", "mend its spelling or take it out"
    elif found["type"] == "missing":
        what, mend = f"{key!r} is missing", "write it"
        return Fault(file, place, what, mend)
    else:
        what = f"{given!r} will not do" if isinstance(given, str | int | float) else "this will not do"
        mend = found["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    words = (key, given) if isinstance(given, str) else (key,)
    return Fault(file, place, what, mend, line=line_of(text, *words))
