"""`Call.on_hold`: music inside the block, none after it, however it is left."""

import asyncio

import pytest

from telephony.call import Call
from telephony.errors import HungUp
from telephony.values import Played, Target
from tests.contract.parts import HELLO, LONG, cancelled, in_a_call, meanwhile, next_of, raises_hung_up
from tests.contract.world import World


async def _hold_for_ever(call: Call) -> None:
    async with call.on_hold():
        await asyncio.get_running_loop().create_future()


async def test_music_inside_the_block_only(world: World) -> None:
    """Music begins with the block and ends with it."""
    async with in_a_call(world) as (citizen, call):
        async with call.on_hold():
            await citizen.is_on_hold()
        await citizen.is_in_silence()


async def test_words_interrupt_the_music(world: World) -> None:
    """`say` inside the block is heard to its end; then the music comes back."""
    async with in_a_call(world) as (citizen, call), call.on_hold():
        await citizen.is_on_hold()
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")
        await citizen.is_on_hold()


async def test_after_the_music_words_are_heard(world: World) -> None:
    """The caller comes back from the music to the story."""
    async with in_a_call(world) as (citizen, call):
        async with call.on_hold():
            await citizen.is_on_hold()
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.is_in_silence()


async def test_the_music_goes_on_while_a_phone_rings(world: World) -> None:
    """`ring`: the caller goes on hearing what they hear."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), call.on_hold():
        async with call.ring(Target("1001")) as leg:
            await phone.rings()
            await next_of(leg)
            await citizen.is_on_hold()
        await citizen.is_on_hold()


async def test_hanging_up_in_the_music(world: World) -> None:
    """The block can be left after the hang-up; the next verb raises HungUp."""
    async with in_a_call(world) as (citizen, call):
        async with call.on_hold():
            await citizen.is_on_hold()
            await citizen.hangs_up()
            await call.left()
        async with meanwhile(call.say(LONG)) as saying:
            assert await raises_hung_up(saying)


async def test_nobody_is_put_on_hold_who_has_left(world: World) -> None:
    """Entering the block after the hang-up raises HungUp."""
    async with in_a_call(world) as (citizen, call):
        await citizen.hangs_up()
        await call.left()
        with pytest.raises(HungUp):
            async with call.on_hold():
                pass


async def test_a_cancelled_block_stops_the_music(world: World) -> None:
    """Cancelling inside the block leaves no music."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(_hold_for_ever(call)) as holding:
            await citizen.is_on_hold()
            await cancelled(holding)
        await citizen.is_in_silence()
