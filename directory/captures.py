"""Captures: the same unit or service card, copied from several pages in several years, made into one.

The newest capture counts; by which pages are newer the hall says (`newest_first` in `hall.toml`, hosts of the
pages). Names and symbols of the older ones stay as aliases; whatever they had and the newest has not, the
administrator is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from directory.model import Numbering
from directory.names import same_name
from directory.numbers import Kind, national
from directory.phonetext import ParsedNumber, Use, read_numbers
from directory.report import Finding
from directory.tables import Row


@dataclass(frozen=True, slots=True)
class Age:
    """Tells newer pages from older ones, by their hosts."""

    newest_first: tuple[str, ...]

    def rank(self, row: Row) -> int:
        """Return the place of the row's page among the hosts: 0 is the newest; unknown ones come last."""
        host = (urlsplit(row["source_url"]).hostname or "").removeprefix("www.")
        known = [name.removeprefix("www.") for name in self.newest_first]
        return known.index(host) if host in known else len(known)

    def newest_first_of(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows, newest first; of two on equally new pages the later row counts as newer."""
        return sorted(rows, key=lambda row: (self.rank(row), -row.line))


@dataclass(frozen=True, slots=True)
class Phones:
    """The numbers of one row, sorted by what they are good for."""

    voice: tuple[str, ...]
    """E.164, to talk: sure ones first, then doubtful ones, then those that are also a fax."""
    sure: tuple[str, ...]
    """Those of `voice` that no page calls a fax."""
    faxes: tuple[str, ...]
    short: str = ""


def phones_of(row: Row, numbering: Numbering, faxes: Iterable[str] = ()) -> tuple[Phones, list[Finding]]:
    """Read a row's phone cells; `faxes` are numbers that other rows call a fax."""
    findings: list[Finding] = []
    parsed = _read(row, "phones", numbering, findings)
    own_faxes = (
        [found for found in _read(row, "fax", numbering, findings) if found.e164]
        if "fax" in row.cells
        else []
    )
    fax_numbers = _unique(
        [
            *(found.e164 for found in own_faxes),
            *(found.e164 for found in parsed if found.use is not Use.VOICE),
        ]
    )
    also_fax = {*fax_numbers, *faxes}
    spoken = [found for found in parsed if found.speaks]
    sure = [found for found in spoken if found.e164 not in also_fax]
    for found in spoken:
        if found.e164 in also_fax:
            why = f"{national(found.e164 or '')} is a fax as well"
            mend = "take it out of phones, or out of fax, once somebody has tried it"
            findings.append(_finding(row, "phones", found.raw, why, mend))
    ordered = sorted(sure, key=lambda found: bool(found.doubt))
    both = [found for found in spoken if found not in sure]
    short = next((found.raw for found in parsed if found.kind in {Kind.SHORT, Kind.EMERGENCY}), "")
    voice = _unique([found.e164 for found in (*ordered, *both)])
    return Phones(voice, _unique([found.e164 for found in ordered]), fax_numbers, short), findings


def merged(newest: Row, older: Sequence[Row]) -> Row:
    """Return the newest capture, its empty cells filled from the next newest that has something there."""
    cells = dict(newest.cells)
    for row in older:
        cells |= {column: said for column, said in row.cells.items() if not cells[column]}
    return Row(newest.file, newest.line, cells)


def compared(newest: Row, older: Row, columns: Sequence[str], age: Age) -> list[Finding]:
    """Tell what an older capture says differently."""
    findings = []
    taken = "the newer capture was taken"
    if age.rank(newest) == age.rank(older):
        taken = "the pages are equally new, and the later row was taken"
    for column in columns:
        if older[column] and not same_name(older[column], newest[column]):
            why = f"line {newest.line} says {newest[column]!r} of the same thing; {taken}"
            if not newest[column]:
                why = f"the newer capture, line {newest.line}, leaves this empty; it was taken from here"
            findings.append(
                _finding(older, column, older[column], why, "take the row out, if it is out of date")
            )
    return findings


def row_finding(row: Row, column: str, why: str, mend: str) -> Finding:
    """Return a finding about one cell."""
    return _finding(row, column, row[column], why, mend)


def _read(row: Row, column: str, numbering: Numbering, findings: list[Finding]) -> tuple[ParsedNumber, ...]:
    """Read a cell of numbers; what is doubtful goes to the findings."""
    parsed = read_numbers(row[column], numbering)
    for found in parsed:
        if found.doubt:
            findings.append(
                _finding(row, column, found.raw, found.doubt, "write the whole number, nine digits")
            )
        if found.extension:
            why = "an extension; citizens are told the number alone"
            findings.append(
                _finding(row, column, found.raw, why, "add the extension to [lines] or people.csv")
            )
    return parsed


def _finding(row: Row, column: str, read: str, why: str, mend: str) -> Finding:
    return Finding(row.file, row.line, column, read, why, mend)


def _unique(numbers: Iterable[str | None]) -> tuple[str, ...]:
    """Return every number once, in order."""
    return tuple(dict.fromkeys(number for number in numbers if number))
