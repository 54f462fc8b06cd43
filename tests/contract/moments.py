"""Stories that are ended at any moment, for the tests of every moment."""

import asyncio

from telephony.call import Call, Leg, Story
from telephony.values import LegEnded, Played
from tests.contract.parts import words

GOODBYE = words("goodbye", "Do widzenia.")


async def until(call: Call, leg: Leg, wanted: object) -> bool:
    """Whether the leg told this, before it ended or the caller left."""
    left = asyncio.ensure_future(call.left())
    event = asyncio.ensure_future(leg.next())
    try:
        while True:
            await asyncio.wait({event, left}, return_when=asyncio.FIRST_COMPLETED)
            if not event.done():
                return False
            if event.result() == wanted:
                return True
            if isinstance(event.result(), LegEnded):
                return False
            event = asyncio.ensure_future(leg.next())
    finally:
        left.cancel()
        event.cancel()


def cut_short(told: Story, cut: asyncio.Event, after: list[Played]) -> Story:
    """The same story, cancelled when `cut` is set; then it says goodbye, and puts down how that went."""

    async def story(call: Call) -> None:
        telling, cutting = asyncio.ensure_future(told(call)), asyncio.create_task(cut.wait())
        try:
            await asyncio.wait({telling, cutting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            telling.cancel()
            cutting.cancel()
            await asyncio.gather(telling, cutting, return_exceptions=True)
        if call.ended is None:
            after.append(await call.say(GOODBYE))

    return story
