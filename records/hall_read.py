"""Rows of the directory's tables as a hall again: pure. `records.hall_rows` is the way there."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar, get_origin, get_type_hints

from directory.model import (
    Extension,
    Hall,
    Hours,
    LinePolicy,
    Matter,
    MatterId,
    Menu,
    MenuEntry,
    Numbering,
    Person,
    PersonId,
    Reached,
    Unit,
    UnitId,
    Week,
)
from records import hall_tables as t
from records import staff_tables as staff
from records.hall_rows import HALLS_OWN, Row, Rows

Settings = TypeVar("Settings", LinePolicy, Numbering)


def hall_of(version: Row, rows: Rows) -> Hall:
    """Return the hall that was saved as these rows."""
    weeks: dict[str, dict[int, Hours]] = defaultdict(dict)
    for row in rows[t.opening_hours]:
        weeks[row["unit"]][row["weekday"]] = Hours(row["opens"], row["closes"])
    return Hall(
        name=version["name"],
        desk=UnitId(version["desk"]),
        units={unit.id: unit for unit in _units(rows, weeks)},
        matters={matter.id: matter for matter in _matters(rows)},
        people={person.id: person for person in _people(rows)},
        week=Week(weeks[HALLS_OWN]),
        menu=_menu(rows[t.menu_entries]),
        closed_on=frozenset(row["day"] for row in rows[t.closed_days]),
        notice=version["notice"],
        crisis_number=version["crisis_number"],
        timezone=version["timezone"],
        languages=tuple(row["language"] for row in rows[t.hall_languages]),
        policy=_settings(LinePolicy, "policy", rows[t.hall_settings]),
        numbering=_settings(Numbering, "numbering", rows[t.hall_settings]),
    )


def _units(rows: Rows, weeks: dict[str, dict[int, Hours]]) -> Iterable[Unit]:
    aliases = _lists(rows[t.unit_aliases], "unit", "alias")
    numbers = _lists([row for row in rows[t.unit_numbers] if row["kind"] == "phone"], "unit", "number")
    faxes = _lists([row for row in rows[t.unit_numbers] if row["kind"] == "fax"], "unit", "number")
    words = _lists(rows[t.unit_words], "unit", "word")
    closed: dict[str, set[date]] = defaultdict(set)
    for row in rows[t.unit_closed_days]:
        closed[row["unit"]].add(row["day"])
    for row in rows[t.units]:
        unit = UnitId(row["unit"])
        yield Unit(
            id=unit,
            name=row["name"],
            spoken=row["spoken"],
            aliases=aliases.get(unit, ()),
            address=row["address"],
            direct=row["direct"],
            numbers=numbers.get(unit, ()),
            faxes=faxes.get(unit, ()),
            line=_extension(row, "line"),
            week=Week(weeks[unit]) if row["own_hours"] else None,
            outside=row["outside"],
            parent=None if row["parent"] is None else UnitId(row["parent"]),
            short=row["short"],
            source=row["source"],
            words=words.get(unit, ()),
            closed_on=frozenset(closed.get(unit, ())),
        )


def _matters(rows: Rows) -> Iterable[Matter]:
    aliases = _lists(rows[t.matter_aliases], "matter", "alias")
    numbers = _lists(rows[t.matter_numbers], "matter", "number")
    words = _lists(rows[t.matter_words], "matter", "word")
    for row in rows[t.matters]:
        matter = MatterId(row["matter"])
        yield Matter(
            id=matter,
            symbol=row["symbol"],
            title=row["title"],
            spoken=row["spoken"],
            unit=None if row["unit"] is None else UnitId(row["unit"]),
            direct=row["direct"],
            numbers=numbers.get(matter, ()),
            aliases=aliases.get(matter, ()),
            where=row["place"],
            source=row["source"],
            words=words.get(matter, ()),
        )


def _people(rows: Rows) -> Iterable[Person]:
    theirs = _lists(rows[staff.person_matters], "person", "matter")
    deputies = _lists(rows[staff.deputies], "person", "deputy")
    languages = _lists(rows[staff.person_languages], "person", "language")
    for row in rows[staff.people]:
        person = PersonId(row["person"])
        yield Person(
            id=person,
            name=row["name"],
            unit=UnitId(row["unit"]),
            spoken=row["spoken"],
            announced=row["announced"],
            extension=_extension(row, "extension"),
            direct=row["direct"],
            matters=tuple(MatterId(matter) for matter in theirs.get(person, ())),
            deputies=tuple(PersonId(deputy) for deputy in deputies.get(person, ())),
            accept_key=row["accept_key"],
            introduction=row["introduction"],
            position=row["post"],
            languages=languages.get(person, ()),
            room=row["room"],
            mobile=row["mobile"],
            email=row["email"],
        )


def _lists(rows: Iterable[Row], owner: str, what: str) -> dict[str, tuple[str, ...]]:
    """Lists by whom they belong to."""
    lists: dict[str, tuple[str, ...]] = {}
    for row in rows:
        lists[row[owner]] = (*lists.get(row[owner], ()), row[what])
    return lists


def _extension(row: Row, column: str) -> Extension | None:
    if row[column] is None:
        return None
    return Extension(row[column], Reached(row[f"{column}_reached"]), row[f"{column}_doubtful"])


def _menu(rows: Iterable[Row]) -> Menu:
    inside: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        inside[row["inside"]].append(row)

    def read(parent: int | None) -> Menu:
        return Menu(
            tuple(
                MenuEntry(
                    key=row["key"],
                    spoken=row["spoken"],
                    matter=None if row["matter"] is None else MatterId(row["matter"]),
                    unit=None if row["unit"] is None else UnitId(row["unit"]),
                    submenu=read(row["entry"]) if row["opens_menu"] else None,
                    spoken_en=row["spoken_en"],
                )
                for row in inside[parent]
            )
        )

    return read(None)


def _settings(kind: type[Settings], part: str, rows: Iterable[Row]) -> Settings:
    """A group of settings: one that was not saved has its default, one that is no more is passed over."""
    saved = {row["setting"]: json.loads(row["value"]) for row in rows if row["part"] == part}
    hints = get_type_hints(kind)
    known = {setting.name for setting in fields(kind)}
    return kind(**{name: _as(hints[name], value) for name, value in saved.items() if name in known})


def _as(hint: Any, value: Any) -> Any:
    """A setting's value from JSON, which knows neither sets nor that 20.0 is no whole number."""
    if get_origin(hint) is frozenset:
        return frozenset(value)
    return float(value) if hint is float else value
