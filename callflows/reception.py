"""The reception: every call's beginning and end, whatever happens in between.

This is the one place that catches `HungUp`, and the one that knows what to do with our own mistakes: they
are logged, the caller hears an apology and is promised a callback, and no other call notices. Whoever was cut
off by the PBX itself is promised one too, unheard.

Calls of the hall's own phones are none of a citizen's: `callflows.from_a_phone` has them, they leave no record, and
what goes wrong in one is the line's to log.
"""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from callflows.conversation import Conversation
from callflows.facts import CallArrived, CallEnded, StoryFailed
from callflows.from_a_phone import from_a_phone
from callflows.front_desk import front_desk
from callflows.often import Limited
from callflows.order_callback import apologise, promise_after_failure, promise_unheard
from callflows.outcomes import CallOutcome
from callflows.ports import House
from callflows.restart.resume import resume
from callflows.turn_away import counted, turn_away
from telephony.call import Call, Story
from telephony.errors import HungUp
from telephony.values import Arrival, Ended

Way = Callable[[Conversation], Awaitable[None]]
"""Something that is done for a caller."""
KNOWS_A_WAY = (CallOutcome.INFORMED, CallOutcome.LIMITED)
"""Whoever was told what they can do themselves is owed nothing when the call is cut off."""

log = logging.getLogger(__name__)


def reception(house: House) -> Story:
    """The story of every call on the line, for this house."""

    async def receive(call: Call) -> None:
        if call.phone:
            await from_a_phone(house, call)
            return
        talk = Conversation(call, house)
        _arrived(talk)
        try:
            with counted(talk, house.often) as limited:
                await _served(talk, _way(call, limited))
        except HungUp:
            log.info("call %s: the caller left while waiting for %s", call.id, talk.waiting_for)
        await call.hang_up()
        await _made_up_for(talk)
        _ended(talk)

    return receive


def _way(call: Call, limited: Limited | None) -> Way:
    """Where a call begins: at the front desk, or where a process before us has left it; or at once at its end.

    For one mad dialler must not take the line from all others.
    """
    if limited is not None:
        return partial(turn_away, limited=limited)
    return resume if call.arrival is Arrival.RESUMED else front_desk


async def _served(talk: Conversation, way: Way) -> None:
    """What breaks the story may break its mending too: then a plain apology is tried."""
    error = await _trouble(talk, way)
    if error is None:
        return
    if talk.outcome is not CallOutcome.CALLBACK:  # a promise that they have already goes on counting
        talk.outcome = CallOutcome.FAILED
    talk.state(StoryFailed(call=talk.id, at=talk.now(), error=type(error).__name__))
    if await _trouble(talk, promise_after_failure) is not None:
        await _trouble(talk, apologise)


async def _made_up_for(talk: Conversation) -> None:
    """Whom the PBX cut off before they had a way on is called back, if we know a number."""
    if talk.call.ended is Ended.PBX_RESTARTED and talk.outcome not in KNOWS_A_WAY:
        await _trouble(talk, promise_unheard)


async def _trouble(talk: Conversation, way: Way) -> Exception | None:
    """Go a way with the caller, and return what went wrong; their leaving passes through."""
    try:
        await way(talk)
    except HungUp:
        raise
    except Exception as error:  # our own mistake: this caller is looked after, and no other call notices
        log.exception("call %s: a story failed", talk.id)
        return error
    return None


def _arrived(talk: Conversation) -> None:
    call = talk.call
    talk.state(
        CallArrived(
            call=call.id,
            at=talk.now(),
            number=call.caller.number,
            name=call.caller.name,
            shown=call.caller.shown,
            dialled=call.dialled,
            arrival=call.arrival,
        )
    )


def _ended(talk: Conversation) -> None:
    why = talk.call.ended
    outcome = CallOutcome.PBX_RESTARTED if why is Ended.PBX_RESTARTED else talk.outcome
    by = {Ended.HUNG_UP: "caller", Ended.PBX_RESTARTED: "pbx"}.get(why or Ended.STOPPED, "line")
    talk.state(CallEnded(call=talk.id, at=talk.now(), outcome=outcome, by=by, waiting_for=talk.waiting_for))
