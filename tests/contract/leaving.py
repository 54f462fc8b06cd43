"""Stories of a process that will go: each brings its caller into a state, and stays there as long as there is a caller.

`left_in` tells such a story, lets the process die (or stop) in it, and hands on what is left.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from telephony.call import Call, Story
from telephony.digits import Patience, one_of
from telephony.values import LegId, PhoneAnswered, Target
from tests.contract.moments import until
from tests.contract.parts import LONG
from tests.contract.world import Citizen, Phone, Process, World
from tests.fakes.behaviour import Behaviour

Goes = Callable[[Process], Awaitable[None]]
"""How a process goes."""

Reached = Callable[[Citizen, Phone], Awaitable[None]]
"""Wait until a story is where it shall be left; the phone is 1001."""

FOR_EVER = Patience(first=60.0, between=60.0, overall=60.0)


async def dies(process: Process) -> None:
    """By `kill -9`."""
    await process.dies()


async def stops(process: Process) -> None:
    """By SIGTERM."""
    await process.stops()


async def in_a_menu(call: Call) -> None:
    """The caller is asked for a key."""
    await call.answer()
    await call.ask(LONG, matcher=one_of("1234"), patience=FOR_EVER)


async def in_the_music(call: Call) -> None:
    """The caller waits."""
    await call.answer()
    async with call.on_hold():
        await call.left()


async def ringing(call: Call) -> None:
    """The caller waits, while a phone rings for them."""
    await call.answer()
    async with call.on_hold(), call.ring(Target("1001")):
        await call.left()


async def talking(call: Call) -> None:
    """The caller talks; an internal call is put through."""
    await call.answer()
    number = call.dialled if call.phone else "1001"
    async with call.ring(Target(number)) as leg:
        if await until(call, leg, PhoneAnswered()):
            async with call.connect(leg):
                await until(call, leg, None)


async def held(call: Call) -> None:
    """Whoever the caller was talking to has put them on hold, and hears nothing."""
    await call.answer()
    async with call.ring(Target("1001")) as leg:
        if await until(call, leg, PhoneAnswered()):
            async with call.on_hold():
                await until(call, leg, None)


def consulting(legs: list[LegId]) -> Story:
    """Phones 1001 and 1002 talk, while the caller hears music; theirs are the `legs`."""

    async def story(call: Call) -> None:
        await call.answer()
        async with call.on_hold(), call.ring(Target("1001")) as clerk, call.ring(Target("1002")) as colleague:
            legs.extend((clerk.id, colleague.id))
            there = await until(call, clerk, PhoneAnswered()) and await until(
                call, colleague, PhoneAnswered()
            )
            if there:
                async with call.consult(clerk, colleague):
                    await until(call, clerk, None)

    return story


async def by_the_menu(citizen: Citizen, phone: Phone) -> None:
    """The question is being asked."""
    await citizen.hears("long")


async def by_music(citizen: Citizen, phone: Phone) -> None:
    """Music is heard."""
    await citizen.is_on_hold()


async def by_ringing(citizen: Citizen, phone: Phone) -> None:
    """The phone rings."""
    await phone.rings()


async def by_talking(citizen: Citizen, phone: Phone) -> None:
    """The phone is answered, and the two hear each other."""
    await phone.rings()
    await phone.answers()
    await citizen.is_talking_to(phone)
    await citizen.listens(0.1)  # until the line, too, knows that it has connected them


async def by_holding(citizen: Citizen, phone: Phone) -> None:
    """The phone is answered, and the caller hears music."""
    await phone.rings()
    await phone.answers()
    await citizen.is_on_hold()


STATES: dict[str, tuple[Story, Reached]] = {
    "menu": (in_a_menu, by_the_menu),
    "music": (in_the_music, by_music),
    "ringing": (ringing, by_ringing),
    "talk": (talking, by_talking),
    "hold": (held, by_holding),
}


@asynccontextmanager
async def left_in(state: str, world: World, goes: Goes = dies) -> AsyncIterator[tuple[Citizen, Phone]]:
    """A citizen, and phone 1001, as a process has left them that is gone."""
    story, reached = STATES[state]
    citizen, phone = world.citizen(), world.phone("1001", Behaviour.BY_HAND)
    async with world.process(story) as process:
        await citizen.dials()
        await reached(citizen, phone)
        await goes(process)
    yield citizen, phone
