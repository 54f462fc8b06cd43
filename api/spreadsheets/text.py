"""The text of a CSV file: which encoding it is in, and what stands between its cells.

Polish offices save lists as UTF-8, as Windows-1250 and, from older systems, as ISO-8859-2. The last two differ in six
letters alone (ąśź and their capitals), so those letters decide; a file without any of them reads the same in both.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from api.spreadsheets.limits import refused

DELIMITERS = (";", "\t", ",")
CP1250, ISO = "cp1250", "iso8859-2"
_ONLY_CP1250 = bytes([0xB9, 0x9C, 0x9F, 0xA5, 0x8C, 0x8F])
_ONLY_ISO = bytes([0xB1, 0xB6, 0xBC, 0xA1, 0xA6, 0xAC])
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 60


def decoded(path: Path, content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file and its encoding. Raises DirectoryError for bytes that are no text."""
    found = encoding or _guessed(content)
    try:
        text = content.decode(found)
    except (UnicodeDecodeError, LookupError):
        raise refused(path, f"it is no text in {found}", "save it as CSV UTF-8") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise refused(path, "it holds a byte of zero, which no text has", "save it as CSV UTF-8", line=line)
    return text.removeprefix("\ufeff"), found.removesuffix("-sig")


def _guessed(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        windows = sum(content.count(bytes([letter])) for letter in _ONLY_CP1250)
        return ISO if sum(content.count(bytes([letter])) for letter in _ONLY_ISO) > windows else CP1250
    return "utf-8"


def delimiter_of(text: str) -> str:
    """Return what stands between the cells: what cuts most rows into the same number of cells, more than one."""
    first = text.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    return max(DELIMITERS, key=lambda sign: _regular(text, sign))


def rows_of(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line on which each row begins, and its cells. Raises DirectoryError."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if not (begins == 1 and [cell.lower() for cell in cells[:1]] in (["sep="], [f"sep={delimiter}"])):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        mend = "close every quotation mark and double those inside a cell"
        raise refused(path, f"not a CSV row ({error})", mend, line=begins) from None


def _regular(text: str, delimiter: str) -> tuple[int, int]:
    """Tell how well a sign cuts: how many rows get the commonest width, and that width."""
    lines: Sequence[str] = [line for line in text.split("\n", LOOKED_AT)[:LOOKED_AT] if line.strip()]
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return 0, 0
    wide = Counter(width for width in widths if width > 1)
    return max(((count, width) for width, count in wide.items()), default=(0, 0))
