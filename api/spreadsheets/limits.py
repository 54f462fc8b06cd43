"""What a file may be before it is opened: how large, how full, and of which kind by its first bytes.

A file is somebody's attachment. Sizes are far above any list of telephones and far below what would hurt the machine.
"""

import zipfile
from pathlib import Path

from directory.report import DirectoryError, Fault

BYTES = 20_000_000
UNPACKED = 200_000_000
"""Bytes that an XLSX may have without its compression; a zip bomb has more."""
ROWS = 50_000
COLUMNS = 200
CELLS = 2_000_000
"""Places of one sheet, filled or not: each takes memory."""
CELL = 20_000
"""Characters of one cell."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file: .xls, and every Office file with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
AS_XLSX = "open it in your spreadsheet program and save it as .xlsx"


def bytes_of(path: Path) -> bytes:
    """Return what a file holds. Raises DirectoryError if it cannot be read, or is too large."""
    try:
        size = path.stat().st_size
        if size > BYTES:
            what = f"{size // 1_000_000} MB: a list has at most {BYTES // 1_000_000}"
            raise refused(path, what, "take pictures and other sheets out")
        return path.read_bytes()
    except OSError as error:
        raise refused(path, (error.strerror or "unreadable").lower(), "check name and rights") from None


def kind_of(path: Path, content: bytes) -> str:
    """Return "xlsx" or "csv", by what the file is and not by its name. Raises DirectoryError for anything else."""
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise refused(path, "the file has a password", "save it without one")
        raise refused(path, "an old .xls file", AS_XLSX)
    if content.startswith(b"PK"):
        if ODS in content[:200]:
            raise refused(path, "an .ods file", AS_XLSX)
        return "xlsx"
    if content.startswith(b"%PDF"):
        raise refused(path, "a PDF has no rows and columns", "ask for the spreadsheet it was made of")
    if content.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<tabl", b"<?xml"):
        raise refused(path, "a page, whatever its name says", AS_XLSX)
    return "csv"


def check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise DirectoryError if unpacking would take too much, or the archive is no workbook."""
    parts = archive.infolist()
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise refused(path, "an archive, and no .xlsx workbook", AS_XLSX)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED:
        what = f"it unpacks to {unpacked // 1_000_000} MB, more than a list ever has"
        raise refused(path, what, "copy the rows into a new workbook")


def refused(path: Path, what: str, mend: str, *, line: int = 0) -> DirectoryError:
    """Return the error that a file makes."""
    return DirectoryError(Fault(path.name, "", what, mend, line=line))
