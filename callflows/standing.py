"""What the record knows of calls that have no end on it: where each stood when the process before us went.

Asterisk keeps the callers, and the journal what we knew of them; `callflows.resume` puts the two together. What of
it is of no caller any more is brought to its end by `callflows.aftermath`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from callflows.facts import AttemptId
from callflows.outcomes import Outcome, Way
from telephony.values import CallId, LegId, NumberShown


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAttempt:
    """A try at a candidate that has no end on record: no outcome yet, or a talk that goes on."""

    attempt: AttemptId
    way: Way
    by: str
    """Who wanted it: the person's id; empty for the line itself."""
    matter: str
    unit: str
    person: str
    """Empty for a unit's common phone."""
    target: str
    """The extension that was rung."""
    leg: LegId
    """The colleague's, if they were ever in a bridge; else empty."""
    outcome: Outcome | None = None
    consulting: datetime | None = None
    """When they began to talk with whoever has the caller; None if they do not."""
    connected: datetime | None = None
    """When they began to talk with the caller; None if they do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one call stood. `attempts` are the open ones, in order; `tried` counts all there were."""

    call: CallId
    arrived: datetime
    number: str = ""
    shown: NumberShown = NumberShown.ABSENT
    language: str = ""
    """BCP 47; empty if the caller has chosen none."""
    matter: str = ""
    unit: str = ""
    queued: datetime | None = None
    """Since when they have been waiting for a clerk; None if they are not."""
    ticket: str = ""
    """What they were promised; empty if nothing."""
    informed: bool = False
    """Whether they have heard a direct number, or when the hall opens."""
    tried: int = 0
    attempts: tuple[OpenAttempt, ...] = field(default=())


class Past(Protocol):
    """The record as it was when this process began."""

    async def standing(self) -> Mapping[CallId, Standing]:
        """Every call that had no end then. Empty if the record cannot be read in a few seconds: callers wait for it."""


class NothingBefore:
    """There was no process before us."""

    async def standing(self) -> Mapping[CallId, Standing]:
        """Nobody was on the line."""
        return {}
