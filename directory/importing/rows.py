"""The rows of a sheet, each taken for what it is: somebody, a unit, the heading of those below it, or nothing.

Lists of people name a unit in a row of its own, in a cell merged over its people, or once at the first of them; a
phone list goes on in the next row; a footnote looks like a heading. What a row was taken for without being sure is a
finding.
"""

import re
from dataclasses import dataclass, field, replace

from directory.changes import Kind
from directory.importing.columns import Column, Layout
from directory.importing.entries import Entry, Said
from directory.importing.meanings import NAMES_OF_PEOPLE, Meaning
from directory.importing.person_names import is_like_a_person
from directory.importing.sheets import Line, Sheet, filled_down
from directory.importing.unit_names import is_a_place, is_vacant, may_be_a_part, sounds_like_a_unit, unit_name
from directory.importing.unread import unread
from directory.report import DirectoryError, Fault, Finding

NUMBERS = (Meaning.PHONES, Meaning.EXTENSION, Meaning.DIRECT, Meaning.MOBILE, Meaning.FAX)
LONGEST_UNIT = 90
_FOOT = re.compile(
    r"^(?:\*|\(|stan na|razem|ogółem|sporządz|opracow|aktualiz|uwaga|legenda|źródło|data|strona|str\.)|[.!]$",
    re.IGNORECASE,
)


@dataclass
class Reading:
    """One sheet being read, row by row."""

    layout: Layout
    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headings: list[Said] = field(default_factory=list)
    """The unit headings that hold now, the highest first."""
    above: tuple[int, str] = (0, "")
    """The row that named a unit last, and the name."""
    told_of: int = 0
    """The row whose unit's going on was told last."""
    used: tuple[tuple[int, Meaning, str], ...] = ()
    """Number, meaning and name of the columns that are read."""

    def __post_init__(self) -> None:
        self.used = tuple(
            (it.number, it.meaning, it.name)
            for it in self.layout.columns
            if it.meaning is not None and it.meaning not in (Meaning.NOTHING, Meaning.NOTES)
        )


def read_rows(layout: Layout) -> tuple[list[Entry], list[Finding]]:
    """Return an entry for every row that speaks of something, and what had to be decided. Raises DirectoryError."""
    reading = Reading(layout)
    reading.findings += unread(layout)
    kind = layout.kind
    if kind is None:
        raise DirectoryError(
            Fault(
                layout.sheet.file,
                "",
                "no column of names, units or matters was found",
                'say which it is, like --column "B=name"',
            )
        )
    headings = {it.heading for it in layout.columns}
    for line in filled_down(layout.sheet):
        if line.number < layout.begins or not line.filled:
            continue
        if sum(1 for column in line.filled if line[column] in headings) > len(line.filled) / 2:
            continue  # the header, repeated on a new page
        _check_width(layout, line)
        if kind is Kind.PERSON:
            _person_row(reading, line)
        else:
            _plain_row(reading, line, kind)
    return reading.entries, reading.findings


def _check_width(layout: Layout, line: Line) -> None:
    """Raise DirectoryError for a cell without a heading: a comma that was not meant moved the others."""
    known = {it.number for it in layout.columns}
    if lost := [column for column in line.filled if column not in known]:
        what = f"{line[lost[0]]!r} stands in a column without a heading"
        mend = "give the column a heading, or put a cell that holds the delimiter into quotation marks"
        raise DirectoryError(Fault(layout.sheet.file, f"column {lost[0]}", what, mend, line=line.number))


def _plain_row(reading: Reading, line: Line, kind: Kind) -> None:
    """Take a row of a list of units or matters."""
    entry = _entry(reading, line, kind)
    wanted = Meaning.TITLE if kind is Kind.MATTER else Meaning.UNIT
    if entry.text(wanted):
        reading.entries.append(entry)
    elif any(entry.text(meaning) for meaning in (*NUMBERS, Meaning.SYMBOL, Meaning.CODE)):
        raise entry.fault(wanted, "the row has no name", "write one, or take the row out")
    else:
        _set_aside(reading, line, "a row without a name; it was not read")


