"""What the parts of a workbook hold, counted before anything is built of them.

A few bytes may stand for millions of cells: one merged range, one link or one comment over a whole sheet. openpyxl
makes an object of each cell of them; here only their places are read, in one pass by the parser that it uses itself.
"""

import zipfile
from pathlib import Path
from xml.parsers import expat

from openpyxl.utils.cell import range_boundaries

from api.spreadsheets.limits import AS_XLSX, refused

ELEMENTS = 3_000_000
"""Of all parts together: a list of 50,000 rows and 15 columns has 2.3 million."""
SPREAD = 200_000
"""Cells under all ranges of a workbook."""
RANGES = frozenset({"mergeCell", "hyperlink", "comment"})
"""What openpyxl spreads over every cell of its range."""
CHUNK = 65_536


class Census:
    """Counts what one workbook holds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = ""
        self._elements = 0
        self._spread = 0
        self.formulas = False
        """Whether a cell has one."""

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
        if kind == "f":
            self.formulas = True
        elif kind in RANGES:
            self._spread += _cells(attributes.get("ref", ""))
            if self._spread > SPREAD:
                mend = "undo merged cells, links and comments beyond the list"
                raise refused(self._path, f"a range over {self._spread} cells", mend)


def _cells(reference: str) -> int:
    """How many cells a range has; none if it is no range."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0
    if None in (left, top, right, bottom):  # whole rows or columns
        return SPREAD + 1
    count: int = max(0, right - left + 1) * max(0, bottom - top + 1)
    return count
