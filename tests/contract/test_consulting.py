"""`Call.consult`: two of our people talk about the caller, who hears music meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from telephony.call import Call, Leg
from telephony.errors import HungUp, Refused
from telephony.values import Ended, KeyPressed, Played, Target
from tests.contract.parts import (
    HELLO,
    LIMIT,
    WHISPER,
    cancelled,
    ends,
    flows,
    in_a_call,
    meanwhile,
    next_of,
    on_the_phone,
)
from tests.contract.world import Citizen, Phone, World
from tests.fakes.behaviour import Behaviour

Three = tuple[Citizen, Call, tuple[Phone, Leg], tuple[Phone, Leg]]


@asynccontextmanager
async def three(world: World) -> AsyncIterator[Three]:
    """A caller on hold, a clerk and a colleague whose phones were answered."""
    clerk, colleague = world.phone("1001"), world.phone("1002")
    async with AsyncExitStack() as stack:
        citizen, call = await stack.enter_async_context(in_a_call(world))
        await stack.enter_async_context(call.on_hold())
        one = await stack.enter_async_context(on_the_phone(call, clerk))
        other = await stack.enter_async_context(on_the_phone(call, colleague))
        yield citizen, call, (clerk, one), (colleague, other)


async def test_the_two_hear_each_other_and_the_caller_hears_music(world: World) -> None:
    """Nobody speaks of the caller in the caller's ear."""
    async with three(world) as (citizen, call, (clerk, one), (colleague, other)):
        async with call.consult(one, other):
            await clerk.is_talking_to(colleague)
            await citizen.is_on_hold()
        await clerk.is_parted()
        await citizen.is_on_hold()


async def test_packets_are_counted_on_both_sides(world: World) -> None:
    """The first stands in the caller's place."""
    clerk, colleague = world.phone("1001"), world.phone("1002", sends_audio=False)
    async with (
        in_a_call(world) as (_, call),
        on_the_phone(call, clerk) as one,
        on_the_phone(call, colleague) as other,
        call.consult(one, other) as talk,
    ):
        await flows(talk, caller=10, colleague=0)
        assert (await talk.audio()).from_colleague == 0


async def test_what_is_said_over_a_consultation(world: World) -> None:
    """Both hear it, and the caller does not; to the caller something else may be said."""
    async with (
        three(world) as (citizen, call, (clerk, one), (colleague, other)),
        call.consult(one, other) as talk,
    ):
        assert await talk.say(WHISPER) is Played.WHOLE
        await clerk.hears(WHISPER.name)
        await colleague.hears(WHISPER.name)
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.has_heard("hello")


async def test_the_keys_of_both_are_told(world: World) -> None:
    """Keys are how a phone without a screen calls it off or completes it."""
    async with three(world) as (_, call, (clerk, one), (colleague, other)), call.consult(one, other):
        await clerk.presses("4")
        assert await next_of(one) == KeyPressed("4")
        await colleague.presses("1")
        assert await next_of(other) == KeyPressed("1")


async def test_consulting_cuts_whispers(world: World) -> None:
    """Whoever pressed the key need not listen to the end."""
    async with (
        three(world) as (_, call, (clerk, one), (colleague, other)),
        meanwhile(other.say(WHISPER)) as whisper,
    ):
        await colleague.hears(WHISPER.name)
        async with call.consult(one, other):
            await clerk.is_talking_to(colleague)
            async with asyncio.timeout(LIMIT):
                assert await whisper is Played.CUT


async def test_leaving_the_block_parts_them_and_both_stay(world: World) -> None:
    """The clerk has the caller back; the colleague can be whispered to."""
    async with three(world) as (citizen, call, (clerk, one), (colleague, other)):
        async with call.consult(one, other):
            await clerk.is_talking_to(colleague)
        assert await other.say(WHISPER) is Played.WHOLE
        await colleague.has_heard(WHISPER.name)
        async with call.connect(one):
            await citizen.is_talking_to(clerk)


