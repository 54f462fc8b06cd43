"""Two stories of handing a caller over: after a consultation, and by a phone's own transfer key."""

import asyncio

from telephony.call import Call, Leg
from telephony.values import KeyPressed, LegEnded, LegId, PhoneAnswered, Progress, Target, TransferAsked
from tests.contract.moments import GOODBYE, until


async def consulting(call: Call) -> None:
    """Ring the clerk and the colleague, let them consult until the clerk presses 4, and connect the colleague."""
    await call.answer()
    async with call.on_hold(), call.ring(Target("1001")) as clerk:
        if await until(call, clerk, PhoneAnswered()):
            async with call.ring(Target("1002")) as colleague:
                if await until(call, colleague, PhoneAnswered()):
                    await _consulted(call, clerk, colleague)
    await call.say(GOODBYE)


async def _consulted(call: Call, clerk: Leg, colleague: Leg) -> None:
    async with call.consult(clerk, colleague) as talk:
        completed = await until(call, clerk, KeyPressed("4"))
        await talk.audio()
    if completed:
        async with call.connect(colleague):
            await clerk.stop()
            await until(call, colleague, None)


async def referred(call: Call) -> None:
    """An internal call is put through; a citizen gets the clerk, and whom the clerk's phone hands them over to."""
    await call.answer()
    if call.phone:
        await _put_through(call)
        return
    async with call.on_hold(), call.ring(Target("1001")) as clerk:
        if await until(call, clerk, PhoneAnswered()):
            async with call.connect(clerk):
                consulted = await _asked(call, clerk)
            if consulted is not None:
                await _handed_over(call, clerk, consulted)
    await call.say(GOODBYE)


async def _put_through(call: Call) -> None:
    async with call.ring(Target(call.dialled)) as leg:
        if await until(call, leg, PhoneAnswered()):
            async with call.connect(leg):
                await until(call, leg, None)


async def _asked(call: Call, clerk: Leg) -> LegId | None:
    """The leg that the clerk's phone has consulted; None if the clerk or the caller left."""
    left = asyncio.ensure_future(call.left())
    try:
        while True:
            event = asyncio.ensure_future(clerk.next())
            await asyncio.wait({event, left}, return_when=asyncio.FIRST_COMPLETED)
            if not event.done():
                event.cancel()
                return None
            told = event.result()
            if isinstance(told, LegEnded):
                return None
            if isinstance(told, TransferAsked):
                return told.consulted or LegId("nobody")
    finally:
        left.cancel()


async def _handed_over(call: Call, clerk: Leg, consulted: LegId) -> None:
    await clerk.report(Progress.RINGING)
    async with call.take_over(consulted) as colleague, call.connect(colleague):
        await clerk.report(Progress.ANSWERED)
        await clerk.stop()
        await until(call, colleague, None)
