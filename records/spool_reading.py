"""Reading what a service that ended left in the spool; what cannot be read is set aside, never thrown away silently."""

import logging
import os
from datetime import datetime
from pathlib import Path

from records.entry import Entry, from_line

log = logging.getLogger(__name__)

SEGMENT, BAD = ".jsonl", ".bad"


def segments_in(folder: Path) -> list[tuple[int, Path | None]]:
    """The numbers in use, oldest first, each with its file of facts; None where only bad lines are left. OSError."""
    found: dict[int, Path | None] = {}
    for path in folder.iterdir():
        if path.suffix in (SEGMENT, BAD) and path.stem.isdecimal():
            number = int(path.stem)
            found[number] = path if path.suffix == SEGMENT else found.get(number)
    return sorted(found.items())


def read_segment(path: Path) -> tuple[list[Entry], bool]:
    """The facts of one file, in order, and whether nothing is left in it that is nowhere else.

    A last line without an end was torn off by the death of the process: if it is no whole fact it is dropped. Any other
    line that cannot be read goes to a file beside, for whoever wants to look.
    """
    entries: list[Entry] = []
    bad: list[bytes] = []
    try:
        *lines, torn = path.read_bytes().split(b"\n")
    except OSError as error:
        log.error("%s of the spool cannot be read, it stays where it is: %s.", path.name, error.strerror)
        return [], False
    for line in lines:
        entry = from_line(line)
        if entry is None:
            bad.append(line)
        else:
            entries.append(entry)
    if torn and (last := from_line(torn)) is not None:
        entries.append(last)
    elif torn:
        log.warning("The last line of %s in the spool was torn off when the service ended.", path.name)
    return entries, not bad or _set_aside(path.with_suffix(BAD), bad)


def written(folder: Path) -> dict[Path, int]:
    """The files of facts that are not empty, with their sizes."""
    return {path: size for path in folder.glob(f"*{SEGMENT}") if (size := _size(path))}


def still_there(before: dict[Path, int]) -> bool:
    """Whether a file still holds what it held then: when its facts are committed it is removed or emptied."""
    return any(_size(path) >= size for path, size in before.items())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def forget_set_aside(folder: Path, *, before: datetime) -> int:
    """Remove the lines that were set aside before this moment: callers' numbers may be in them. Raises OSError."""
    old = [path for path in folder.glob(f"*{BAD}") if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink()
    return len(old)


def _set_aside(path: Path, lines: list[bytes]) -> bool:
    """Put these lines into a file of their own; whether that went well."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with open(descriptor, "ab") as file:
            file.write(b"".join(line + b"\n" for line in lines))
    except OSError as error:
        log.error("%d lines of the spool cannot be read, nor set aside: %s.", len(lines), error.strerror)
        return False
    log.error("%d lines of the spool cannot be read: they are set aside in %s.", len(lines), path)
    return True
