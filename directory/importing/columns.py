"""The columns of a sheet: where its header stands, what each column means, and how sure that is.

Title rows may stand above the header, and a second row of headings below it. What a heading leaves open the cells
below it may settle; what they leave open, too, is for the administrator to say.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from directory.changes import Kind
from directory.importing.meanings import NAMES_OF_PEOPLE, Certainty, Guess, Meaning, guessed
from directory.importing.sheets import Line, Sheet, letter
from directory.importing.unit_names import rank, sounds_like_a_unit
from directory.names import slug
from directory.report import DirectoryError, Fault

LOOKED_AT = 40
"""Rows among which the header is looked for."""
LONGEST_HEADING = 60
MOST = 0.8
"""Of so many cells of a column the kind decides what the column is."""
SEVERAL = frozenset(
    {
        Meaning.PHONES,
        Meaning.EXTENSION,
        Meaning.DIRECT,
        Meaning.MOBILE,
        Meaning.FAX,
        Meaning.NOTES,
        Meaning.NOTHING,
    }
)
"""Meanings that several columns may have."""

_EXTENSION = re.compile(r"(?:w(?:ewn?)?\.?\s*)?[0-9]{2,5}")
_RUNNING = re.compile(r"[0-9]{1,5}\.?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number from 1, its heading, and what it means."""

    number: int
    heading: str
    guess: Guess
    filled: int = 0
    """How many cells below the header hold something."""
    sample: str = ""

    @property
    def name(self) -> str:
        """The column as people are told of it: its heading, and the letter that a spreadsheet gives it."""
        return f"{self.heading} ({letter(self.number)})" if self.heading else f"({letter(self.number)})"

    @property
    def meaning(self) -> Meaning | None:
        """What it means; None if nobody knows yet."""
        settled = self.guess.certainty in (Certainty.SURE, Certainty.LIKELY)
        return self.guess.meanings[0] if settled else None


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet whose header was found: what its rows are about, and its columns."""

    sheet: Sheet
    header: int
    """The number of the row with the headings."""
    begins: int
    """The number of the first row below them."""
    kind: Kind | None
    columns: tuple[Column, ...]

    @property
    def open(self) -> tuple[Column, ...]:
        """The columns of which somebody has to say what they mean."""
        return tuple(it for it in self.columns if it.guess.certainty is Certainty.AMBIGUOUS)

    @property
    def rows(self) -> tuple[Line, ...]:
        """The rows below the header."""
        return tuple(line for line in self.sheet.lines if line.number >= self.begins)


def layout_of(sheet: Sheet) -> Layout | None:
    """Guess the layout of a sheet; None if no row looks like a header."""
    scored = [(_score(line), -place) for place, line in enumerate(sheet.lines[:LOOKED_AT])]
    if not scored or max(scored)[0] < 2:
        return None
    place = -max(scored)[1]
    header = sheet.lines[place]
    following = sheet.lines[place + 1] if place + 1 < len(sheet.lines) else None
    below = following if following and _is_second_header(sheet, header, following) else None
    begins = (below or header).number + 1
    return _laid_out(sheet, header.number, begins, _headings(sheet, header, below))


def _laid_out(sheet: Sheet, header: int, begins: int, headings: Sequence[str]) -> Layout:
    """Guess what the columns below these headings mean."""
    rows = [line for line in sheet.lines if line.number >= begins]
    columns = []
    for number, heading in enumerate(headings, start=1):
        cells = [line[number] for line in rows if line[number]]
        if heading or cells:
            guess = _by_cells(guessed(heading) if heading else Guess(Certainty.UNKNOWN), cells)
            columns.append(Column(number, heading, guess, len(cells), cells[0] if cells else ""))
    columns = _surnames(columns, rows)
    settled = _one_each(columns)
    return Layout(sheet, header, begins, kind_of(settled), settled)


def chosen(layout: Layout, choices: Mapping[str, Meaning], kind: Kind | None = None) -> Layout:
    """Return the layout with what the administrator said: meanings by heading or by letter."""
    by_name = {slug(name): meaning for name, meaning in choices.items()}
    columns = tuple(
        replace(it, guess=Guess(Certainty.SURE, (by_name[key],)))
        if (
            key := next(
                (key for key in (slug(it.heading), letter(it.number).lower()) if key in by_name), None
            )
        )
        else it
        for it in layout.columns
    )
    return replace(layout, columns=columns, kind=kind or kind_of(columns))


def check_choices(layouts: Sequence[Layout], choices: Mapping[str, Meaning]) -> None:
    """Raise DirectoryError if a choice names a column that no sheet has."""
    known = {slug(it.heading) for layout in layouts for it in layout.columns}
    known |= {letter(it.number).lower() for layout in layouts for it in layout.columns}
    for name in choices:
        if slug(name) not in known:
            file = layouts[0].sheet.file if layouts else ""
            headings = [it.name for layout in layouts for it in layout.columns]
            raise DirectoryError(
                Fault(file, name, "there is no such column", f"name one of: {', '.join(headings)}")
            )


def kind_of(columns: Sequence[Column]) -> Kind | None:
    """Return what a list with these columns is about; None if nothing says so."""
    meanings = {it.meaning for it in columns}
    if Meaning.TITLE in meanings:
        return Kind.MATTER
    if meanings & NAMES_OF_PEOPLE:
        return Kind.PERSON
    return Kind.UNIT if Meaning.UNIT in meanings else None


def _score(line: Line) -> int:
    """Tell how much a row looks like a header: headings it knows word for word count double."""
    points = {Certainty.SURE: 2, Certainty.LIKELY: 1, Certainty.AMBIGUOUS: 1, Certainty.UNKNOWN: 0}
    cells = [line[column] for column in line.filled]
    known = [points[guessed(text).certainty] for text in cells if len(text) <= LONGEST_HEADING]
    return sum(known) if sum(1 for each in known if each) >= 2 else 0


def _is_second_header(sheet: Sheet, header: Line, below: Line) -> bool:
    """Tell whether the row below splits headings: every cell of it is a heading, one under a wide or empty one."""
    new = [column for column in below.filled if below[column] != header[column]]
    if not new or not all(guessed(below[column]).certainty is not Certainty.UNKNOWN for column in new):
        return False
    if any(re.search(r"[0-9@]", below[column]) for column in new):
        return False
    return all(not header[column] or _is_wide(sheet, header, column) for column in new) or any(
        not header[column] for column in new
    )


def _is_wide(sheet: Sheet, line: Line, column: int) -> bool:
    span = sheet.over.get((line.number, column))
    return span is not None and span.right > span.left


def _headings(sheet: Sheet, header: Line, below: Line | None) -> list[str]:
    """Return the heading of every column, from one row or two."""
    headings = []
    above = ""
    for column in range(1, sheet.width + 1):
        above = header[column] or (above if below and below[column] else "")
        split = below[column] if below and below[column] != header[column] else ""
        headings.append(" ".join(part for part in (above, split) if part))
    return headings


def _by_cells(guess: Guess, cells: Sequence[str]) -> Guess:
    """Settle by the cells of a column what its heading leaves open, or contradict it."""

    def mostly(is_so: Callable[[str], object]) -> bool:
        return bool(cells) and sum(1 for text in cells if is_so(text)) >= MOST * len(cells)

    likely, short = Certainty.LIKELY, mostly(_EXTENSION.fullmatch)
    first = guess.meanings[0] if guess.meanings else None
    if guess.certainty in (Certainty.UNKNOWN, Certainty.AMBIGUOUS):
        if mostly(lambda text: "@" in text):
            return Guess(likely, (Meaning.EMAIL,))
        if len(cells) > 1 and _is_running(cells):
            return Guess(likely, (Meaning.NOTHING,))
        if Meaning.UNIT in guess.meanings and mostly(sounds_like_a_unit):
            return Guess(likely, (Meaning.UNIT,))
        if Meaning.PHONES in guess.meanings and mostly(lambda text: len(re.findall("[0-9]", text)) >= 7):
            return Guess(likely, (Meaning.PHONES, *guess.meanings))
    elif first is Meaning.PHONES and short:
        return Guess(likely, (Meaning.EXTENSION, Meaning.PHONES))
    return guess


def _is_running(cells: Sequence[str]) -> bool:
    """Tell whether the cells count rows: 1, 2, 3."""
    if not all(_RUNNING.fullmatch(text) for text in cells):
        return False
    numbers = [int(text.rstrip(".")) for text in cells]
    return numbers[0] <= 1 and all(0 <= after - before <= 1 for before, after in itertools.pairwise(numbers))


def _surnames(columns: list[Column], rows: Sequence[Line]) -> list[Column]:
    """Take a column of surnames for one of whole names where its cells are, and no other holds given names."""
    meanings = {it.meaning for it in columns}
    if Meaning.GIVEN in meanings or Meaning.SURNAME not in meanings:
        return columns
    found = []
    for it in columns:
        cells = [
            line[it.number] for line in rows if line[it.number] and not sounds_like_a_unit(line[it.number])
        ]
        if it.meaning is Meaning.SURNAME and sum(1 for text in cells if " " in text) > len(cells) / 2:
            it = replace(it, guess=Guess(Certainty.LIKELY, (Meaning.SURNAME_FIRST, Meaning.NAME)))
        found.append(it)
    return found


def _one_each(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Let two columns of one meaning mean it only where that is usual; two levels of units are told apart."""
    units = [it for it in columns if it.meaning is Meaning.UNIT]
    if len(units) > 1 and not any(it.meaning is Meaning.PART_OF for it in columns):
        ranked = sorted(units, key=lambda it: rank(it.heading))
        if rank(ranked[0].heading) < rank(ranked[1].heading):
            whole = replace(ranked[0], guess=Guess(Certainty.LIKELY, (Meaning.PART_OF, Meaning.UNIT)))
            columns = [whole if it is ranked[0] else it for it in columns]
    titled = any(it.meaning is Meaning.TITLE for it in columns)
    seen: set[Meaning] = set()
    settled = []
    for it in columns:
        if it.meaning is Meaning.SYMBOL and not titled:
            it = replace(it, guess=Guess(Certainty.LIKELY, (Meaning.CODE, Meaning.SYMBOL)))
        if it.meaning in seen and it.meaning not in SEVERAL:
            it = replace(it, guess=Guess(Certainty.AMBIGUOUS, (it.guess.meanings[0], Meaning.NOTHING)))
        elif it.meaning is not None:
            seen.add(it.meaning)
        settled.append(it)
    return tuple(settled)
