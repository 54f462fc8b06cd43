"""The real line on a real Asterisk, served by a test, with stories that hand the call over to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from telephony.ari import AriLine, AriSettings
from telephony.call import Call, Story
from tests.asterisk.noise import NoiseVoice
from tests.fakes.moments import a_packet
from tests.pbx.asterisk import Pbx

LIMIT = 30.0
"""Seconds within which anything that a test waits for must have happened."""


def settings(pbx: Pbx, *, url: str = "", lost: float = 60.0, heartbeat: float = 3.0) -> AriSettings:
    """How to reach this Asterisk; `url` if by a cable."""
    return AriSettings(
        url=url or pbx.ari_url,
        user=pbx.ari_user,
        password=pbx.ari_password,
        app=pbx.app,
        lost=lost,
        heartbeat=heartbeat,
    )


async def becomes(true: Callable[[], bool], what: str, *, limit: float = LIMIT) -> None:
    """Wait until `true()`."""
    try:
        async with asyncio.timeout(limit):
            while not true():
                await a_packet()
    except TimeoutError:
        raise AssertionError(f"{limit:g} s have passed, and still not: {what}") from None


@asynccontextmanager
async def serving(pbx: Pbx, story: Story, given: AriSettings | None = None) -> AsyncIterator[AriLine]:
    """The line is served inside, and ready; it is left as a service is stopped: nobody is put down."""
    line = AriLine(given or settings(pbx), NoiseVoice(pbx.directory))
    task = asyncio.create_task(line.serve(story), name="the line")
    try:
        await becomes(lambda: line.ready or task.done(), "the line is ready")
        yield line
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class Arrivals:
    """A story that hands each call to the test, and waits until the caller has left."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    async def story(self, call: Call) -> None:
        """Answer, and leave the call to the test."""
        await call.answer()
        self.calls.append(call)
        await call.left()

    async def next(self, count: int = 1) -> Call:
        """The so-manieth call, when it is there."""
        await becomes(lambda: len(self.calls) >= count, f"call {count}")
        return self.calls[count - 1]


async def nothing_is_left(pbx: Pbx) -> None:
    """Asterisk has no channel and no bridge any more."""
    await becomes(lambda: not pbx.channels() and not pbx.ari("bridges"), "Asterisk is at rest")
