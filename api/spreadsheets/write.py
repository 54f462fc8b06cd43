"""Rows written as CSV or XLSX, such that no spreadsheet program takes a cell for a formula.

A cell that begins with = + - @ (or a tab or line end before one) would be run by the reader's program; CSV gets an
apostrophe before it, as Excel itself shows such texts, and our import takes it away again. XLSX says of every cell
that it is text. CSV is UTF-8 with a byte order mark and semicolons: what a Polish Excel opens without a question.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from api.spreadsheets.limits import refused

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_rows(path: Path, heading: str, rows: Iterable[Sequence[str]]) -> None:
    """Write rows into a new file whose kind its name says; `heading` names the sheet. Raises DirectoryError."""
    match path.suffix.lower():
        case ".csv":
            content = as_csv(rows)
        case ".xlsx":
            content = as_xlsx(heading, rows)
        case _:
            raise refused(path, "neither .csv nor .xlsx", "name the file with one of the two")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise refused(path, (error.strerror or "unwritable").lower(), "choose another place") from None


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(heading: str, rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a workbook of one sheet."""
    import openpyxl  # a quarter of a second, which nobody waits for who writes CSV
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(heading)
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(page, text)
            cell.data_type = "s"
            cells.append(cell)
        page.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet program runs."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
