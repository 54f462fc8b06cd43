"""The reception: every call's beginning and end, whatever happens in between.

This is the one place that catches `HungUp`, and the one that knows what to do with our own mistakes: they
are logged, the caller hears an apology and is promised a callback, and no other call notices.
"""

import logging

from callflows.conversation import Conversation
from callflows.facts import CallArrived, CallEnded, StoryFailed
from callflows.front_desk import front_desk
from callflows.order_callback import promise_after_failure
from callflows.outcomes import CallOutcome
from callflows.ports import House
from telephony.call import Call, Story
from telephony.errors import HungUp
from telephony.values import Ended

log = logging.getLogger(__name__)


def reception(house: House) -> Story:
    """The story of every call on the line, for this house."""

    async def receive(call: Call) -> None:
        talk = Conversation(call, house)
        _arrived(talk)
        try:
            await _served(talk)
        except HungUp:
            log.info("call %s: the caller left while waiting for %s", call.id, talk.waiting_for)
        await call.hang_up()
        _ended(talk)

    return receive


async def _served(talk: Conversation) -> None:
    try:
        await front_desk(talk)
    except HungUp:
        raise
    except Exception as error:
        log.exception("call %s: the story failed", talk.id)
        talk.outcome = CallOutcome.FAILED
        talk.state(StoryFailed(call=talk.id, at=talk.now(), error=type(error).__name__))
        await promise_after_failure(talk)


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
