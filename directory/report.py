"""What the administrator is told about the hall's files: findings that leave it usable, and the one error.

A *finding* is a doubtful cell: the hall is loaded, and somebody should look. A *fault* is wrong: nothing is
loaded, and `DirectoryError` says in one sentence which file, line and field, and how to mend it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubtful cell: where it stands (`line` from 1; 0 means the whole file) and what was read there."""

    file: str
    line: int
    field: str
    read: str
    why: str
    mend: str

    def __str__(self) -> str:
        return f"{_place(self.file, self.line, self.field)}: {self.read!r}: {self.why}; {self.mend}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: `what` is a clause ("no unit is called 'dlr'"), `mend` a command ("write ...")."""

    file: str
    field: str
    what: str
    mend: str
    line: int = 0
    value: str = ""
    """The text that is wrong, by which the line is found if it is not known."""

    def __str__(self) -> str:
        return f"{_place(self.file, self.line, self.field)}: {self.what}; {self.mend}"


class DirectoryError(Exception):
    """The hall's files are wrong, and nothing of them was loaded. `faults` has at least one."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}")


@dataclass(frozen=True, slots=True)
class Report:
    """How a reading of the hall's files went."""

    findings: tuple[Finding, ...]
    rows: int
    """Rows read, of all tables."""
    units: int
    matters: int
    people: int


def _place(file: str, line: int, field: str) -> str:
    """Say where something stands."""
    return ", ".join(part for part in (file, f"line {line}" if line else "", field) if part)
