"""A hall as rows of the directory's tables: pure. `records.hall_read` is the way back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Table

from directory.model import Extension, Hall, LinePolicy, Menu, Numbering, Week
from records import hall_tables as t
from records import staff_tables as staff

Row = dict[str, Any]

HALLS_OWN = ""
"""Stands for the hall where a unit could stand."""


def rows_of(hall: Hall) -> list[tuple[Table, list[Row]]]:
    """Return all rows of a hall, table by table in the order of writing, without the version's number.

    Units, matters and people are taken by their own ids.
    """
    return [
        (t.units, list(_units(hall))),
        (t.unit_aliases, _listed("unit", "alias", ((u.id, u.aliases) for u in hall.units.values()))),
        (t.unit_numbers, list(_unit_numbers(hall))),
        (t.unit_words, _listed("unit", "word", ((u.id, u.words) for u in hall.units.values()))),
        (t.unit_closed_days, list(_closed_days(hall))),
        (t.opening_hours, list(_hours(hall))),
        (t.closed_days, [{"day": day} for day in sorted(hall.closed_on)]),
        (t.hall_languages, [{"ordinal": n, "language": it} for n, it in enumerate(hall.languages)]),
        (t.matters, list(_matters(hall))),
        (t.matter_aliases, _listed("matter", "alias", ((m.id, m.aliases) for m in hall.matters.values()))),
        (t.matter_numbers, _listed("matter", "number", ((m.id, m.numbers) for m in hall.matters.values()))),
        (t.matter_words, _listed("matter", "word", ((m.id, m.words) for m in hall.matters.values()))),
        (staff.people, list(_people(hall))),
        (
            staff.person_matters,
            _listed("person", "matter", ((p.id, p.matters) for p in hall.people.values())),
        ),
        (staff.person_languages, _listed("person", "language", _spoken_by(hall))),
        (staff.deputies, _listed("person", "deputy", ((p.id, p.deputies) for p in hall.people.values()))),
        (t.menu_entries, _menu(hall.menu)),
        (t.hall_settings, [*_settings("policy", hall.policy), *_settings("numbering", hall.numbering)]),
    ]


def version_of(hall: Hall) -> Row:
    """Return what stands in the version's own row."""
    return {
        "name": hall.name,
        "desk": hall.desk,
        "notice": hall.notice,
        "crisis_number": hall.crisis_number,
        "timezone": hall.timezone,
    }


def _spoken_by(hall: Hall) -> Iterable[tuple[str, Iterable[str]]]:
    """What everybody speaks."""
    return ((person.id, person.languages) for person in hall.people.values())


def _listed(owner: str, what: str, lists: Iterable[tuple[str, Iterable[str]]]) -> list[Row]:
    """Rows of lists that belong to somebody, in order."""
    return [
        {owner: whose, "ordinal": ordinal, what: item}
        for whose, items in lists
        for ordinal, item in enumerate(items)
    ]


def _units(hall: Hall) -> Iterable[Row]:
    for ordinal, unit in enumerate(hall.units.values()):
        yield {
            "unit": unit.id,
            "ordinal": ordinal,
            "name": unit.name,
            "spoken": unit.spoken,
            "address": unit.address,
            "direct": unit.direct,
            **_extension("line", unit.line),
            "own_hours": unit.week is not None,
            "outside": unit.outside,
            "parent": unit.parent,
            "short": unit.short,
            "source": unit.source,
        }


def _unit_numbers(hall: Hall) -> Iterable[Row]:
    for unit in hall.units.values():
        for kind, numbers in (("phone", unit.numbers), ("fax", unit.faxes)):
            for ordinal, number in enumerate(numbers):
                yield {"unit": unit.id, "kind": kind, "ordinal": ordinal, "number": number}


def _closed_days(hall: Hall) -> Iterable[Row]:
    for unit in hall.units.values():
        for day in sorted(unit.closed_on):
            yield {"unit": unit.id, "day": day}


def _hours(hall: Hall) -> Iterable[Row]:
    weeks: list[tuple[str, Week]] = [(HALLS_OWN, hall.week)]
    weeks += [(unit.id, unit.week) for unit in hall.units.values() if unit.week is not None]
    for unit, week in weeks:
        for weekday, hours in week.days.items():
            yield {"unit": unit, "weekday": weekday, "opens": hours.opens, "closes": hours.closes}


def _matters(hall: Hall) -> Iterable[Row]:
    for ordinal, matter in enumerate(hall.matters.values()):
        yield {
            "matter": matter.id,
            "ordinal": ordinal,
            "symbol": matter.symbol,
            "title": matter.title,
            "spoken": matter.spoken,
            "unit": matter.unit,
            "direct": matter.direct,
            "place": matter.where,
            "source": matter.source,
        }


def _people(hall: Hall) -> Iterable[Row]:
    for ordinal, person in enumerate(hall.people.values()):
        yield {
            "person": person.id,
            "ordinal": ordinal,
            "name": person.name,
            "unit": person.unit,
            "spoken": person.spoken,
            "announced": person.announced,
            **_extension("extension", person.extension),
            "direct": person.direct,
            "accept_key": person.accept_key,
            "introduction": person.introduction,
            "post": person.position,
            "room": person.room,
            "mobile": person.mobile,
            "email": person.email,
        }


def _extension(column: str, extension: Extension | None) -> Row:
    return {
        column: extension.digits if extension else None,
        f"{column}_reached": extension.reached.value if extension else None,
        f"{column}_doubtful": extension.doubtful if extension else None,
    }


def _menu(menu: Menu) -> list[Row]:
    """The entries of a menu and of those inside it: a parent before its children, neighbours in order."""
    rows: list[Row] = []

    def write(part: Menu, inside: int | None) -> None:
        for entry in part.entries:
            number = len(rows)
            rows.append(
                {
                    "entry": number,
                    "inside": inside,
                    "key": entry.key,
                    "spoken": entry.spoken,
                    "spoken_en": entry.spoken_en,
                    "matter": entry.matter,
                    "unit": entry.unit,
                    "opens_menu": entry.submenu is not None,
                }
            )
            if entry.submenu is not None:
                write(entry.submenu, number)

    write(menu, None)
    return rows


def _settings(part: str, values: LinePolicy | Numbering) -> Iterable[Row]:
    """Every setting of a group as a row of its own, so that a new one needs no new column.

    Text and not a JSON column: SQLite takes a number in one for a number, and rounds it.
    """
    for setting in fields(values):
        value = getattr(values, setting.name)
        plain = sorted(value) if isinstance(value, frozenset) else value
        yield {"part": part, "setting": setting.name, "value": json.dumps(plain)}


Rows = Mapping[Table, list[Row]]
"""Rows as they were read, in the order of their lists."""
