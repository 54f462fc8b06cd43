"""Too many calls of one number: the caller hears politely why, and when to call again, and the call ends.

The cheapest call there is: one answer, one playback of sentences that are on disk, one hang-up. When several calls of
one number are hearing them already, the next ones are not even answered: they hear their network's busy tone.

Not limited: a call that was on the line before our process was, and whoever calls from a number of the hall itself.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from callflows.conversation import Conversation
from callflows.facts import CallAnswered, TooManyCalls
from callflows.often import NOBODY, Limited, Often, one_number
from callflows.outcomes import CallOutcome
from callflows.prompts.wording import Wording
from callflows.stopwatch import moment
from directory.numbers import Reason, for_callback
from telephony.values import Arrival, HangUpCause, NumberShown, Words

OURS = frozenset({Reason.OWN, Reason.EXTENSION})

log = logging.getLogger(__name__)


@contextmanager
def counted(talk: Conversation, often: Often) -> Iterator[Limited | None]:
    """Count this call as one of its number inside the block; gives what it is over, or None."""
    who, now = _whose(talk), moment()
    limited = None if talk.call.arrival is Arrival.RESUMED else often.limit(who, talk.policy, now)
    if limited is not None and _from_the_hall(talk):
        limited = None
    often.comes(who, limited, now)
    try:
        yield limited
    finally:
        often.goes(who, limited)


async def turn_away(talk: Conversation, limited: Limited) -> None:
    """Say why, and when to call again; in every language of the hall, for nobody has chosen one yet."""
    talk.outcome = CallOutcome.LIMITED
    why, number = limited.why.value, talk.call.caller.number
    talk.state(TooManyCalls(call=talk.id, at=talk.now(), why=why, limit=limited.limit, told=limited.told))
    log.warning("call %s is turned away: %s, limit %d, number %s", talk.id, why, limited.limit, number or "-")
    talk.waiting_for = "goodbye"
    if not limited.told:
        await talk.call.hang_up(HangUpCause.BUSY)
        return
    await talk.call.answer()
    talk.state(CallAnswered(call=talk.id, at=talk.now()))
    await talk.say(*sentences(talk, limited))


def sentences(talk: Conversation, limited: Limited) -> tuple[Words, ...]:
    """Who answers (§6.1), why not now and when, and the number for a crisis."""
    told = [talk.wording.greeting()]
    for language in talk.hall.languages:
        wording = Wording(talk.hall, language)
        told += [wording.plain(f"too_many.{limited.why.value}"), *wording.crisis()]
    return tuple(told)


def _whose(talk: Conversation) -> str:
    caller = talk.call.caller
    return one_number(caller.number) if caller.shown is NumberShown.SHOWN else NOBODY


def _from_the_hall(talk: Conversation) -> bool:
    """Whether the call shows a number of the hall itself: behind that one are many people."""
    caller = talk.call.caller
    return caller.shown is NumberShown.SHOWN and for_callback(talk.hall, caller.number).reason in OURS
