"""The values of a workbook's cells, as the text that people see in them.

A number is written as it was meant: 447327705.0 is a telephone. A date where a list has none was made by the
spreadsheet itself ("5-6" became the fifth of June): it is told and not read.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from directory.importing.sheets import letter
from directory.report import Finding


def texts(
    rows: Iterable[Sequence[object]], name: str, findings: list[Finding]
) -> Iterator[tuple[int, list[str]]]:
    """Yield rows from the first on, each with its number; what may not be what was meant is added to `findings`."""
    for number, cells in enumerate(rows, start=1):
        found = []
        for column, value in enumerate(cells, start=1):
            text, doubt = text_of(value)
            if doubt:
                mend = "format the column as text and write the cell anew"
                seen = str(value).removesuffix(" 00:00:00")
                findings.append(Finding(name, number, letter(column), seen, doubt, mend))
            found.append(text)
        yield number, found


def text_of(value: object) -> tuple[str, str]:
    """Return a cell's text, and why it may not be what was meant."""
    match value:
        case None:
            return "", ""
        case bool():
            return ("tak" if value else "nie"), ""
        case float():
            return (str(int(value)) if value.is_integer() else str(value)), ""
        case datetime() | date() | time() | timedelta():
            return "", "the spreadsheet took it for a date or an hour; it was not read"
        case str() if value.startswith("#") and value.endswith(("!", "?", "/A")):
            return "", "a formula that failed; it was not read"
        case _:
            return str(value), ""
