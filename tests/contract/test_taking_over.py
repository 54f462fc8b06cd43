"""`Call.take_over`: whom a phone has consulted in a second call of its own comes into the caller's call."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from telephony.call import Call, Leg
from telephony.errors import HungUp
from telephony.values import Ended, KeyPressed, LegId, Played, Progress, Target, TransferAsked
from tests.contract.parts import WHISPER, ends, in_a_call, next_of, on_the_phone, open_line
from tests.contract.world import Citizen, Phone, PhonesCall, World
from tests.fakes.behaviour import Behaviour


@dataclass(frozen=True)
class Consulted:
    """A caller with the clerk's phone on hold, and the clerk's second call with the colleague."""

    citizen: Citizen
    call: Call
    clerk: Phone
    leg: Leg
    calling: PhonesCall
    second: Call
    colleague: Phone
    other: Leg
    """The colleague's leg, as the second call has it."""


@asynccontextmanager
async def consulted(world: World) -> AsyncIterator[Consulted]:
    """Both calls are up; clerk and colleague talk."""
    clerk, colleague, citizen = world.phone("1001"), world.phone("1002"), world.citizen()
    async with open_line(world) as arrives:
        await citizen.dials()
        call = await arrives()
        await call.answer()
        async with call.on_hold(), on_the_phone(call, clerk) as leg:
            calling = await clerk.dials("1002")
            second = await arrives()
            await second.answer()
            async with on_the_phone(second, colleague) as other, second.connect(other):
                await calling.is_talking_to(colleague)
                yield Consulted(citizen, call, clerk, leg, calling, second, colleague, other)


async def test_the_party_comes_into_the_callers_call(world: World) -> None:
    """The other call is told that its leg has ended; the party hears nothing until we connect them."""
    async with consulted(world) as c, c.call.take_over(c.other.id) as taken:
        assert taken.id == c.other.id
        assert await ends(c.other) is Ended.STOPPED
        await c.calling.is_parted()
        await c.colleague.is_in_silence()
        assert await taken.say(WHISPER) is Played.WHOLE
        await c.colleague.hears(WHISPER.name)
        async with c.call.connect(taken):
            await c.citizen.is_talking_to(c.colleague)


async def test_the_whole_transfer_by_a_phones_own_key(world: World) -> None:
    """Consulted, transferred, told that it worked; the clerk's two calls end, and the talk goes on."""
    async with consulted(world) as c:
        await c.clerk.transfers_to_consulted(c.calling)
        assert await next_of(c.leg) == TransferAsked("1002", c.other.id)
        async with c.call.take_over(c.other.id) as taken, c.call.connect(taken):
            await c.leg.report(Progress.ANSWERED)
            await c.clerk.is_told(Progress.ANSWERED)
            await c.leg.stop()
            await c.second.hang_up()
            await c.clerk.is_put_down()
            await c.citizen.is_talking_to(c.colleague)


async def test_leaving_the_block_ends_the_leg(world: World) -> None:
    """As with a leg that this call had rung."""
    async with consulted(world) as c:
        async with c.call.take_over(c.other.id) as taken:
            pass
        await c.colleague.is_put_down()
        assert await ends(taken) is Ended.STOPPED


async def test_the_end_of_the_other_call_does_not_reach_the_leg(world: World) -> None:
    """Whatever its story does with the leg from now on is of no effect."""
    async with consulted(world) as c, c.call.take_over(c.other.id) as taken:
        await c.other.stop()
        await c.other.report(Progress.ANSWERED)
        assert await c.other.say(WHISPER) is Played.FAILED
        await c.calling.hangs_up()
        await c.second.left()
        async with c.call.connect(taken):
            await c.citizen.is_talking_to(c.colleague)


async def test_what_the_party_does_is_told_to_the_new_call(world: World) -> None:
    """Keys, and the end."""
    async with consulted(world) as c, c.call.take_over(c.other.id) as taken, c.call.connect(taken):
        await c.citizen.is_talking_to(c.colleague)
        await c.colleague.presses("5")
        assert await next_of(taken) == KeyPressed("5")
        await c.colleague.hangs_up()
        assert await ends(taken) is Ended.HUNG_UP


async def test_one_who_was_taken_over_can_be_consulted(world: World) -> None:
    """Clerk and colleague go on talking, now in the caller's call."""
    async with consulted(world) as c, c.call.take_over(c.other.id) as taken:
        async with c.call.consult(c.leg, taken):
            await c.clerk.is_talking_to(c.colleague)
        async with c.call.connect(taken):
            await c.citizen.is_talking_to(c.colleague)


@pytest.mark.parametrize("leg_id", ["", "leg-0", "nobody/at all"])
async def test_an_id_that_no_leg_has(world: World, leg_id: str) -> None:
    """A leg that has ended already: `UNREACHABLE`."""
    async with in_a_call(world) as (_, call), call.take_over(LegId(leg_id)) as taken:
        assert await ends(taken) is Ended.UNREACHABLE
        assert await taken.say(WHISPER) is Played.FAILED


async def test_a_leg_that_has_just_ended(world: World) -> None:
    """The colleague put down while the clerk pressed the key."""
    async with consulted(world) as c:
        await c.colleague.hangs_up()
        assert await ends(c.other) is Ended.HUNG_UP
        async with c.call.take_over(c.other.id) as taken:
            assert await ends(taken) is Ended.UNREACHABLE


async def test_a_leg_that_still_rings(world: World) -> None:
    """It was not answered: there is nobody to be taken over, and it goes on ringing for its own call."""
    clerk, silent, citizen = (
        world.phone("1001"),
        world.phone("1002", Behaviour.NEVER_ANSWERS),
        world.citizen(),
    )
    async with open_line(world) as arrives:
        await citizen.dials()
        call = await arrives()
        await call.answer()
        await clerk.dials("1002")
        second = await arrives()
        async with second.ring(Target("1002")) as ringing:
            await silent.rings()
            async with call.take_over(ringing.id) as taken:
                assert await ends(taken) is Ended.UNREACHABLE
            await silent.rings()


async def test_nobody_is_torn_from_a_call_of_somebody_else(world: World) -> None:
    """A REFER may name any call; only whom a phone of this very call has called is taken over."""
    async with consulted(world) as c:
        async with c.second.take_over(c.leg.id) as stolen:
            assert await ends(stolen) is Ended.UNREACHABLE
        await c.calling.is_talking_to(c.colleague)
        async with c.call.connect(c.leg):
            await c.citizen.is_talking_to(c.clerk)


async def test_taking_over_for_a_caller_who_has_left(world: World) -> None:
    """HungUp, and the two in the other call go on talking."""
    async with consulted(world) as c:
        await c.citizen.hangs_up()
        await c.call.left()
        with pytest.raises(HungUp):
            async with c.call.take_over(c.other.id):
                pass
        await c.calling.is_talking_to(c.colleague)


async def test_the_caller_puts_down_after_it(world: World) -> None:
    """`left` returns; the party is put down by the story's leaving."""
    async with consulted(world) as c:
        async with c.call.take_over(c.other.id) as taken, c.call.connect(taken):
            await c.citizen.is_talking_to(c.colleague)
            await c.citizen.hangs_up()
            await c.call.left()
        await c.colleague.is_put_down()
