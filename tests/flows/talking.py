"""A citizen who talks to a clerk, in memory, and the ways in which that clerk may ask for a transfer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from callflows.command import Command, new_command
from callflows.talk.commands import AtExtension, HandOver
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.phone import MemoryPhone
from tests.flows.clerks import clerk, staffed
from tests.flows.conftest import Opens, Stage

Together = tuple[Stage, MemoryCitizen, MemoryPhone]


@asynccontextmanager
async def with_a_clerk(line: Opens, **policy: float) -> AsyncIterator[Together]:
    """A citizen who talks to Zofia, proven."""
    async with line(staffed(**policy)) as stage:
        zofia = await clerk(stage, "1101")
        citizen = await stage.caller(presses="0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.listens(3)
        yield stage, citizen, zofia


def gives(stage: Stage, citizen: MemoryCitizen, kind: Callable[..., Command], **more: object) -> None:
    """A screen gives a command about this caller."""
    command = kind(id=new_command(), by="screen", **more)
    assert stage.house.switchboard.give(citizen.call.id, command), "nobody has this caller"


Ask = Callable[[Stage, MemoryCitizen, MemoryPhone], Awaitable[None]]


async def by_rest(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    """By a screen."""
    gives(stage, citizen, HandOver, whom=AtExtension("1001"))


async def by_keys(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    """By the code and the hash."""
    await zofia.presses("*21001#")


async def by_keys_and_a_pause(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    """By the code, and waiting."""
    await zofia.presses("*21001")


async def by_transfer_key(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    """By the phone's own key (REFER)."""
    await zofia.transfers_to("1001")


async def by_transfer_key_from_hold(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    """By the same key, on hold."""
    await zofia.holds()
    await zofia.transfers_to("1001")


WAYS = [
    pytest.param(by_rest, id="rest"),
    pytest.param(by_keys, id="keys"),
    pytest.param(by_keys_and_a_pause, id="keys-and-a-pause"),
    pytest.param(by_transfer_key, id="refer"),
    pytest.param(by_transfer_key_from_hold, id="refer-from-hold"),
]
