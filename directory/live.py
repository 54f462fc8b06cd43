"""What is known of this very moment: who is away, which phones are free, who did not answer lately.

The directory asks through this port, so that `resolve` stays pure: the same hall, moment and `Live` give the same
answer. Answers come from memory and at once; whoever implements it keeps them up to date.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from directory.absence import Absence, away
from directory.model import Extension, PersonId


class PhoneState(Enum):
    """What a phone is doing."""

    FREE = "free"
    IN_USE = "in_use"
    """Talking or ringing."""
    GONE = "gone"
    """A phone of ours that is not registered: it cannot ring."""
    UNKNOWN = "unknown"
    """Behind a trunk, or nobody has told us yet."""


class Live(Protocol):
    """This very moment."""

    def absence(self, person: PersonId, at: datetime) -> Absence | None:
        """The absence that holds at that moment; None if they are in."""

    def phone(self, extension: Extension) -> PhoneState:
        """What that phone is doing."""

    def missed(self, extension: Extension, at: datetime) -> int:
        """How often in a row nobody took a call there lately; 0 once somebody did, or long ago."""


@dataclass(frozen=True, slots=True)
class Known:
    """A `Live` of plain values: for tests, for a look at another day, and for nothing known at all."""

    absences: Mapping[PersonId, Iterable[Absence]] = field(default_factory=dict)
    phones: Mapping[str, PhoneState] = field(default_factory=dict)
    misses: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, absences: Iterable[Absence]) -> "Known":
        """What is known where nobody knows more than who is away."""
        theirs: dict[PersonId, list[Absence]] = {}
        for absence in absences:
            theirs.setdefault(absence.person, []).append(absence)
        return cls(absences=theirs)

    def absence(self, person: PersonId, at: datetime) -> Absence | None:
        """See `Live`."""
        theirs = self.absences.get(person)
        return away(theirs, at) if theirs is not None else None

    def phone(self, extension: Extension) -> PhoneState:
        """See `Live`."""
        return self.phones.get(extension.digits, PhoneState.UNKNOWN)

    def missed(self, extension: Extension, at: datetime) -> int:
        """See `Live`."""
        return self.misses.get(extension.digits, 0)


NOTHING_KNOWN = Known()
"""Everybody is in, and no phone has told us anything."""
