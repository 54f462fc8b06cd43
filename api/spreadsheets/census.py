"""What the parts of a workbook hold, counted before anything is built of them.

A few bytes may stand for millions of cells: one merged range, one link or one comment over a whole sheet. openpyxl
makes an object of each cell of them, calamine a place for each up to the last; here only their places are read, in
one pass by the parser that openpyxl uses itself.
"""

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from api.spreadsheets.limits import AS_XLSX, CELLS, ROWS, refused

ELEMENTS = 3_000_000
"""Of all parts together: a list of 50,000 rows and 15 columns has 2.3 million."""
SPREAD = 200_000
"""Cells under all ranges of a workbook."""
RANGES = frozenset({"mergeCell", "hyperlink", "comment"})
"""What openpyxl spreads over every cell of its range."""
CHUNK = 65_536
UNLIKE_VALUES = frozenset({"e", "d"})
"""Types of cells (`t`) that are not plain: an error, a date as text."""
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_WHOLE = re.compile(r"\$?([A-Z]{1,3}|[0-9]{1,7}):\$?([A-Z]{1,3}|[0-9]{1,7})", re.IGNORECASE)


class Census:
    """Counts what one workbook holds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = ""
        self._elements = 0
        self._spread = 0
        self._rows, self._letters = 0, {"A"}
        self._odd = False
        self.formulas = False
        """Whether a cell has one."""

    @property
    def plain(self) -> bool:
        """Whether its cells are texts and numbers alone, at places that a list has: nothing is lost by any reader."""
        area = self._rows * max(_column(letters) for letters in self._letters)
        return not self.formulas and not self._odd and self._rows <= ROWS * 2 and area <= CELLS

    def count(self, archive: zipfile.ZipFile) -> None:
        """Count every part. Raises DirectoryError for what no list of people, units or matters has."""
        for part in archive.infolist():
            self._part = part.filename
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = self._doctype
            parser.StartElementHandler = self._element
            with archive.open(part) as content:
                try:
                    while chunk := content.read(CHUNK):
                        parser.Parse(chunk, False)
                except (expat.ExpatError, ValueError, LookupError):
                    continue  # a picture; or no XML, as openpyxl will find too if it needs this part

    def _doctype(self, *_: object) -> None:
        raise refused(self._path, f"{self._part} has a document type, which no workbook has", AS_XLSX)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > ELEMENTS:
            raise refused(self._path, "more cells than a list ever has", "copy the rows into a new workbook")
        kind = name.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes)
        elif kind == "f":
            self.formulas = True
        elif kind in RANGES:
            self._spread += _cells(attributes.get("ref", ""))
            if self._spread > SPREAD:
                mend = "undo merged cells, links and comments beyond the list"
                raise refused(self._path, f"a range over {self._spread} cells", mend)

    def _cell(self, attributes: dict[str, str]) -> None:
        """Note where a cell is, and whether it is more than a text or a number."""
        found = _CELL.fullmatch(attributes.get("r", ""))
        if found is None or attributes.get("t") in UNLIKE_VALUES:
            self._odd = True
        else:
            self._letters.add(found[1])
            self._rows = max(self._rows, int(found[2]))


def _cells(reference: str) -> int:
    """How many cells a range has; none if it is no range."""
    corners = [_CELL.fullmatch(corner) for corner in reference.split(":")]
    if not 1 <= len(corners) <= 2 or None in corners:
        return SPREAD + 1 if _WHOLE.fullmatch(reference) else 0
    (left, top), (right, bottom) = (
        (_column(found[1]), int(found[2])) for found in (corners[0], corners[-1]) if found
    )
    return max(0, right - left + 1) * max(0, bottom - top + 1)


def _column(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
