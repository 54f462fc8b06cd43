"""From a sheet to the unit, matter or person that it makes of what there was.

Only what was typed otherwise than it stands is read, so that nobody has to mend what they did not touch. Every mistake
is named, and nothing is made while there is one. What is new gets an id that nothing has, nor ever had (`former`):
absences, calendars and accounts of who left would else be those of a namesake.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from api.office.complaints import Wrong
from api.office.sheets import MatterSheet, PersonSheet, Sheet, UnitSheet
from api.office.showing import matter_sheet, person_sheet, unit_sheet
from api.office.typed import Reader
from directory.model import Extension, Hall, Matter, MatterId, Person, PersonId, Unit, UnitId
from directory.names import as_spoken, short_slug

Reading = Callable[[Reader, str, Any], Any]
"""Reads what was typed into the field of this name."""


def _as_given(_: Reader, __: str, typed: Any) -> Any:
    return typed


_UNIT: Mapping[str, Reading] = {
    "name": Reader.needed,
    "spoken": Reader.text,
    "aliases": Reader.texts,
    "words": Reader.texts,
    "address": Reader.text,
    "direct": Reader.number,
    "numbers": Reader.numbers,
    "faxes": Reader.numbers,
    "hours": Reader.week,
    "closed_on": Reader.days,
    "outside": _as_given,
    "parent": Reader.unit,
    "short": Reader.short,
}
_MATTER: Mapping[str, Reading] = {
    "symbol": Reader.text,
    "title": Reader.needed,
    "spoken": Reader.text,
    "aliases": Reader.texts,
    "words": Reader.texts,
    "unit": Reader.unit,
    "direct": Reader.number,
    "numbers": Reader.numbers,
    "where": Reader.text,
}
_PERSON: Mapping[str, Reading] = {
    "name": Reader.needed,
    "spoken": Reader.text,
    "announced": Reader.text,
    "unit": Reader.home,
    "position": Reader.text,
    "room": Reader.text,
    "direct": Reader.number,
    "mobile": Reader.number,
    "email": Reader.email,
    "languages": Reader.languages,
    "matters": Reader.matters,
    "deputies": Reader.people,
    "accept_key": _as_given,
    "introduction": _as_given,
}
_NEW_UNIT = Unit(UnitId(""), "", "")
_NEW_MATTER = Matter(MatterId(""), "", "", "")
_NEW_PERSON = Person(PersonId(""), "", UnitId(""), "", "")


def unit_of(hall: Hall, sheet: UnitSheet, before: Unit | None, former: Collection[str] = ()) -> Unit:
    """Return the unit that this sheet makes; `before` None: a new one, with an id of its own. Raises Refused."""
    was, read = before or _NEW_UNIT, Reader(hall)
    found = _read(read, _UNIT, sheet, unit_sheet(was))
    if "hours" in found:
        found["week"] = found.pop("hours")
    unit = replace(was, **found, line=_extension(read, sheet, was.line))
    unit = replace(unit, spoken=_spoken(was.spoken, was.name, unit.name, unit.spoken))
    unit = replace(unit, **_numbers(unit, given=sheet.direct is not None))
    if _in_circle(hall, unit):
        read.complain("parent", Wrong.CIRCLE, unit.parent or "")
    if before is None:
        _must_have(read, sheet, "name")
    read.done()
    return replace(unit, id=was.id or UnitId(_free_id(unit.name, {*hall.units, *hall.matters, *former})))


def matter_of(hall: Hall, sheet: MatterSheet, before: Matter | None, former: Collection[str] = ()) -> Matter:
    """Return the matter that this sheet makes; `before` None: a new one, with an id of its own. Raises Refused."""
    was, read = before or _NEW_MATTER, Reader(hall)
    found = _read(read, _MATTER, sheet, matter_sheet(was))
    matter = replace(was, **found)
    matter = replace(matter, spoken=_spoken(was.spoken, was.title, matter.title, matter.spoken))
    if "direct" in found and matter.direct and matter.direct not in matter.numbers:
        matter = replace(matter, numbers=(matter.direct, *matter.numbers))
    if before is None:
        _must_have(read, sheet, "title")
    read.done()
    named = f"{matter.symbol} {matter.title}"
    return replace(matter, id=was.id or MatterId(_free_id(named, {*hall.units, *hall.matters, *former})))


def person_of(hall: Hall, sheet: PersonSheet, before: Person | None, former: Collection[str] = ()) -> Person:
    """Return the person that this sheet makes; `before` None: a new one, with an id of their own. Raises Refused."""
    was, read = before or _NEW_PERSON, Reader(hall)
    found = _read(read, _PERSON, sheet, person_sheet(was))
    person = replace(was, **found, extension=_extension(read, sheet, was.extension))
    person = replace(person, spoken=_spoken(was.spoken, was.name, person.name, person.spoken))
    if person.id and person.id in person.deputies:
        read.complain("deputies", Wrong.ONESELF, person.id)
    if before is None:
        _must_have(read, sheet, "name", "unit")
    read.done()
    return replace(person, id=was.id or PersonId(_free_id(person.name, {*hall.people, *former})))


def _read(read: Reader, fields: Mapping[str, Reading], sheet: Sheet, stands: Sheet) -> dict[str, Any]:
    """Read what was typed otherwise than it stands."""
    typed = {name: getattr(sheet, name) for name in fields}
    return {
        name: fields[name](read, name, given)
        for name, given in typed.items()
        if given is not None and given != getattr(stands, name)
    }


def _spoken(was: str, name: str, renamed: str, typed: str) -> str:
    """How a name is spoken: as somebody wrote, or by itself where nobody did."""
    return typed if typed and (typed != was or was != as_spoken(name)) else as_spoken(renamed)


def _extension(read: Reader, sheet: UnitSheet | PersonSheet, was: Extension | None) -> Extension | None:
    """The extension; whoever writes another one is sure of it, unless they say that they are not."""
    old = was or Extension("")
    digits = old.digits if sheet.extension is None else read.extension("extension", sheet.extension)
    if not digits:
        return None
    doubtful = old.doubtful and digits == old.digits if sheet.doubtful is None else sheet.doubtful
    return Extension(digits, sheet.reached or old.reached, doubtful)


def _numbers(unit: Unit, *, given: bool) -> dict[str, Any]:
    """The number that citizens dial is one of the unit's numbers."""
    if unit.direct is None or unit.direct in unit.numbers:
        return {}
    if given:
        return {"numbers": (unit.direct, *unit.numbers)}
    return {"direct": next(iter(unit.numbers), None)}


def _in_circle(hall: Hall, unit: Unit) -> bool:
    """Whether a unit would be a part of itself."""
    above, seen = unit.parent, set[UnitId]()
    while above is not None and above not in seen:
        if above == unit.id:
            return True
        seen.add(above)
        above = hall.units[above].parent if above in hall.units else None
    return False


def _must_have(read: Reader, sheet: Sheet, *fields: str) -> None:
    for field in fields:
        if getattr(sheet, field) is None:
            read.complain(field, Wrong.EMPTY)


def _free_id(name: str, taken: Collection[str]) -> str:
    """Make an id of a name, with a number behind it if it is somebody else's already."""
    plain = short_slug(name) or "x"
    ids = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in ids if each not in taken)
