"""Where a call stood when the process before us went, read from its facts: pure, and the only place that reads them so.

Asterisk keeps the callers, and the journal what we knew of them; `restart.resume` puts the two together. What of it is
of no caller any more is brought to its end by `restart.aftermath`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatch
from typing import Protocol

from callflows.facts import (
    AttemptFact,
    AttemptId,
    CallArrived,
    CallbackPromised,
    CallEnded,
    ConsultBegan,
    ConsultEnded,
    DirectNumberTold,
    Fact,
    HoldBegan,
    HoldEnded,
    LanguageChosen,
    LineWasClosed,
    MatterChosen,
    PartiesConnected,
    QueueJoined,
    QueueLeft,
    TalkEnded,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import ON_DUTY, CallOutcome, Outcome, Way
from telephony.values import CallId, LegId, NumberShown

NO_LEG = LegId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAttempt:
    """A try at a candidate; open as long as it has no outcome on record, or its talk goes on."""

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
    leg: LegId = NO_LEG
    """The colleague's, if they were ever in a bridge."""
    outcome: Outcome | None = None
    consulting: datetime | None = None
    """When they began to talk with whoever has the caller; None if they do not."""
    connected: datetime | None = None
    """When they began to talk with the caller; None if they do not."""

    @property
    def is_open(self) -> bool:
        """Whether its end is not on record."""
        return self.outcome is None or self.connected is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one call stands, by its facts so far."""

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
    held: HoldBegan | None = None
    """The hold that has not ended."""
    promised: CallbackPromised | None = None
    outcome: CallOutcome = CallOutcome.ABANDONED
    """The best that the caller has got."""
    over: bool = False
    seen: datetime
    """When the last of its facts was stated."""
    all_attempts: Mapping[AttemptId, OpenAttempt] = field(default_factory=dict)
    """Every attempt, in order."""

    @property
    def attempts(self) -> tuple[OpenAttempt, ...]:
        """Those that are open, in order."""
        return tuple(attempt for attempt in self.all_attempts.values() if attempt.is_open)

    @property
    def tried(self) -> int:
        """How many attempts there were."""
        return len(self.all_attempts)


class Past(Protocol):
    """The record as it was when this process began."""

    async def standing(self) -> Mapping[CallId, Standing]:
        """Every call that had no end then. Empty if the record cannot be read in a few seconds: callers wait for it."""


class NothingBefore:
    """There was no process before us."""

    async def standing(self) -> Mapping[CallId, Standing]:
        """Nobody was on the line."""
        return {}


def standings(facts: Iterable[Fact]) -> dict[CallId, Standing]:
    """Where each call stands, from facts of many calls, in order; calls that have ended are left out."""
    standing: dict[CallId, Standing] = {}
    for fact in facts:
        if fact.call:
            before = standing.get(fact.call) or Standing(call=fact.call, arrived=fact.at, seen=fact.at)
            standing[fact.call] = replace(_after(fact, before), seen=max(fact.at, before.seen))
    return {call: one for call, one in standing.items() if not one.over}


@singledispatch
def _after(fact: Fact, before: Standing) -> Standing:
    """Where the call stands after this fact; most facts change nothing."""
    return before


@_after.register
def _(fact: CallArrived, before: Standing) -> Standing:
    return replace(before, number=fact.number, shown=fact.shown)


@_after.register
def _(fact: LanguageChosen, before: Standing) -> Standing:
    return replace(before, language=fact.language)


@_after.register
def _(fact: MatterChosen, before: Standing) -> Standing:
    return replace(before, matter=fact.matter, unit=fact.unit)


@_after.register
def _(fact: QueueJoined, before: Standing) -> Standing:
    return replace(before, queued=fact.at, language=fact.language)


@_after.register
def _(fact: QueueLeft, before: Standing) -> Standing:
    return replace(before, queued=None)


@_after.register
def _(fact: HoldBegan, before: Standing) -> Standing:
    return replace(before, held=fact)


@_after.register
def _(fact: HoldEnded, before: Standing) -> Standing:
    return replace(before, held=None)


@_after.register
def _(fact: LineWasClosed, before: Standing) -> Standing:
    return replace(before, outcome=CallOutcome.INFORMED)


@_after.register
def _(fact: DirectNumberTold, before: Standing) -> Standing:
    informs = fact.whole and before.outcome is CallOutcome.ABANDONED
    return replace(before, outcome=CallOutcome.INFORMED if informs else before.outcome)


@_after.register
def _(fact: CallbackPromised, before: Standing) -> Standing:
    return replace(before, outcome=CallOutcome.CALLBACK, promised=fact)


@_after.register
def _(fact: CallEnded, before: Standing) -> Standing:
    return replace(before, over=True)


@_after.register
def _(fact: AttemptFact, before: Standing) -> Standing:
    tried = before.all_attempts.get(fact.attempt)
    if isinstance(fact, TransferAttempted):
        tried = OpenAttempt(
            attempt=fact.attempt,
            way=fact.way,
            by=fact.by,
            matter=fact.matter,
            unit=fact.unit,
            person=fact.person,
            target=fact.target,
        )
    if tried is None:
        return before  # its beginning is not on record: nobody can say whom it was about
    if isinstance(fact, PartiesConnected):
        got = CallOutcome.SERVED if tried.way in ON_DUTY else CallOutcome.TRANSFERRED
        before = replace(before, outcome=got)
    return replace(before, all_attempts={**before.all_attempts, fact.attempt: _tried(fact, tried)})


def _tried(fact: AttemptFact, before: OpenAttempt) -> OpenAttempt:
    match fact:
        case ConsultBegan():
            return replace(before, consulting=fact.at, leg=LegId(fact.leg))
        case ConsultEnded():
            return replace(before, consulting=None)
        case PartiesConnected():
            return replace(before, connected=fact.at, leg=LegId(fact.leg))
        case TransferEnded():
            return replace(before, outcome=fact.outcome)
        case TalkEnded():
            return replace(before, connected=None)
        case _:
            return before