def _person_row(reading: Reading, line: Line) -> None:
    """Take a row of a list of people."""
    entry = _entry(reading, line, Kind.PERSON)
    name = "; ".join(filter(None, (entry.text(meaning) for meaning in NAMES_OF_PEOPLE)))
    title = _title(reading.layout, line, entry, name)
    if title:
        _heading(reading, line, entry, title)
    elif not name:
        _nameless(reading, line, entry)
    elif is_vacant(name):
        _set_aside(reading, line, "a vacant post; it was not read", read=name)
    elif is_a_place(name):
        _place(reading, _in_its_unit(reading, line, entry), name)
    else:
        reading.entries.append(_in_its_unit(reading, line, entry))


def _title(layout: Layout, line: Line, entry: Entry, name: str) -> str:
    """Return the text of a row that looks like a heading: one cell, a wide one, or a unit where a name would be."""
    first = line[line.filled[0]]
    if len(line.filled) == 1 or _is_wide(layout.sheet, line):
        meaning = _named(layout, line.filled[0]).meaning
        somebody = is_like_a_person(name) and not sounds_like_a_unit(name)
        return "" if somebody or meaning in (*NUMBERS, Meaning.EMAIL) else first
    text = name or first
    own = entry.text(Meaning.UNIT)
    return text if sounds_like_a_unit(text) and not is_a_place(text) and own in ("", text) else ""


def _heading(reading: Reading, line: Line, entry: Entry, text: str) -> None:
    """Take a row for the heading of the people below it, or set it aside."""
    if not re.search(r"[^\W\d_]{2}", text) or len(text) > LONGEST_UNIT or _FOOT.search(text):
        _set_aside(reading, line, "neither somebody nor a unit; it was not read", read=text)
        return
    column = _column_of(reading.layout, line, text)
    if not sounds_like_a_unit(text):
        why, mend = (
            "taken for the unit of the people below it",
            "give the unit a column of its own, if it is not",
        )
        reading.findings.append(Finding(entry.file, line.number, column, text, why, mend))
    while reading.headings and not may_be_a_part(text, reading.headings[-1].text):
        reading.headings.pop()
    if reading.headings:
        higher = reading.headings[-1]
        why = f"taken for a part of {unit_name(higher.text)[0]!r}, row {higher.line}"
        mend = "write the unit above it into a column, if it is not"
        reading.findings.append(Finding(entry.file, line.number, column, text, why, mend))
    reading.headings.append(Said(text, column, line.number))
    reading.above = (0, "")
    numbers = {meaning: entry.said[meaning] for meaning in NUMBERS if meaning in entry}
    said = {
        Meaning.UNIT: (Said(text, column),),
        Meaning.PART_OF: tuple(reading.headings[:-1][-1:]),
        **numbers,
    }
    if not said[Meaning.PART_OF]:
        del said[Meaning.PART_OF]
    reading.entries.append(Entry(Kind.UNIT, entry.file, line.number, said, adds=True))


def _nameless(reading: Reading, line: Line, entry: Entry) -> None:
    """Take a row without a name: more numbers of the row above, numbers of a unit, or nothing."""
    filled = {meaning for meaning in entry.said if entry.text(meaning)}
    last = reading.entries[-1] if reading.entries else None
    wraps = last is not None and any(
        it.text.rstrip().endswith(",") for m in NUMBERS for it in last.said.get(m, ())
    )
    if filled and filled <= {*NUMBERS, Meaning.NOTES} and last and wraps:
        said = {**last.said}
        for meaning in filled & set(NUMBERS):
            more = (Said(it.text, it.column, line.number) for it in entry.said[meaning])
            said[meaning] = (*(it for it in said.get(meaning, ()) if it.text), *more)
        reading.entries[-1] = replace(last, said=said)
    elif filled & set(NUMBERS) and entry.text(Meaning.UNIT):
        _place(reading, entry, "")
    else:
        _set_aside(reading, line, "a row without a name; it was not read")


