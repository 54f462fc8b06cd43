"""A file of any kind that offices keep lists in, read into sheets."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from api.spreadsheets.limits import CELL, COLUMNS, ROWS, bytes_of, kind_of, refused
from api.spreadsheets.text import decoded, delimiter_of, rows_of
from directory.importing.sheets import Line, Sheet, readable

_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_UNSAFE = re.compile(r"'(?=[=+\-@])")
"""The apostrophe that keeps a spreadsheet from taking a text for a formula; our export writes it."""


def read_sheets(path: Path, *, encoding: str = "") -> tuple[Sheet, ...]:
    """Read all sheets of a CSV or XLSX file. Raises DirectoryError with one sentence."""
    content = bytes_of(path)
    if kind_of(path, content) == "xlsx":
        from api.spreadsheets.workbook import sheets_of  # openpyxl: a quarter of a second

        return sheets_of(path, content)
    text, _ = decoded(path, content, encoding)
    rows = rows_of(path, text, delimiter_of(text))
    return (Sheet(path.name, lines_of(path, rows)),)


def lines_of(path: Path, rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[Line, ...]:
    """Return rows with clean cells: spaces trimmed and made one, empty rows left out. Raises DirectoryError."""
    lines = []
    for number, cells in rows:
        clean = [cleaned(cell) for cell in cells]
        while clean and not clean[-1]:
            clean.pop()
        if len(clean) > COLUMNS:
            raise refused(path, f"{len(clean)} columns", f"a list has at most {COLUMNS}", line=number)
        if long := next((cell for cell in clean if len(cell) > CELL), ""):
            mend = "close the quotation mark, or shorten the cell"
            raise refused(path, f"a cell of {len(long)} characters", mend, line=number)
        if clean:
            lines.append(Line(number, tuple(clean)))
        if len(lines) > ROWS:
            raise refused(path, f"more than {ROWS} rows", "split the list", line=number)
    return tuple(lines)


def cleaned(cell: str) -> str:
    """Return a cell's text without spaces around it, and without the mark that keeps it from being a formula."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip("\n")
    text = readable(text)
    return _UNSAFE.sub("", text, count=1) if text.startswith("'") else text
