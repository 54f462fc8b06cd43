"""An XLSX workbook, read by openpyxl: the text that people see in its cells, and which cells are merged.

A hidden sheet is not read, and told. A number is written as it was meant: 447327705.0 is a telephone. A date where a
list has none was made by the spreadsheet itself ("5-6" became the fifth of June): it is told and not read.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from api.spreadsheets.census import Census
from api.spreadsheets.limits import AS_XLSX, CELLS, COLUMNS, ROWS, check_archive, refused
from api.spreadsheets.read import lines_of
from directory.importing.sheets import Sheet, Span, letter
from directory.report import Finding

BROKEN = (
    *(
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
    ),  # the archive's; it may have a password
    *(
        InvalidFileException,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
    ),  # openpyxl's
    SyntaxError,  # the XML parser's
)
"""What comes of a workbook whose parts are missing, damaged, or make no sense."""


def sheets_of(path: Path, content: bytes) -> tuple[Sheet, ...]:
    """Read all visible sheets. Raises DirectoryError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_archive(path, archive)
            census = Census(path)
            census.count(archive)
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(content)) if census.formulas else None
    except BROKEN as error:
        raise refused(path, f"a workbook that cannot be read ({type(error).__name__})", AS_XLSX) from None
    several = len(book.worksheets) > 1
    return tuple(
        _sheet(path, page, written[page.title] if written else None, several=several)
        for page in book.worksheets
    )


def _sheet(path: Path, page: Any, written: Any, *, several: bool) -> Sheet:
    """Read one sheet; `written` is the same with its formulas, if the workbook has any."""
    name = f"{path.name} [{page.title}]" if several else path.name
    if page.sheet_state != "visible":
        why, mend = "a hidden sheet was not read", "show it, if it is part of the list"
        return Sheet(name, (), (), (Finding(name, 0, "", page.title, why, mend),))
    if page.max_row > ROWS * 2 or page.max_row * _width(page) > CELLS:
        what = f"{page.max_row} rows and {page.max_column} columns in the sheet {page.title!r}"
        raise refused(path, what, "delete the empty ones below the list and beside it")
    findings: list[Finding] = []
    lines = lines_of(path, _rows(page, name, findings))
    if written is not None:
        findings += _without_result(page, written, name)
    spans = (Span(it.min_row, it.min_col, it.max_row, it.max_col) for it in page.merged_cells.ranges)
    return Sheet(name, lines, tuple(sorted(spans, key=lambda it: (it.top, it.left))), tuple(findings))


def _rows(page: Any, name: str, findings: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(page.iter_rows(values_only=True, max_col=_width(page)), start=1):
        texts = []
        for column, value in enumerate(cells, start=1):
            text, doubt = _text(value)
            if doubt:
                mend = "format the column as text and write the cell anew"
                findings.append(
                    Finding(name, number, letter(column), str(value).removesuffix(" 00:00:00"), doubt, mend)
                )
            texts.append(text)
        yield number, texts


def _without_result(page: Any, written: Any, name: str) -> Iterator[Finding]:
    """Tell of formulas whose results the file does not hold."""
    for cells in written.iter_rows(max_col=_width(page)):
        for cell in cells:
            if cell.data_type == "f" and page.cell(cell.row, cell.column).value is None:
                why, mend = (
                    "a formula without its result; it was not read",
                    "open the file, and save it again",
                )
                yield Finding(name, cell.row, letter(cell.column), str(cell.value), why, mend)


def _width(page: Any) -> int:
    """How many columns are looked at: one more than a list may have, to tell that it has too many."""
    used: int = page.max_column
    return min(used, COLUMNS + 1)


def _text(value: object) -> tuple[str, str]:
    """Return a cell's text, and why it may not be what was meant."""
    match value:
        case None:
            return "", ""
        case bool():
            return ("tak" if value else "nie"), ""
        case float():
            return (str(int(value)) if value.is_integer() else str(value)), ""
        case datetime() | date() | time():
            return "", "the spreadsheet took it for a date or an hour; it was not read"
        case str() if value.startswith("#") and value.endswith(("!", "?", "/A")):
            return "", "a formula that failed; it was not read"
        case _:
            return str(value), ""
