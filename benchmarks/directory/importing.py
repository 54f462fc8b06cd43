"""How long an import takes, as an administrator waits for it: the command from its start to its end, database included.

The list is that of the benchmark's big hall as an office would keep it, without our ids: names, units, posts, rooms,
telephones, mobiles and deputies. The same list is imported once more, and once with a broken row 4,999.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from api.spreadsheets.write import write_rows
from benchmarks.directory.town import town
from benchmarks.row import Row
from directory.model import Hall

ROWS = 5_000
BROKEN = 4_999
"""The row, below the header, that cannot be imported."""
TARGET = 5.0
HEADER = (
    "Lp.",
    "Imię i nazwisko",
    "Komórka organizacyjna",
    "Stanowisko",
    "Pokój",
    "Telefon",
    "Kom.",
    "E-mail",
    "Zastępca",
    "accept_key",
)


def rows() -> Iterator[Row]:
    """Measure, and yield the rows of the table of targets."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state"
        good, broken = Path(folder) / "list.xlsx", Path(folder) / "broken.xlsx"
        lines = list(office_rows(town(ROWS)))
        write_rows(good, "Wykaz", [HEADER, *lines])
        lines[BROKEN - 1] = (*lines[BROKEN - 1][:-1], "może")
        write_rows(broken, "Wykaz", [HEADER, *lines])
        _halo(state, "import", "--yes", str(_nobody(Path(folder))))
        refused, wrong = _halo(state, "import", "--yes", str(broken))
        left = _people(state)
        worked = _processor_time()
        took, said = _halo(state, "import", "--yes", str(good))
        worked = _processor_time() - worked
        now = _people(state)
        again, told = _halo(state, "import", "--yes", str(good))
    summary = next((line for line in said.splitlines() if "rows read" in line), said[-200:])
    unchanged = "Nothing was changed" in told
    note = f"{summary} Processor time {worked:.1f} s"
    yield Row(f"import of {ROWS:,} rows (.xlsx), command and database", TARGET, "s", took, note)
    note = f"in {again:.1f} s: {'nothing was changed' if unchanged else told[-200:]}"
    yield Row("the same list once more: changes", 0, "", 0 if unchanged else 1, note)
    note = f"in {refused:.1f} s: {wrong.strip().splitlines()[-1][-160:]}"
    yield Row(f"a broken row {BROKEN:,}: people that it left behind", 0, "", left, note)
    assert now > ROWS * 0.9, f"only {now} people were imported"


def office_rows(hall: Hall) -> Iterator[tuple[str, ...]]:
    """Yield the hall's people as an office's list has them."""
    for number, it in enumerate(hall.people.values(), start=1):
        deputy = hall.people[it.deputies[0]].name if it.deputies else ""
        phone = f"44 70 {number // 1000:02} {number % 1000:03}"
        extension = f"; wew. {it.extension.digits}" if it.extension else ""
        yield (
            f"{number}.",
            it.name,
            hall.units[it.unit].name,
            ("inspektor", "podinspektor", "referent")[number % 3],
            it.room,
            f"{phone}{extension}",
            f"600 {number // 1000:03} {number % 1000:03}" if number % 4 == 0 else "",
            f"osoba{number}@miasto.example",
            deputy,
            "tak",
        )


def _nobody(folder: Path) -> Path:
    """A list of one person, so that the first start of the database is not measured."""
    path = folder / "first.csv"
    write_rows(
        path,
        "",
        [("Imię i nazwisko", "Komórka organizacyjna"), ("Ewa Zmyślona", "Biuro Obsługi Mieszkańców")],
    )
    return path


def _halo(state: Path, *words: str) -> tuple[float, str]:
    """Run the command; return how long it took, and what it said."""
    environment = {**os.environ, "HALO_STATE_DIR": str(state), "HALO_CONFIG": ""}
    command: Sequence[str] = (sys.executable, "-c", "from api.cli import main; main()", "directory", *words)
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return time.perf_counter() - began, done.stdout + done.stderr


def _processor_time() -> float:
    """Seconds that all commands so far took of a processor."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _people(state: Path) -> int:
    """How many people the directory has beyond the demo's."""
    file = state.parent / "out.csv"
    _halo(state, "export", "--kind", "people", "--to", str(file))
    return file.read_text("utf-8-sig").count("\n") - 17
