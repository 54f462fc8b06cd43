"""`Call.connect`: two people hear each other, we can count it, and nobody is lost when it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from telephony.call import Call, Leg
from telephony.digits import one_of
from telephony.errors import HungUp, Refused
from telephony.values import Ended, KeyPressed, LegEnded, Played, Target
from tests.contract.parts import (
    HELLO,
    LIMIT,
    LONG,
    QUICK,
    SHORT,
    WHISPER,
    answered,
    cancelled,
    flows,
    in_a_call,
    meanwhile,
    next_of,
)
from tests.contract.world import Citizen, Phone, World
from tests.fakes.behaviour import Behaviour

Taken = tuple[Citizen, Phone, Call, Leg]


@asynccontextmanager
async def taken_up(world: World, *, sends_audio: bool = True) -> AsyncIterator[Taken]:
    """A caller, and a colleague whose phone was answered."""
    phone = world.phone("1001", sends_audio=sends_audio)
    async with in_a_call(world) as (citizen, call), call.ring(Target("1001")) as leg:
        await phone.rings()
        await phone.answers()
        await answered(leg)
        yield citizen, phone, call, leg


async def test_both_hear_each_other(world: World) -> None:
    """Inside the block audio flows both ways, and the packets of each side are counted."""
    async with taken_up(world) as (citizen, phone, call, leg):
        async with call.connect(leg) as talk:
            await citizen.is_talking_to(phone)
            await flows(talk, caller=10, colleague=10)
        await citizen.is_parted()


async def test_one_way_audio_is_seen(world: World) -> None:
    """A colleague who sends nothing is counted as nothing."""
    async with taken_up(world, sends_audio=False) as (_, _phone, call, leg), call.connect(leg) as talk:
        await flows(talk, caller=10, colleague=0)
        assert (await talk.audio()).from_colleague == 0


async def test_the_music_stops_when_they_are_connected(world: World) -> None:
    """No music under a talk; `connect` inside `on_hold` is how a story does it."""
    async with taken_up(world) as (citizen, phone, call, leg), call.on_hold():
        await citizen.is_on_hold()
        async with call.connect(leg):
            await citizen.is_talking_to(phone)


async def test_connecting_cuts_the_whisper(world: World) -> None:
    """Who pressed 1 need not listen to the end."""
    async with taken_up(world) as (citizen, phone, call, leg), meanwhile(leg.say(WHISPER)) as whisper:
        await phone.hears(WHISPER.name)
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
            async with asyncio.timeout(LIMIT):
                assert await whisper is Played.CUT


async def test_the_colleagues_keys_are_told_during_the_talk(world: World) -> None:
    """Keys go on being reported (a bridge that passes RFC 4733 through would swallow them)."""
    async with taken_up(world) as (citizen, phone, call, leg), call.connect(leg):
        await citizen.is_talking_to(phone)
        await phone.presses("5")
        assert await next_of(leg) == KeyPressed("5")


async def test_what_is_said_over_the_talk_is_heard_by_both(world: World) -> None:
    """`Talk.say`: "you cannot be heard" must reach both."""
    async with taken_up(world) as (citizen, phone, call, leg), call.connect(leg) as talk:
        await citizen.is_talking_to(phone)
        assert await talk.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")
        await phone.hears("hello")


async def test_cancelling_what_is_said_over_the_talk(world: World) -> None:
    """The talk goes on, in silence of ours."""
    async with taken_up(world) as (citizen, phone, call, leg), call.connect(leg) as talk:
        async with meanwhile(talk.say(LONG)) as saying:
            await citizen.hears("long")
            await cancelled(saying)
        await citizen.is_talking_to(phone)


async def test_leaving_the_block_parts_them_and_both_stay(world: World) -> None:
    """The caller can be spoken to again; the colleague's leg is still there to be whispered to."""
    async with taken_up(world) as (citizen, phone, call, leg):
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
        await citizen.is_parted()
        assert await call.say(HELLO) is Played.WHOLE
        assert await leg.say(WHISPER) is Played.WHOLE
        await citizen.has_heard("hello")
        await phone.has_heard(WHISPER.name)


async def test_the_two_can_be_connected_again(world: World) -> None:
    """A second block is a second talk, with its own count."""
    async with taken_up(world) as (citizen, phone, call, leg):
        async with call.connect(leg) as talk:
            await flows(talk, caller=10, colleague=10)
        async with call.connect(leg) as talk:
            assert (await talk.audio()).from_colleague < 10
            await citizen.is_talking_to(phone)
            await flows(talk, caller=5, colleague=5)


async def test_the_callers_keys_in_a_talk_answer_nothing_afterwards(world: World) -> None:
    """They were for the colleague's machine, not for the question that comes after the talk."""
    async with taken_up(world) as (citizen, phone, call, leg):
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
            await citizen.presses("1")
            await citizen.listens(0.2)
        assert (await call.ask(SHORT, matcher=one_of("1"), patience=QUICK)).nothing


async def test_the_colleague_puts_down(world: World) -> None:
    """The leg ends as HUNG_UP; the caller is still ours and hears what the story says."""
    async with taken_up(world) as (citizen, phone, call, leg):
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
            await phone.hangs_up()
            ended = await next_of(leg)
            assert isinstance(ended, LegEnded)
            assert ended.why is Ended.HUNG_UP
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")


async def test_the_caller_puts_down(world: World) -> None:
    """`left` returns; counting and speaking over the talk are no errors; the colleague is put down after."""
    async with taken_up(world) as (citizen, phone, call, leg), call.connect(leg) as talk:
        await flows(talk, caller=5, colleague=5)
        await citizen.hangs_up()
        await call.left()
        assert call.ended is Ended.HUNG_UP
        assert (await talk.audio()).from_caller >= 0
        assert await talk.say(HELLO) is Played.FAILED
    await phone.is_put_down()


async def test_connecting_a_leg_that_has_just_ended(world: World) -> None:
    """No error: the leg's end is told, and the caller is still ours."""
    async with taken_up(world) as (_, phone, call, leg):
        await phone.hangs_up()
        async with call.connect(leg):
            ended = await next_of(leg)
            assert isinstance(ended, LegEnded)
        assert await call.say(HELLO) is Played.WHOLE


async def test_connecting_a_leg_that_was_never_answered_is_our_own_mistake(world: World) -> None:
    """`Refused`: a bug, not an event of the telephone."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await phone.rings()
        with pytest.raises(Refused):
            async with call.connect(leg):
                pass


async def test_connecting_a_caller_who_has_left(world: World) -> None:
    """Entering the block raises HungUp: accepted in the instant the caller leaves."""
    async with taken_up(world) as (citizen, _, call, leg):
        await citizen.hangs_up()
        await call.left()
        with pytest.raises(HungUp):
            async with call.connect(leg):
                pass


async def test_a_cancelled_talk_parts_them(world: World) -> None:
    """Cancelling inside the block leaves no bridge; both legs stay."""

    async def talk_for_ever(call: Call, leg: Leg) -> None:
        async with call.connect(leg):
            await asyncio.get_running_loop().create_future()

    async with taken_up(world) as (citizen, phone, call, leg):
        async with meanwhile(talk_for_ever(call, leg)) as talking:
            await citizen.is_talking_to(phone)
            await cancelled(talking)
        await citizen.is_parted()
        assert await call.say(HELLO) is Played.WHOLE
