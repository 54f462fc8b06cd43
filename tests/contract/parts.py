"""Words and helpers of the contract tests."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telephony.call import Call, Leg
from telephony.digits import Patience
from telephony.errors import HungUp
from telephony.values import LegEnded, LegEvent, NumberShown, PhoneAnswered, PromptName, Words
from tests.contract.world import Citizen, World


def words(name: str, text: str = "Dzień dobry.") -> Words:
    """A prompt of this name."""
    return Words(PromptName(name), text)


HELLO = words("hello")
SHORT = words("short", "Tak.")
LONG = words("long", "To jest długie zdanie, w które można wejść każdym klawiszem.")
QUESTION = words("question", "Naciśnij jeden albo dwa, a potem poczekaj na odpowiedź.")
WHISPER = words("whisper.keys", "Rozmowa w sprawie podatku, naciśnij jeden, aby ją przyjąć.")

QUICK = Patience(first=0.6, between=0.5, overall=5.0)
"""Patience for the tests: real worlds run in real time."""

LIMIT = 20.0
"""Seconds within which anything that is waited for must have happened."""
LONGEST = 90.0
"""Seconds that a test's call may last."""


@asynccontextmanager
async def on_the_line(
    world: World, *, number: str = "+48601234567", shown: NumberShown = NumberShown.SHOWN
) -> AsyncIterator[tuple[Citizen, Call]]:
    """A citizen who has dialled, and the `Call` in the test's own hand; at the end the story returns."""
    arrived: asyncio.Future[Call] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()

    async def story(call: Call) -> None:
        arrived.set_result(call)
        await done.wait()

    citizen = world.citizen(number=number, shown=shown)
    async with world.serves(story):
        try:
            await citizen.dials()
            async with asyncio.timeout(LIMIT):
                call = await arrived
            async with asyncio.timeout(LONGEST):
                yield citizen, call
        finally:
            done.set()


@asynccontextmanager
async def in_a_call(world: World) -> AsyncIterator[tuple[Citizen, Call]]:
    """The same, already answered."""
    async with on_the_line(world) as (citizen, call):
        await call.answer()
        await citizen.is_answered()
        yield citizen, call


@asynccontextmanager
async def meanwhile(verb: Coroutine[Any, Any, Any]) -> AsyncIterator[asyncio.Task[Any]]:
    """A verb that goes on while the test looks elsewhere; it must be over soon after the block.

    HungUp and cancellation are for the test to look at; anything else is raised here.
    """
    task = asyncio.create_task(verb)
    try:
        yield task
        async with asyncio.timeout(LIMIT):
            await asyncio.wait({task})
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
    if not task.cancelled() and not isinstance(task.exception(), HungUp):
        task.result()


async def raises_hung_up(task: asyncio.Task[Any]) -> bool:
    """Whether this verb ends with HungUp."""
    async with asyncio.timeout(LIMIT):
        await asyncio.wait({task})
    return isinstance(task.exception(), HungUp)


async def cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel a verb and wait until it is over."""
    task.cancel()
    async with asyncio.timeout(LIMIT):
        await asyncio.wait({task})
    assert task.cancelled(), "a cancelled verb must raise CancelledError"


async def next_of(leg: Leg) -> LegEvent:
    """The leg's next event, within the limit."""
    async with asyncio.timeout(LIMIT):
        return await leg.next()


async def answered(leg: Leg) -> list[LegEvent]:
    """All the leg tells up to its answer."""
    events = [await next_of(leg)]
    while events[-1] != PhoneAnswered():
        assert not isinstance(events[-1], LegEnded), f"never answered: {events}"
        events.append(await next_of(leg))
    return events


async def all_of(leg: Leg) -> list[LegEvent]:
    """All the leg tells, up to its end."""
    events = [await next_of(leg)]
    while not isinstance(events[-1], LegEnded):
        events.append(await next_of(leg))
    return events
