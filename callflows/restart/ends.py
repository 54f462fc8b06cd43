"""How what a call has open on record comes to its end, when nobody saw it end: pure, from its standing to facts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from callflows.facts import ConsultEnded, Fact, HoldEnded, QueueLeft, TalkEnded, TransferEnded
from callflows.outcomes import Outcome
from callflows.restart.standing import OpenAttempt, Standing
from callflows.wait_for_clerk import BROKEN_OFF
from telephony.values import CallId

AWAY = "service away"
"""Why an attempt ended of whose end nobody saw anything, and what its caller waited for then."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Who or what ended it; `by` and `queue` are words of the record."""

    by: str
    ringing: Outcome
    """Of an attempt that had not brought the two together yet."""
    talking: Outcome
    """Of one that had, and was not proven yet."""
    queue: str


CALLER_LEFT = Ending("caller", Outcome.CALLER_LEFT, Outcome.NOT_PROVEN, "left")
PBX_RESTARTED = Ending("pbx", Outcome.PBX_RESTARTED, Outcome.PBX_RESTARTED, BROKEN_OFF)
COLLEAGUE_LEFT = Ending("colleague", Outcome.CANCELLED, Outcome.NOT_PROVEN, BROKEN_OFF)
"""The caller is still there: what was begun for them is not gone on with."""


def ends_of(
    standing: Standing, at: datetime, ending: Ending, *, going_on: Collection[OpenAttempt | None] = ()
) -> Iterator[Fact]:
    """The facts that end everything a call has open, but the attempts that go on."""
    if standing.held is not None:
        seconds = (at - standing.held.at).total_seconds()
        yield HoldEnded(call=standing.call, at=at, by=standing.held.by, seconds=seconds)
    for tried in standing.attempts:
        if tried not in going_on:
            yield from ends_of_attempt(tried, standing.call, at, ending)
    if standing.queued is not None:
        seconds = (at - standing.queued).total_seconds()
        yield QueueLeft(call=standing.call, at=at, why=ending.queue, seconds=seconds)


def ends_of_attempt(tried: OpenAttempt, call: CallId, at: datetime, ending: Ending) -> Iterator[Fact]:
    """The facts that end an attempt which nobody goes on with."""
    if tried.consulting is not None:
        seconds = (at - tried.consulting).total_seconds()
        yield ConsultEnded(call=call, at=at, attempt=tried.attempt, seconds=seconds, by=ending.by)
    if tried.outcome is None:
        outcome = ending.ringing if tried.connected is None else ending.talking
        yield TransferEnded(
            call=call, at=at, attempt=tried.attempt, outcome=outcome, ring_seconds=0.0, detail=AWAY
        )
    if tried.connected is not None:
        seconds = (at - tried.connected).total_seconds()
        yield TalkEnded(call=call, at=at, attempt=tried.attempt, seconds=seconds, by=ending.by)
