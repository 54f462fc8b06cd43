"""Counters of the line, for whoever exports them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineStatistics:
    """The line as it stands now, and what it has counted since it was made."""

    ready: bool
    calls: int
    """Calls whose story is being told."""
    legs: int
    """Phones ringing or talking on behalf of calls."""
    left_behind: int
    """Answered phones that an earlier process left, and that no story has taken over yet."""
    connects: int
    """How often the event socket came up; the first time included."""
    commands: int
    failures: int
    """Commands that Asterisk refused or did not answer; "that has just ended" is none."""
    events: int
    queued: int
    """Events told to legs and not yet taken by their stories."""


@dataclass(slots=True)
class Counters:
    """Counts while the line works."""

    connects: int = 0
    commands: int = 0
    failures: int = 0
    events: int = 0
