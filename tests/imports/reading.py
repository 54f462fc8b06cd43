"""Lists, imported by the rules alone into a hall that has nobody yet; and their expected results on disk."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from api.cli.importing_text import report_rows
from api.spreadsheets.read import read_sheets
from directory.captures import Age
from directory.changes import Kind
from directory.hall_file import read_hall_file
from directory.importing.columns import chosen, layout_of
from directory.importing.entries import Entry
from directory.importing.meanings import Meaning
from directory.importing.plan import Plan, Rules, planned
from directory.importing.rows import read_rows
from directory.importing.written import rows_for
from directory.load import DEMO
from directory.model import Hall, Menu, MenuEntry, Numbering, Unit
from directory.report import Finding
from tests.imports.starostwo import write_workbook
from tests.unit.directory.halls import DESK, hall_of

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
LISTS: Mapping[str, tuple[str, ...]] = {
    "gmina": ("gmina.csv",),
    "starostwo": ("starostwo.xlsx",),
    "miasto": ("miasto.tsv",),
    "catalogue": ("units.csv", "matters.csv"),
}
"""The invented lists, and the hall's own catalogue as it was collected."""
CHOICES = {"Zastępstwo": Meaning.DEPUTIES}
"""What an administrator says of the one column that may mean two things."""
DECIDED = read_hall_file(DEMO / "hall.toml")[0]


def bare_hall() -> Hall:
    """A hall with a desk, and nobody and nothing else."""
    desk = Unit(DESK, "Biuro Obsługi", "Biuro Obsługi", direct="+48447000000", numbers=("+48447000000",))
    menu = Menu((MenuEntry("1", "Biuro Obsługi", unit=DESK),))
    numbering = Numbering(area_code="44")
    return replace(hall_of(), units={DESK: desk}, matters={}, menu=menu, numbering=numbering)


def files_of(name: str, folder: Path) -> Iterator[Path]:
    """The files of a list; a workbook is made in the folder."""
    for file in LISTS[name]:
        if name == "catalogue":
            yield DEMO / file
        elif file.endswith(".xlsx"):
            yield write_workbook(folder / file)
        else:
            yield HERE / file


def entries_of(files: Iterable[Path]) -> tuple[list[Entry], list[Finding]]:
    """What files say, entry by entry, and what had to be decided."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for file in files:
        for sheet in read_sheets(file):
            layout = layout_of(sheet)
            if layout is None:
                findings += sheet.findings
                continue
            read, decided = read_rows(chosen(layout, CHOICES))
            entries += read
            findings += decided
    return entries, findings


def imported(hall: Hall, files: Iterable[Path]) -> Plan:
    """What files make of a hall."""
    entries, findings = entries_of(files)
    return planned(hall, entries, Rules(age=Age(tuple(DECIDED.newest_first))), found=findings)


def tables_of(name: str, plan: Plan) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """The tables that are kept of an import: its report, and what the directory has after it."""
    yield f"{name}.report.csv", list(report_rows(plan))
    for kind in (Kind.UNIT, Kind.MATTER, Kind.PERSON):
        rows = list(rows_for(plan.hall, kind))
        if len(rows) > 1:
            yield f"{name}.{kind.value}.csv", rows


def as_text(rows: Iterable[tuple[str, ...]]) -> str:
    """A table as it is kept."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def kept(file: str) -> list[tuple[str, ...]]:
    """A table as it was kept."""
    with (EXPECTED / file).open(encoding="utf-8", newline="") as opened:
        return [tuple(row) for row in csv.reader(opened)]
