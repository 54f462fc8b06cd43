"""Read a hall's folder into a frozen `Hall` and a report, or raise one error and nothing.

The folder holds `hall.toml`, `units.csv`, `matters.csv` and `people.csv`, and `words.csv` if the hall wants; what
stands in them is told in `directory/data/README.md`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from directory.captures import Age
from directory.catalogue import MATTER_COLUMNS, UNIT_COLUMNS, Catalogue
from directory.doubts import doubts
from directory.everyday import read_words
from directory.hall_file import HallFile, KeyPart, MenuPart, line_of, read_hall_file
from directory.model import (
    Extension,
    Hall,
    Matter,
    MatterId,
    Menu,
    MenuEntry,
    Numbering,
    Person,
    PersonId,
    Unit,
    UnitId,
)
from directory.names import nearest
from directory.report import DirectoryError, Fault, Finding, Report
from directory.staff import PEOPLE_COLUMNS, PEOPLE_OPTIONAL, person_of
from directory.tables import Row, read_table
from directory.validate import HALL, PEOPLE, faults

UNITS, MATTERS = "units.csv", "matters.csv"
Key = TypeVar("Key", bound=str)
Thing = TypeVar("Thing", Unit, Matter)

DEMO = Path(__file__).parent / "data" / "piotrkow"
"""The folder of the demo's hall."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A hall that may go live, and what its administrator should look at."""

    hall: Hall
    report: Report


def load_hall(folder: Path) -> Loaded:
    """Read and validate a hall's folder. Raises DirectoryError, with every fault that could be found."""
    decided, text = read_hall_file(folder / HALL)
    numbering = Numbering(
        area_code=decided.numbering.area_code,
        callback_countries=frozenset(decided.numbering.callback_countries),
    )
    unit_rows = read_table(folder / UNITS, UNIT_COLUMNS)
    matter_rows = read_table(folder / MATTERS, MATTER_COLUMNS)
    people_rows = read_table(folder / PEOPLE, PEOPLE_COLUMNS, optional=PEOPLE_OPTIONAL)
    catalogue = Catalogue(numbering, Age(tuple(decided.newest_first)))
    catalogue.add_units(unit_rows)
    catalogue.add_matters(matter_rows)
    people = _people(people_rows, numbering)
    _check_ids(decided, text, catalogue)
    hall = _hall(decided, numbering, catalogue, people)
    words = read_words(folder, (*hall.units, *hall.matters))
    hall = replace(hall, units=_with_words(hall.units, words), matters=_with_words(hall.matters, words))
    place = _Places(text, {row["id"]: row.line for row in people_rows})
    if wrong := faults(hall):
        raise DirectoryError(*(place.of(fault) for fault in wrong))
    doubtful = [place.of(doubt) for doubt in doubts(hall)]
    findings = [Finding(it.file, it.line, it.field, it.value, it.what, it.mend) for it in doubtful]
    rows = len(unit_rows) + len(matter_rows) + len(people_rows)
    report = Report(
        (*catalogue.findings, *findings), rows, len(hall.units), len(hall.matters), len(hall.people)
    )
    return Loaded(hall, report)


@dataclass(frozen=True, slots=True)
class _Places:
    """Finds the line of what is wrong with a finished hall."""

    text: str
    people: dict[str, int]

    def of(self, fault: Fault) -> Fault:
        """Return the fault with its line."""
        if fault.file == PEOPLE:
            return replace(fault, line=self.people.get(fault.value, 0))
        if fault.file != HALL or not fault.value:
            return fault
        beside = ("key",) if fault.field.startswith("menu") else ()
        return replace(fault, line=line_of(self.text, *beside, fault.value))


def _people(rows: Iterable[Row], numbering: Numbering) -> dict[PersonId, Person]:
    """Make the people of all rows."""
    people: dict[PersonId, Person] = {}
    for row in rows:
        person = person_of(row, numbering)
        if person.id in people:
            raise row.fault("id", f"{person.id!r} stands in an earlier row already", "give everybody an id")
        people[person.id] = person
    return people


def _check_ids(decided: HallFile, text: str, catalogue: Catalogue) -> None:
    """Raise DirectoryError if a table of hall.toml names a unit or matter that does not exist."""
    units: Collection[str] = catalogue.units
    matters: Collection[str] = catalogue.matters
    named: tuple[tuple[str, Iterable[str], Collection[str]], ...] = (
        ("outside", decided.outside, units),
        ("lines", decided.lines, units),
        ("hours.units", decided.hours.units, units),
        ("spoken.units", decided.spoken.units, units),
        ("spoken.matters", decided.spoken.matters, matters),
    )
    wrong = [
        Fault(HALL, field, f"nothing is called {name!r}", nearest(name, known), line_of(text, name), name)
        for field, names, known in named
        for name in names
        if name not in known
    ]
    if wrong:
        raise DirectoryError(*wrong)


def _hall(
    decided: HallFile, numbering: Numbering, catalogue: Catalogue, people: dict[PersonId, Person]
) -> Hall:
    """Put everything together."""
    spoken = decided.spoken.matters
    return Hall(
        name=decided.name,
        desk=UnitId(decided.desk),
        units={unit.id: _unit(unit, decided) for unit in catalogue.units.values()},
        matters={
            matter.id: replace(matter, spoken=spoken.get(matter.id, matter.spoken))
            for matter in catalogue.matters.values()
        },
        people=people,
        week=decided.hours.week(),
        menu=_menu(decided.menu),
        closed_on=frozenset(decided.hours.closed_on),
        notice=decided.notice,
        crisis_number=decided.crisis_number,
        timezone=decided.timezone,
        languages=tuple(decided.languages),
        policy=decided.line_policy(),
        numbering=numbering,
    )


def _with_words(things: Mapping[Key, Thing], words: Mapping[str, tuple[str, ...]]) -> dict[Key, Thing]:
    """Give each matter or unit the everyday words that citizens have for it."""
    return {key: replace(thing, words=words.get(key, ())) for key, thing in things.items()}


def _unit(unit: Unit, decided: HallFile) -> Unit:
    """Add to a unit of the catalogue what the hall decides about it."""
    line, hours = decided.lines.get(unit.id), decided.hours.units.get(unit.id)
    outside = {unit.id, unit.parent} & set(decided.outside)
    return replace(
        unit,
        spoken=decided.spoken.units.get(unit.id, unit.spoken),
        line=Extension(line) if line else None,
        week=hours.week() if hours else None,
        outside=bool(outside),
    )


def _menu(parts: Iterable[KeyPart]) -> Menu:
    """Make a menu; what it leads to is checked on the finished hall."""
    return Menu(
        tuple(
            MenuEntry(
                part.key,
                part.spoken,
                matter=MatterId(part.matter) if part.matter else None,
                unit=UnitId(part.unit) if part.unit else None,
                submenu=_menu(part.submenu)
                if isinstance(part, MenuPart) and part.submenu is not None
                else None,
                spoken_en=part.spoken_en,
            )
            for part in parts
        )
    )
