"""What an examination finds: that something is well, odd, or a problem with its mend."""

from dataclasses import dataclass
from enum import Enum


class Standing(Enum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """The line works; somebody should look."""
    PROBLEM = "problem"
    """The line does not work as it must."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: its name, how it stands, what was found, and the mend unless it is well."""

    check: str
    standing: Standing
    what: str
    mend: str = ""


def well(check: str, what: str) -> Finding:
    """A thing that is as it must be."""
    return Finding(check, Standing.OK, what)


def odd(check: str, what: str, mend: str) -> Finding:
    """A thing that somebody should look at."""
    return Finding(check, Standing.WARNING, what, mend)


def problem(check: str, what: str, mend: str) -> Finding:
    """A thing that must be mended."""
    return Finding(check, Standing.PROBLEM, what, mend)
