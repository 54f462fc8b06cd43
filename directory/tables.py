"""Tables as CSV files: rows with their line numbers, so that every complaint can name its place."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.names import nearest
from directory.report import DirectoryError, Fault


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its file, the line on which it begins (from 1), and its cells by column, spaces trimmed."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, column: str, what: str, mend: str) -> DirectoryError:
        """Return the error that this cell makes."""
        return DirectoryError(Fault(self.file, column, what, mend, line=self.line, value=self[column]))


def read_text(path: Path) -> str:
    """Return a file's text, UTF-8 with or without a byte order mark. Raises DirectoryError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise DirectoryError(Fault(path.name, "", reason, f"put it into {path.parent.name}/")) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{raw[error.start]:02x} is no UTF-8"
        raise DirectoryError(Fault(path.name, "", what, "save the file as UTF-8", line=line)) from None


def read_table(path: Path, columns: Sequence[str], *, optional: Collection[str] = ()) -> tuple[Row, ...]:
    """Read a CSV file with a header. Raises DirectoryError for anything that is not such a table."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            lines.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        what, mend = f"not a CSV row ({error})", "close every quotation mark and double those inside a cell"
        raise DirectoryError(Fault(path.name, "", what, mend, line=begins)) from None
    header = [name.strip() for name in lines[0][1]] if lines else []
    _check_header(path.name, header, columns, optional)
    return tuple(_rows(path.name, header, lines[1:], dict.fromkeys(optional, "")))


def _rows(
    file: str, header: list[str], lines: list[tuple[int, list[str]]], absent: dict[str, str]
) -> Iterator[Row]:
    """Yield the rows that are not empty."""
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            what = f"{len(cells)} cells under {len(header)} columns"
            mend = "put a cell that holds a comma into quotation marks"
            raise DirectoryError(Fault(file, "", what, mend, line=line))
        yield Row(file, line, absent | dict(zip(header, (cell.strip() for cell in cells), strict=True)))


def _check_header(file: str, header: list[str], columns: Sequence[str], optional: Collection[str]) -> None:
    """Raise DirectoryError unless the header has every column once, and no other."""
    known = [*columns, *optional]
    for name in header:
        if name not in known:
            mend = nearest(name, known)
            raise DirectoryError(Fault(file, name, f"unknown column {name!r}", mend, line=1))
        if header.count(name) > 1:
            what, mend = f"two columns called {name!r}", "leave one"
            raise DirectoryError(Fault(file, name, what, mend, line=1))
    for name in columns:
        if name not in header:
            raise DirectoryError(
                Fault(file, name, f"column {name!r} is missing", "add it to the header", line=1)
            )
