"""What of a sheet is not read, and told: numbers in its title rows, columns that the directory has no place for."""

import re
from collections.abc import Iterator
from dataclasses import replace

from directory.importing.columns import Layout
from directory.importing.meanings import Certainty, Meaning
from directory.importing.sheets import letter
from directory.report import Finding

SHORTEST = 7
"""Digits of a telephone number without its area code."""


def unread(layout: Layout) -> Iterator[Finding]:
    """Yield what is told of a sheet beside its rows."""
    yield from _of_the_reader(layout)
    yield from _above(layout)
    yield from _columns(layout)


def _of_the_reader(layout: Layout) -> Iterator[Finding]:
    """Name the columns of what the reader of the file had to decide."""
    names = {letter(it.number): it.name for it in layout.columns}
    for it in layout.sheet.findings:
        yield replace(it, field=names.get(it.field, it.field))


def _above(layout: Layout) -> Iterator[Finding]:
    """Tell of numbers in the title rows."""
    for line in layout.sheet.lines:
        if line.number >= layout.header:
            return
        for column in line.filled:
            if len(re.findall(r"[0-9]", line[column])) >= SHORTEST:
                why, mend = (
                    "a number above the headings; it was not read",
                    "add it to a unit, if citizens dial it",
                )
                yield Finding(layout.sheet.file, line.number, f"({letter(column)})", line[column], why, mend)


def _columns(layout: Layout) -> Iterator[Finding]:
    """Tell of columns whose cells the directory has no place for."""
    for it in layout.columns:
        if it.filled and (it.guess.certainty is Certainty.UNKNOWN or it.meaning is Meaning.NOTES):
            why = f"{it.filled} cells of this column are not read: the directory has no place for them"
            mend = "say what it means with --column, if it is of use"
            yield Finding(layout.sheet.file, layout.header, it.name, it.sample, why, mend)
