"""One stretch of time that an event of a calendar takes, and how a child process writes it to its parent."""

from dataclasses import dataclass
from datetime import datetime

UNREADABLE = 3
"""The child's exit code when it knows what is wrong; its standard error is then the word."""


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """From when to when somebody is busy; `event` names the event without telling what it is."""

    begins: datetime
    ends: datetime
    event: str


def written(busy: Busy) -> str:
    """One line for one busy time."""
    return f"{busy.begins.isoformat()} {busy.ends.isoformat()} {busy.event}"


def read_line(line: str) -> Busy:
    """Read such a line."""
    begins, ends, event = line.split()
    return Busy(datetime.fromisoformat(begins), datetime.fromisoformat(ends), event)