async def test_the_consultation_is_completed(world: World) -> None:
    """After it the caller gets the colleague, and the clerk leaves."""
    async with three(world) as (citizen, call, (clerk, one), (colleague, other)):
        async with call.consult(one, other):
            await clerk.is_talking_to(colleague)
        async with call.connect(other):
            await one.stop()
            await clerk.is_put_down()
            await citizen.is_talking_to(colleague)


async def test_one_who_is_with_the_caller_is_moved(world: World) -> None:
    """Consulting inside a talk takes the clerk out of it; the caller hears music and is not lost."""
    async with three(world) as (citizen, call, (clerk, one), (colleague, other)):
        async with call.connect(one):
            await citizen.is_talking_to(clerk)
        await citizen.is_on_hold()
        async with call.consult(one, other):
            await clerk.is_talking_to(colleague)
            await citizen.is_on_hold()
        async with call.connect(one):
            await citizen.is_talking_to(clerk)


@pytest.mark.parametrize("who", ["clerk", "colleague"])
async def test_one_of_the_two_puts_down(world: World, who: str) -> None:
    """The other stays, and can be connected to the caller."""
    async with three(world) as (citizen, call, clerk, colleague):
        (gone, its_leg), (stays, leg) = (clerk, colleague) if who == "clerk" else (colleague, clerk)
        async with call.consult(clerk[1], colleague[1]):
            await clerk[0].is_talking_to(colleague[0])
            await gone.hangs_up()
            assert await ends(its_leg) is Ended.HUNG_UP
        async with call.connect(leg):
            await citizen.is_talking_to(stays)


async def test_both_put_down_in_one_instant(world: World) -> None:
    """Both ends are told, and the caller is not lost."""
    async with three(world) as (citizen, call, (clerk, one), (colleague, other)):
        async with call.consult(one, other):
            await clerk.is_talking_to(colleague)
            await asyncio.gather(clerk.hangs_up(), colleague.hangs_up())
            assert await ends(one) is Ended.HUNG_UP
            assert await ends(other) is Ended.HUNG_UP
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")


async def test_the_caller_puts_down_meanwhile(world: World) -> None:
    """`left` returns inside the block; both phones are put down by the story's leaving."""
    async with three(world) as (citizen, call, (clerk, one), (colleague, other)):
        async with call.consult(one, other):
            await clerk.is_talking_to(colleague)
            await citizen.hangs_up()
            await call.left()
        with pytest.raises(HungUp):
            async with call.consult(one, other):
                pass
    await clerk.is_put_down()
    await colleague.is_put_down()


async def test_consulting_a_phone_that_was_never_answered_is_our_own_mistake(world: World) -> None:
    """`Refused`: a bug, not an event of the telephone."""
    clerk, silent = world.phone("1001"), world.phone("1002", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call), on_the_phone(call, clerk) as one:
        async with call.ring(Target("1002")) as other:
            await silent.rings()
            with pytest.raises(Refused):
                async with call.consult(one, other):
                    pass
        assert await one.say(WHISPER) is Played.WHOLE


async def test_consulting_one_who_has_just_put_down(world: World) -> None:
    """No error: the leg's end is told, and the other stays."""
    async with three(world) as (_, call, (clerk, one), (colleague, other)):
        await colleague.hangs_up()
        async with call.consult(one, other):
            assert await ends(other) is Ended.HUNG_UP
        assert await one.say(WHISPER) is Played.WHOLE
        await clerk.has_heard(WHISPER.name)


async def test_a_cancelled_consultation_parts_them(world: World) -> None:
    """No bridge is left; all three stay."""

    async def consult_for_ever(call: Call, one: Leg, other: Leg) -> None:
        async with call.consult(one, other):
            await asyncio.get_running_loop().create_future()

    async with three(world) as (citizen, call, (clerk, one), (colleague, other)):
        async with meanwhile(consult_for_ever(call, one, other)) as consulting:
            await clerk.is_talking_to(colleague)
            await cancelled(consulting)
        await clerk.is_parted()
        async with call.connect(one):
            await citizen.is_talking_to(clerk)
        assert await other.say(WHISPER) is Played.WHOLE
