"""The story of the recordings: told while they were made, and told again when they are played back."""

import asyncio

from telephony.call import Call, Leg
from telephony.digits import Patience, one_of
from telephony.errors import HungUp
from telephony.values import (
    Arrival,
    KeyPressed,
    LegEnded,
    PhoneAnswered,
    Progress,
    PromptName,
    Target,
    TransferAsked,
    Words,
)

HELLO = Words(PromptName("hello"), "Dzień dobry, tu urząd miasta.")
LOST = Words(PromptName("lost"), "Tego pliku nie ma.")
QUESTION = Words(PromptName("question"), "Naciśnij jeden albo dwa.")
WHISPER = Words(PromptName("whisper.keys"), "Rozmowa w sprawie podatku, naciśnij jeden.")
GOODBYE = Words(PromptName("goodbye"), "Do widzenia.")

PATIENCE = Patience(first=3.0, between=1.0, overall=10.0)


async def reception(call: Call, told: list[object]) -> None:
    """Greet, ask, ring, whisper, connect; put everything that was learned into `told`."""
    told.append(call.caller)
    try:
        if call.arrival is Arrival.RESUMED:
            await _talk_on(call, told)
            return
        await call.answer()
        told.append(await call.say(HELLO, LOST))
        told.append(await call.ask(QUESTION, matcher=one_of("12"), patience=PATIENCE))
        async with call.on_hold(), call.ring(Target("1001")) as leg:
            await _attend(call, leg, told)
        told.append(await call.say(GOODBYE))
    except HungUp:
        told.append(call.ended)
        raise


async def _talk_on(call: Call, told: list[object]) -> None:
    """A process before us has connected the two."""
    (left,) = call.left_behind
    async with call.take_over(left) as leg, call.connect(leg):
        told.append(await _talk(call, leg, told))
    told.append(await call.say(GOODBYE))


async def _attend(call: Call, leg: Leg, told: list[object]) -> None:
    """Write down what the leg tells; whisper, connect on key 1, stop on key 2; until one of the two is gone.

    If it is the caller who leaves a talk, what is told is whether the colleague had been heard.
    """
    while (event := await _next(call, leg)) is not None:
        told.append(event)
        if event == PhoneAnswered():
            told.append(await leg.say(WHISPER))
        if event == KeyPressed("1"):
            async with call.connect(leg) as talk:
                await talk.audio()  # from here on is counted
                event = await _talk(call, leg, told)
                flow = await talk.audio()
                told.append(event if event is not None else flow.from_colleague > 0)
        if event == KeyPressed("2"):
            await leg.stop()
        if event is None or isinstance(event, LegEnded):
            return


async def _talk(call: Call, leg: Leg, told: list[object]) -> object:
    """Write down what the colleague does in the talk; the leg's end, or None if the caller left first.

    Nobody is handed over here: a phone that asks for it is told that it failed.
    """
    while (event := await _next(call, leg)) is not None and not isinstance(event, LegEnded):
        told.append(event)
        if isinstance(event, TransferAsked):
            await leg.report(Progress.RINGING)
            await leg.report(Progress.FAILED)
    return event


async def _next(call: Call, leg: Leg) -> object:
    """The leg's next event; None if the caller leaves first."""
    event, left = asyncio.ensure_future(leg.next()), asyncio.ensure_future(call.left())
    await asyncio.wait({event, left}, return_when=asyncio.FIRST_COMPLETED)
    left.cancel()
    if event.done():
        return event.result()
    event.cancel()
    return None
