"""What the hall's own phones may dial here: codes for a clerk's presence, for an absence, and each other.

Calls to the outside do not come here: the dialplan puts them through by itself, emergency numbers first, whether the
service runs or not.
"""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from callflows.absence_by_phone import ABSENCE, absence_by_phone
from callflows.company import keep_company, next_of, until_they_part
from callflows.floor.ports import Floor, NotAClerk
from callflows.ports import House
from callflows.prompts.wording import Wording
from callflows.race import first_of
from callflows.transfer.rung import target
from directory.model import PersonId
from directory.whom import at_extension, person_at
from telephony.call import Call, Leg
from telephony.values import (
    Arrival,
    Ended,
    HangUpCause,
    LegEnded,
    LegEvent,
    PhoneAnswered,
    PhoneRings,
)

LONGEST_RING = 60.0
"""Seconds that a colleague's phone rings for another; whoever calls puts down before."""

Change = Callable[[Floor, PersonId], None]
CODES: dict[str, tuple[str, Change]] = {
    "*11": ("presence.on", lambda floor, clerk: floor.log_on(clerk)),
    "*12": ("presence.off", lambda floor, clerk: floor.log_off(clerk)),
    "*13": ("presence.paused", lambda floor, clerk: floor.pause(clerk)),
}
"""What a clerk dials, what they hear, and what it does."""

TOLD = {Ended.BUSY: HangUpCause.BUSY, Ended.NO_ANSWER: HangUpCause.NO_ANSWER}
"""What the calling phone's network is told of the other; anything else is congestion."""


async def from_a_phone(house: House, call: Call) -> None:
    """Do what a phone of the hall has dialled."""
    if call.arrival is Arrival.RESUMED:
        await _resume(house, call)
    elif call.dialled in CODES:
        await _code(house, call)
    elif call.dialled == ABSENCE:
        await absence_by_phone(house, call)
    else:
        await _colleague(house, call)


async def _resume(house: House, call: Call) -> None:
    """Two who talk go on; whatever else it was for died with an earlier process."""
    if call.left_behind:
        with house.floor.on_the_phone(call.phone), house.floor.on_the_phone(call.dialled):
            await keep_company(call)
    await call.hang_up()


async def _code(house: House, call: Call) -> None:
    """A clerk logs on, off, or takes a break, and hears that it is so; only then may a caller ring there."""
    hall = house.hall()
    prompt, change = CODES[call.dialled]
    person = person_at(hall, call.phone)
    with house.floor.on_the_phone(call.phone):
        try:
            change(house.floor, person.id if person else PersonId(""))
        except NotAClerk:
            prompt = "presence.refused"
        await call.answer()
        await call.say(Wording(hall).plain(prompt))
        await call.hang_up()


async def _colleague(house: House, call: Call) -> None:
    """One phone rings another; they talk until one of them puts down."""
    found = at_extension(house.hall(), call.dialled)
    if found is None or found.extension.digits == call.phone:
        await call.hang_up(HangUpCause.UNKNOWN_NUMBER)
        return
    with ExitStack() as busy:
        for extension in (call.phone, call.dialled):
            busy.enter_context(house.floor.on_the_phone(extension))
        async with call.ring(target(found.extension)) as leg:
            ended = await _answers(house, call, leg, found.extension.digits)
            if ended is not None:
                await call.hang_up(TOLD.get(ended.why, HangUpCause.CONGESTION))
                return
            await call.answer()
            async with call.connect(leg):
                await until_they_part(call, leg)
    await call.hang_up()


async def _answers(house: House, call: Call, leg: Leg, extension: str) -> LegEnded | None:
    """Wait until the colleague answers, while the caller hears it ring; how it ended if nobody does.

    A clerk who rings a colleague on a second line, and presses the transfer key before they answer, wants them for the
    citizen: then this gives way, and the line rings them itself (`callflows.talk`), by a verified transfer.
    """
    transferred = asyncio.Event()

    async def gives_way() -> LegEnded:
        await transferred.wait()
        return LegEnded(Ended.NO_ANSWER)

    with house.switchboard.rings(call.phone, extension, transferred.set):
        return await first_of(partial(_rings, call, leg), gives_way)


async def _rings(call: Call, leg: Leg) -> LegEnded | None:
    told: LegEvent | None = None
    try:
        async with asyncio.timeout(LONGEST_RING):
            while not isinstance(told, LegEnded | PhoneAnswered):
                told = await next_of(call, leg)
                if isinstance(told, PhoneRings):
                    await call.ringing()
    except TimeoutError:
        return LegEnded(Ended.NO_ANSWER)
    return told if isinstance(told, LegEnded) else None
