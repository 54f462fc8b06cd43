"""The last known directory and the last known absences in files, for a start while the database is away.

The same rows that the database holds, as JSON. Absences have a file of their own: they are few, and change many times
a day. Names and numbers of officials are in them: only our own user may read them.
"""

import json
import os
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Date, Table, Time

from directory.absence import Absence
from directory.model import Hall
from records import hall_tables as t
from records.absence_rows import absence_of, row_of
from records.hall_read import hall_of
from records.hall_rows import Row, rows_of, version_of

MODE = 0o600


def write_copy(path: Path, hall: Hall) -> None:
    """Put this hall into the file, whole or not at all. Raises OSError."""
    # Table by table: JSON is written without letting go of the interpreter, and calls shall not wait for all of it.
    tables = (f"{_json(table.name)}: {_json(rows)}" for table, rows in rows_of(hall))
    text = f'{{"hall": {_json(version_of(hall))}, "tables": {{{", ".join(tables)}}}}}'
    _put(path, text)


def read_copy(path: Path) -> Hall | None:
    """The hall of the file; None if there is no file, or it is of another version, or damaged."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        rows = {table: [_row(table, row) for row in told["tables"][table.name]] for table in t.PARTS}
        return hall_of(told["hall"], rows)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_absences(path: Path, known: Iterable[Absence]) -> None:
    """Put these absences into the file, whole or not at all. Raises OSError."""
    _put(path, _json([row_of(absence) for absence in known]))


def read_absences(path: Path) -> tuple[Absence, ...]:
    """The absences of the file; none if there is no file, or it is of another version, or damaged."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return tuple(absence_of(_with_moments(row)) for row in told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def _put(path: Path, text: str) -> None:
    """Let the file hold this text, if it does not yet; it is never seen half-written."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    fresh = path.with_name(f"{path.name}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _with_moments(row: Row) -> Row:
    """An absence's row with its moments again."""
    moments = {name: row[name] for name in ("begins", "ends", "back") if row[name] is not None}
    return {**row, **{name: datetime.fromisoformat(at) for name, at in moments.items()}}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    """A moment, a day or a time of day as text."""
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"A directory cannot hold a {type(value).__name__}.")


def _row(table: Table, row: Row) -> Row:
    """A row with its days and times of day again."""
    return {name: _read(table, name, value) for name, value in row.items()}


def _read(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return time.fromisoformat(value) if isinstance(kind, Time) else value
