"""`Line.phone`: what a phone that is registered here is doing, told in time to decide whom to ring."""

import asyncio

import pytest

from telephony.call import Line
from telephony.values import Behind, PhoneSeen
from tests.contract.parts import LIMIT, in_a_call, on_the_phone, open_line
from tests.contract.world import World
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.asterisk.parts import Says
from tests.fakes.behaviour import Behaviour
from tests.fakes.moments import a_packet


async def is_seen(line: Line, number: str, wanted: PhoneSeen) -> None:
    """Wait until the line knows this of a phone."""
    try:
        async with asyncio.timeout(LIMIT):
            while line.phone(number) is not wanted:
                await a_packet()
    except TimeoutError:
        pytest.fail(f"{number} is {line.phone(number)}, not {wanted}")


async def test_a_phone_is_free_then_in_use_then_free_again(world: World) -> None:
    """From its first ring to the end of its talk it is in use; who registered before we looked is known."""
    phone = world.phone("1011")
    async with in_a_call(world) as (citizen, call):
        await is_seen(world.line, "1011", PhoneSeen.FREE)
        async with on_the_phone(call, phone):
            await is_seen(world.line, "1011", PhoneSeen.IN_USE)
        await is_seen(world.line, "1011", PhoneSeen.FREE)
        await citizen.hangs_up()


async def test_a_phone_that_goes_is_gone(world: World) -> None:
    """At the next look after its registration has ended."""
    phone = world.phone("1011")
    async with open_line(world):
        await is_seen(world.line, "1011", PhoneSeen.FREE)
        await phone.unregisters()
        await is_seen(world.line, "1011", PhoneSeen.GONE)


async def test_a_phone_that_calls_is_in_use(world: World) -> None:
    """Whoever calls from it cannot take a caller."""
    phone = world.phone("1011")
    async with open_line(world) as arrives:
        placed = await phone.dials("*11")
        call = await arrives()
        await call.answer()  # before that, Asterisk says nothing of it
        await placed.is_answered()
        await is_seen(world.line, "1011", PhoneSeen.IN_USE)
        await placed.hangs_up()
        await is_seen(world.line, "1011", PhoneSeen.FREE)


@pytest.mark.parametrize("status", [404, 422, 500])
async def test_an_asterisk_that_does_not_tell_is_served_all_the_same(status: int) -> None:
    """Calls are worth more than knowing who is free: nothing is known then, and everybody is rung."""
    async with FakeAsteriskWorld.opened() as world:
        world.phone("1011")
        world.asterisk.refuses_next["endpoints.listByTech"].append(Says(status, "Resource not found"))
        async with in_a_call(world) as (citizen, _):
            assert world.line.phone("1011") is PhoneSeen.UNKNOWN
            await citizen.hangs_up()


async def test_of_others_nothing_is_known(world: World) -> None:
    """Behind the trunk, nowhere at all, or anything while the line is not served."""
    world.phone("1012", behind=Behind.TRUNK)
    world.phone("1011", Behaviour.BY_HAND)
    assert world.line.phone("1011") is PhoneSeen.UNKNOWN
    async with open_line(world):
        await is_seen(world.line, "1011", PhoneSeen.FREE)
        assert world.line.phone("1012") is PhoneSeen.UNKNOWN
        assert world.line.phone("1999") is PhoneSeen.UNKNOWN
    assert world.line.phone("1011") is PhoneSeen.UNKNOWN
