"""A sheet as a reader found it: rows of cells, each with its place, and the cells that were merged.

What a cell holds is text, as a person would see it. Rows and columns count from 1, as spreadsheets count them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from directory.report import Finding

LETTERS = 26


def readable(text: str) -> str:
    """Return a text without signs that nobody sees: they steer terminals, turn words round, and part equal names."""
    return (
        text if text.isprintable() else "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Cells that were merged into one; the text stands in the first."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file, and its cells from column 1 on."""

    number: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        return self.cells[column - 1] if column <= len(self.cells) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold something."""
        return tuple(column for column, text in enumerate(self.cells, start=1) if text)


@dataclass(frozen=True)
class Sheet:
    """One table of a file. `findings` is what its reader had to decide."""

    file: str
    """The file's name, and the sheet's where the file has several."""
    lines: tuple[Line, ...]
    spans: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(line.cells) for line in self.lines), default=0)

    @cached_property
    def over(self) -> dict[tuple[int, int], Span]:
        """The span that lies over a cell, by row and column; the first cell of a span is under it too."""
        return {
            (row, column): span
            for span in self.spans
            for row in range(span.top, span.bottom + 1)
            for column in range(span.left, span.right + 1)
        }


def letter(column: int) -> str:
    """Return the name that spreadsheets give a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def filled_down(sheet: Sheet) -> Sequence[Line]:
    """Return the rows with the text of a cell that was merged downwards in each of its rows."""
    down = {
        (row, span.left): span.top
        for span in sheet.spans
        if span.bottom > span.top
        for row in range(span.top + 1, span.bottom + 1)
    }
    if not down:
        return sheet.lines
    first = {line.number: line for line in sheet.lines}
    filled = []
    for line in sheet.lines:
        cells = [
            first[down[line.number, column]][column] if (line.number, column) in down else text
            for column, text in enumerate(line.cells, start=1)
        ]
        filled.append(Line(line.number, tuple(cells)))
    return filled
