"""After a restart: every call that is on record without an end, and on the line no more, gets its end.

Its caller put down while nobody listened, or Asterisk itself went and took them with it. The second kind did not
want to go: whoever's number is known is promised a callback, unheard (bylaw §6.3).
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from callflows.facts import CallEnded
from callflows.outcomes import CallOutcome
from callflows.ports import CallbackWish, House
from callflows.promising import keep_a_promise, shown_number
from callflows.restart.ends import AWAY, CALLER_LEFT, PBX_RESTARTED, ends_of
from callflows.restart.standing import Standing
from telephony.values import CallId, Settled

log = logging.getLogger(__name__)


async def close_what_is_gone(
    house: House, past: Iterable[Standing], settled: Settled, ends: Mapping[CallId, datetime]
) -> int:
    """End the calls of the past that are not on the line any more; return how many.

    `ends` is when Asterisk saw them end, as far as it says; a call that it does not name ended by now.
    """
    gone = [standing for standing in past if standing.call not in settled.calls]
    for standing in gone:
        restarted = settled.is_of_an_earlier_pbx(standing.call)
        house.floor.lets_go(standing.call)
        at = _end_of(standing, ends, house.clock.now())
        ending = PBX_RESTARTED if restarted else CALLER_LEFT
        for fact in ends_of(standing, at, ending):
            house.journal.state(fact)
        outcome = standing.outcome
        if restarted:
            await _make_up_for(house, standing)
            outcome = CallOutcome.PBX_RESTARTED
        house.journal.state(
            CallEnded(call=standing.call, at=at, outcome=outcome, by=ending.by, waiting_for=AWAY)
        )
    if gone:
        log.warning("%d calls ended while the service was away; their record is closed", len(gone))
    return len(gone)


def _end_of(standing: Standing, ends: Mapping[CallId, datetime], now: datetime) -> datetime:
    """When it ended; never before what is on record of it, nor after now: Asterisk may have another clock."""
    told = ends.get(standing.call, now)
    return min(max(told, standing.seen), now)


async def _make_up_for(house: House, standing: Standing) -> None:
    """A ticket for whom the PBX cut off before they had a way on, if we know a number that we may dial."""
    hall = house.hall()
    number = shown_number(hall, standing.number, standing.shown)
    if number is None or standing.outcome in (CallOutcome.INFORMED, CallOutcome.CALLBACK):
        return
    wish = CallbackWish(
        call=standing.call,
        number=number,
        matter=standing.matter,
        unit=standing.unit,
        language=standing.language or hall.languages[0],
    )
    await keep_a_promise(wish, house.promises, house.journal, house.clock)
