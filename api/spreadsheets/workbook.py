"""An XLSX workbook, read: the text that people see in its cells, and which cells are merged.

A hidden sheet is not read, and told. A workbook of plain texts and numbers is read by calamine, in a tenth of
openpyxl's time; one with formulas or errors, or one that calamine does not understand, by openpyxl, which alone knows a
formula without its result from an empty cell.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from api.spreadsheets.census import Census
from api.spreadsheets.limits import AS_XLSX, CELLS, COLUMNS, ROWS, check_archive, refused
from api.spreadsheets.read import lines_of
from api.spreadsheets.values import texts
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
        return (_plain(path, content) if census.plain else None) or _any(path, content, census)
    except BROKEN as error:
        raise refused(path, f"a workbook that cannot be read ({type(error).__name__})", AS_XLSX) from None


def _plain(path: Path, content: bytes) -> tuple[Sheet, ...] | None:
    """Read a workbook of texts and numbers; None if calamine does not understand it."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        pages = [
            (it.name, it.visible is SheetVisibleEnum.Visible, book.get_sheet_by_name(it.name))
            for it in book.sheets_metadata
            if it.typ is SheetTypeEnum.WorkSheet
        ]
    except CalamineError:
        return None
    several = len(pages) > 1
    return tuple(
        _of_plain(path, _named(path, title, several=several), page)
        if visible
        else _hidden(_named(path, title, several=several), title)
        for title, visible, page in pages
    )


def _of_plain(path: Path, name: str, page: CalamineSheet) -> Sheet:
    rows = [row[: COLUMNS + 1] for row in page.to_python(skip_empty_area=False)]
    spans = tuple(
        sorted(
            (
                Span(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in page.merged_cell_ranges or ()
            ),
            key=_place,
        )
    )
    for span in spans:
        _empty_but_the_first(rows, span)
    findings: list[Finding] = []
    lines = lines_of(path, texts(rows, name, findings))
    return Sheet(name, lines, spans, tuple(findings))


def _empty_but_the_first(rows: list[list[Any]], span: Span) -> None:
    """What lies under a merged cell is seen by nobody."""
    for number, row in enumerate(rows[span.top - 1 : span.bottom], start=span.top):
        for column in range(span.left, min(span.right, len(row)) + 1):
            if (number, column) != (span.top, span.left):
                row[column - 1] = ""


def _any(path: Path, content: bytes, census: Census) -> tuple[Sheet, ...]:
    """Read any workbook."""
    import openpyxl  # a quarter of a second, and most lists have no formulas

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    written = openpyxl.load_workbook(io.BytesIO(content)) if census.formulas else None
    several = len(book.worksheets) > 1
    return tuple(
        _sheet(
            path,
            _named(path, page.title, several=several),
            page,
            written[page.title] if written else None,
        )
        for page in book.worksheets
    )


def _named(path: Path, title: str, *, several: bool) -> str:
    return f"{path.name} [{title}]" if several else path.name


def _hidden(name: str, title: str) -> Sheet:
    why, mend = "a hidden sheet was not read", "show it, if it is part of the list"
    return Sheet(name, (), (), (Finding(name, 0, "", title, why, mend),))


def _sheet(path: Path, name: str, page: Any, written: Any) -> Sheet:
    """Read one sheet; `written` is the same with its formulas, if the workbook has any."""
    if page.sheet_state != "visible":
        return _hidden(name, page.title)
    if page.max_row > ROWS * 2 or page.max_row * _width(page) > CELLS:
        what = f"{page.max_row} rows and {page.max_column} columns in the sheet {page.title!r}"
        raise refused(path, what, "delete the empty ones below the list and beside it")
    findings: list[Finding] = []
    rows = page.iter_rows(values_only=True, max_col=_width(page))
    lines = lines_of(path, texts(rows, name, findings))
    if written is not None:
        findings += _without_result(page, written, name)
    spans = (Span(it.min_row, it.min_col, it.max_row, it.max_col) for it in page.merged_cells.ranges)
    return Sheet(name, lines, tuple(sorted(spans, key=_place)), tuple(findings))


def _place(span: Span) -> tuple[int, int]:
    return span.top, span.left


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
