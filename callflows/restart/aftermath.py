"""After a restart: every call that is on record without an end, and on the line no more, gets its end.

Its caller put down while nobody listened, or Asterisk itself went and took them with it. The second kind did not
want to go: whoever's number is known is promised a callback, unheard (bylaw §6.3).
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from callflows.facts import (
    CallbackNotPromised,
    CallbackPromised,
    CallEnded,
    ConsultEnded,
    Fact,
    HoldEnded,
    QueueLeft,
    TalkEnded,
    TransferEnded,
)
from callflows.outcomes import CallOutcome, Outcome
from callflows.ports import CallbackWish, House, PromiseRefused
from callflows.restart.standing import OpenAttempt, Standing
from directory.numbers import for_callback
from telephony.values import CallId, NumberShown, Settled

log = logging.getLogger(__name__)

AWAY = "service away"
"""Why an attempt ended of whose end nobody saw anything, and what its caller waited for then."""


async def close_what_is_gone(
    house: House, past: Iterable[Standing], settled: Settled, ends: Mapping[CallId, datetime]
) -> int:
    """End the calls of the past that are not on the line any more; return how many.

    `ends` is when Asterisk saw them end, as far as it says; a call that it does not name ended by now.
    """
    gone = [standing for standing in past if standing.call not in settled.calls]
    for standing in gone:
        restarted = settled.is_of_an_earlier_pbx(standing.call)
        reservation = house.floor.kept_for(standing.call)
        if reservation is not None:
            reservation.talk_over()
        at = _end_of(standing, ends, house.clock.now())
        for fact in _ends_of_parts(standing, at, pbx_restarted=restarted):
            house.journal.state(fact)
        outcome = standing.outcome
        if restarted:
            await _make_up_for(house, standing)
            outcome = CallOutcome.PBX_RESTARTED
        by = "pbx" if restarted else "caller"
        house.journal.state(CallEnded(call=standing.call, at=at, outcome=outcome, by=by, waiting_for=AWAY))
    if gone:
        log.warning("%d calls ended while the service was away; their record is closed", len(gone))
    return len(gone)


def ends_of_attempt(
    tried: OpenAttempt, call: CallId, at: datetime, outcome: Outcome, by: str
) -> Iterator[Fact]:
    """The facts that end an attempt which nobody goes on with; `outcome` is for one that has none yet."""
    if tried.consulting is not None:
        seconds = (at - tried.consulting).total_seconds()
        yield ConsultEnded(call=call, at=at, attempt=tried.attempt, seconds=seconds, by=by)
    if tried.outcome is None:
        yield TransferEnded(
            call=call, at=at, attempt=tried.attempt, outcome=outcome, ring_seconds=0.0, detail=AWAY
        )
    if tried.connected is not None:
        seconds = (at - tried.connected).total_seconds()
        yield TalkEnded(call=call, at=at, attempt=tried.attempt, seconds=seconds, by=by)


def _ends_of_parts(standing: Standing, at: datetime, *, pbx_restarted: bool) -> Iterator[Fact]:
    by = "pbx" if pbx_restarted else "caller"
    left = Outcome.PBX_RESTARTED if pbx_restarted else Outcome.CALLER_LEFT
    if standing.held is not None:
        seconds = (at - standing.held.at).total_seconds()
        yield HoldEnded(call=standing.call, at=at, by=standing.held.by, seconds=seconds)
    for tried in standing.attempts:
        outcome = Outcome.NOT_PROVEN if tried.connected and not pbx_restarted else left
        yield from ends_of_attempt(tried, standing.call, at, outcome, by)
    if standing.queued is not None:
        why = "broken_off" if pbx_restarted else "left"
        seconds = (at - standing.queued).total_seconds()
        yield QueueLeft(call=standing.call, at=at, why=why, seconds=seconds)


def _end_of(standing: Standing, ends: Mapping[CallId, datetime], now: datetime) -> datetime:
    """When it ended; never before what is on record of it, nor after now: Asterisk may have another clock."""
    told = ends.get(standing.call, now)
    return min(max(told, standing.seen), now)


async def _make_up_for(house: House, standing: Standing) -> None:
    """A ticket for whom the PBX cut off before they had a way on, if we know a number that we may dial."""
    if standing.outcome in (CallOutcome.INFORMED, CallOutcome.CALLBACK):
        return
    shown = standing.number if standing.shown is NumberShown.SHOWN else ""
    number = for_callback(house.hall(), shown).e164
    if number is None:
        return
    language = standing.language or house.hall().languages[0]
    wish = CallbackWish(
        call=standing.call, number=number, matter=standing.matter, unit=standing.unit, language=language
    )
    now = house.clock.now()
    try:
        promise = await house.promises.promise(wish)
    except PromiseRefused as refused:
        house.journal.state(CallbackNotPromised(call=standing.call, at=now, why=str(refused)))
        return
    house.journal.state(
        CallbackPromised(
            call=standing.call,
            at=now,
            ticket=promise.ticket,
            number=number,
            due=promise.due,
            matter=standing.matter,
            unit=standing.unit,
        )
    )
