"""Words and helpers of the contract tests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telephony.call import Call, Leg, OnSettled, Talk, nobody_asks
from telephony.digits import Patience
from telephony.errors import HungUp
from telephony.values import Ended, LegEnded, LegEvent, NumberShown, PhoneAnswered, PromptName, Target, Words
from tests.contract.world import Citizen, Phone, World
from tests.fakes.moments import a_packet


def words(name: str, text: str = "Dzień dobry.") -> Words:
    """A prompt of this name."""
    return Words(PromptName(name), text)


HELLO = words("hello")
SHORT = words("short", "Tak.")
LONG = words("long", "To jest długie zdanie, w które można wejść każdym klawiszem.")
QUESTION = words("question", "Naciśnij jeden albo dwa, a potem poczekaj na odpowiedź.")
WHISPER = words("whisper.keys", "Rozmowa w sprawie podatku, naciśnij jeden, aby ją przyjąć.")

LIMIT = 20.0
"""Seconds within which anything that is waited for must have happened."""

QUICK = Patience(first=0.6, between=0.5, overall=5.0)
"""Patience for what nobody answers: real worlds run in real time."""
PATIENT = Patience(first=10.0, between=10.0, overall=LIMIT)
"""Patience for what somebody answers, on a busy machine too."""

LONGEST = 90.0
"""Seconds that a test's call may last."""


Arrives = Callable[[], Awaitable[Call]]
"""Wait for the next call that comes in."""


@asynccontextmanager
async def open_line(world: World, settled: OnSettled = nobody_asks) -> AsyncIterator[Arrives]:
    """The line is served, and every `Call` is in the test's own hand; at the end the stories return."""
    arrived: asyncio.Queue[Call] = asyncio.Queue()
    done = asyncio.Event()

    async def story(call: Call) -> None:
        arrived.put_nowait(call)
        await done.wait()

    async def arrives() -> Call:
        async with asyncio.timeout(LIMIT):
            return await arrived.get()

    async with world.serves(story, settled):
        try:
            async with asyncio.timeout(LONGEST):
                yield arrives
        finally:
            done.set()


@asynccontextmanager
async def on_the_line(
    world: World, *, number: str = "+48601234567", shown: NumberShown = NumberShown.SHOWN
) -> AsyncIterator[tuple[Citizen, Call]]:
    """A citizen who has dialled, and their `Call`."""
    citizen = world.citizen(number=number, shown=shown)
    async with open_line(world) as arrives:
        await citizen.dials()
        yield citizen, await arrives()


@asynccontextmanager
async def in_a_call(world: World) -> AsyncIterator[tuple[Citizen, Call]]:
    """The same, already answered."""
    async with on_the_line(world) as (citizen, call):
        await call.answer()
        await citizen.is_answered()
        yield citizen, call


@asynccontextmanager
async def on_the_phone(call: Call, phone: Phone) -> AsyncIterator[Leg]:
    """The leg of a phone that was rung for this call, and answered."""
    async with call.ring(Target(phone.number)) as leg:
        await phone.rings()
        await phone.answers()
        await answered(leg)
        yield leg


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


async def ends(leg: Leg) -> Ended:
    """Why the leg is gone, which must be the next thing that it tells."""
    event = await next_of(leg)
    assert isinstance(event, LegEnded), event
    return event.why


async def all_of(leg: Leg) -> list[LegEvent]:
    """All the leg tells, up to its end."""
    events = [await next_of(leg)]
    while not isinstance(events[-1], LegEnded):
        events.append(await next_of(leg))
    return events


async def flows(talk: Talk, *, caller: int, colleague: int) -> None:
    """Wait until at least so many packets of each have come since now."""
    before = await talk.audio()
    async with asyncio.timeout(LIMIT):
        while True:
            now = await talk.audio()
            enough = now.from_caller - before.from_caller >= caller
            if enough and now.from_colleague - before.from_colleague >= colleague:
                return
            await a_packet()