def _place(reading: Reading, entry: Entry, name: str) -> None:
    """Take numbers that are nobody's for numbers of their unit."""
    if not entry.text(Meaning.UNIT):
        what = "no unit is named for it, neither here nor above"
        raise entry.fault(Meaning.UNIT, what, "write the unit, or a heading above the row")
    said = {m: entry.said[m] for m in (*NUMBERS, Meaning.UNIT, Meaning.PART_OF) if m in entry}
    reading.entries.append(Entry(Kind.UNIT, entry.file, entry.line, said, adds=True))
    why = f"no person's name; its numbers were taken for those of the unit {entry.text(Meaning.UNIT)!r}"
    meaning = next((m for m in NAMES_OF_PEOPLE if entry.text(m)), Meaning.UNIT)
    reading.findings.append(
        entry.finding(meaning, why, "write whose they are, if somebody's", read=name or None)
    )


def _in_its_unit(reading: Reading, line: Line, entry: Entry) -> Entry:
    """Return the entry with its unit: its own cell's, else that of the heading or of the row above."""
    own = entry.text(Meaning.UNIT) or entry.text(Meaning.PART_OF) or entry.text(Meaning.CODE)
    if own:
        reading.above = (line.number, own)
        if not entry.text(Meaning.UNIT) and entry.text(Meaning.PART_OF):
            entry = entry.with_said(Meaning.UNIT, *entry.said[Meaning.PART_OF])
            rest: dict[Meaning, tuple[Said, ...]] = {
                meaning: said for meaning, said in entry.said.items() if meaning is not Meaning.PART_OF
            }
            entry = replace(entry, said=rest)
        return entry
    if reading.headings:
        entry = entry.with_said(Meaning.UNIT, reading.headings[-1])
        return (
            entry.with_said(Meaning.PART_OF, *reading.headings[:-1][-1:]) if reading.headings[1:] else entry
        )
    row, name = reading.above
    if not row or Meaning.UNIT not in entry:
        return entry
    if reading.told_of != row:
        reading.told_of = row
        why = f"empty, here and maybe below: taken for that of row {row}, {name!r}"
        reading.findings.append(entry.finding(Meaning.UNIT, why, "write the unit into every row"))
    return entry.with_said(Meaning.UNIT, Said(name, entry.where(Meaning.UNIT).column, row))


def _entry(reading: Reading, line: Line, kind: Kind) -> Entry:
    """Sort the cells of a row by what they mean."""
    said: dict[Meaning, tuple[Said, ...]] = {}
    for number, meaning, name in reading.used:
        said[meaning] = (*said.get(meaning, ()), Said(line[number], name))
    return Entry(kind, reading.layout.sheet.file, line.number, said)


def _set_aside(reading: Reading, line: Line, why: str, *, read: str = "") -> None:
    text = read or " | ".join(line[column] for column in line.filled)
    column = _column_of(reading.layout, line, read)
    mend = "mend the row, if somebody is missing"
    reading.findings.append(Finding(reading.layout.sheet.file, line.number, column, text, why, mend))


def _column_of(layout: Layout, line: Line, text: str) -> str:
    """Return the name of the column in which this text stands, or of the first that holds anything."""
    number = next((column for column in line.filled if line[column] == text), line.filled[0])
    return _named(layout, number).name


def _named(layout: Layout, number: int) -> Column:
    return next(it for it in layout.columns if it.number == number)


def _is_wide(sheet: Sheet, line: Line) -> bool:
    """Tell whether the row is one cell merged over most of its columns."""
    span = sheet.over.get((line.number, line.filled[0]))
    return span is not None and len(line.filled) == 1 and (span.right - span.left + 1) > sheet.width / 2
