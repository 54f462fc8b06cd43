"""Absences: who is away from when to when, when they are back, and who helps meanwhile (bylaw §4.11).

They change every day and are no part of the `Hall`, which calls keep from their first to their last second: an
absence counts from the moment it is entered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NewType

from directory.model import PersonId

AbsenceId = NewType("AbsenceId", str)


class Reason(Enum):
    """Why somebody is away, as far as it concerns anybody. Never health: that is nobody's business here."""

    LEAVE = "leave"
    TRAINING = "training"
    MEETING = "meeting"
    BUSINESS_TRIP = "business_trip"
    OUT_OF_OFFICE = "out_of_office"
    """Away from the desk, without a word why: what a phone's code and a foreign calendar enter."""


class Entered(Enum):
    """How an absence came to us."""

    PAGE = "page"
    REST = "rest"
    CALENDAR = "calendar"
    PHONE = "phone"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One person is away from `begins` until before `ends`, both timezone-aware."""

    id: AbsenceId
    person: PersonId
    begins: datetime
    ends: datetime
    back: datetime | None = None
    """When they can be reached again, if that is not `ends` (the next morning)."""
    helps: PersonId | None = None
    """Who helps meanwhile; None: their deputies in order."""
    reason: Reason = Reason.OUT_OF_OFFICE
    entered: Entered = Entered.PAGE
    entered_by: str = ""
    calendar: str = ""
    """The event's UID (RFC 5545 §3.8.4.7), for one that a calendar entered."""

    def __post_init__(self) -> None:
        """Raise ValueError for an absence that ends before it begins, or without a time zone."""
        if self.begins.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError("an absence needs moments with a time zone")
        if self.ends <= self.begins:
            raise ValueError("an absence ends after it begins")

    @property
    def reachable(self) -> datetime:
        """When they can be reached again."""
        return self.back or self.ends

    def holds(self, at: datetime) -> bool:
        """Whether they are away at that moment."""
        return self.begins <= at < self.ends


def away(absences: Iterable[Absence], at: datetime) -> Absence | None:
    """Return the absence that holds at that moment; of several the one that ends last, None if there is none."""
    return max((each for each in absences if each.holds(at)), key=lambda each: each.ends, default=None)
