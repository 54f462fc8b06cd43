"""`Leg.say`: the colleague alone hears who is being handed over, and answers by a key."""

import pytest

from telephony.call import Leg
from telephony.values import Ended, KeyPressed, LegEnded, PhoneAnswered, PhoneRings, Played, Target
from tests.contract.parts import HELLO, WHISPER, answered, cancelled, in_a_call, meanwhile, next_of
from tests.contract.world import Phone, World
from tests.fakes.behaviour import Behaviour


async def _take_up(phone: Phone, leg: Leg) -> None:
    await phone.rings()
    await phone.answers()
    await answered(leg)


async def test_the_whisper_is_heard_by_the_colleague_only(world: World) -> None:
    """The caller goes on hearing music."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), call.on_hold(), call.ring(Target("1001")) as leg:
        await _take_up(phone, leg)
        assert await leg.say(WHISPER) is Played.WHOLE
        await phone.hears(WHISPER.name)
        await citizen.is_on_hold()
        await citizen.has_heard()


@pytest.mark.parametrize(("behaviour", "key"), [(Behaviour.TAKES_IT, "1"), (Behaviour.DECLINES_BY_KEY, "2")])
async def test_the_colleagues_key_is_told(world: World, behaviour: Behaviour, key: str) -> None:
    """A key is told while the whisper plays or after it."""
    world.phone("1001", behaviour, after=0.1)
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await answered(leg)
        async with meanwhile(leg.say(WHISPER)):
            assert await next_of(leg) == KeyPressed(key)


@pytest.mark.parametrize("behaviour", [Behaviour.VOICEMAIL, Behaviour.SAYS_NOTHING])
async def test_who_presses_nothing_is_not_told_from_a_person(world: World, behaviour: Behaviour) -> None:
    """A voicemail is an answer like any other: only the key that never comes tells."""
    phone = world.phone("1001", behaviour, after=0.1)
    async with in_a_call(world) as (_, call):
        async with call.ring(Target("1001")) as leg:
            assert await answered(leg) == [PhoneRings(), PhoneAnswered()]
            async with meanwhile(leg.next()) as nothing_more:
                assert await leg.say(WHISPER) is Played.WHOLE
                assert not nothing_more.done()
                await cancelled(nothing_more)
        await phone.is_put_down()


async def test_all_keys_are_told_in_order(world: World) -> None:
    """0-9, *, # on the colleague's phone."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await _take_up(phone, leg)
        await phone.presses("19*0#")
        assert [await next_of(leg) for _ in range(5)] == [KeyPressed(key) for key in "19*0#"]


async def test_a_key_of_the_colleague_does_not_stop_the_whisper(world: World) -> None:
    """What a key means is the story's business: `Leg.say` goes to its end."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await _take_up(phone, leg)
        async with meanwhile(leg.say(WHISPER)) as whisper:
            await phone.hears(WHISPER.name)
            await phone.presses("9")
        assert whisper.result() is Played.WHOLE


async def test_cancelling_stops_the_whisper(world: World) -> None:
    """At once: the next thing said to this party is heard without waiting."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await _take_up(phone, leg)
        async with meanwhile(leg.say(WHISPER)) as whisper:
            await phone.hears(WHISPER.name)
            await cancelled(whisper)
        assert await leg.say(HELLO) is Played.WHOLE
        await phone.has_heard(WHISPER.name, "hello")


async def test_the_colleague_puts_down_while_we_whisper(world: World) -> None:
    """The whisper FAILED, and the leg HUNG_UP."""
    world.phone("1001", Behaviour.HANGS_UP_WHILE_ANNOUNCED, after=0.1)
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await answered(leg)
        assert await leg.say(WHISPER) is Played.FAILED
        ended = await next_of(leg)
        assert isinstance(ended, LegEnded)
        assert ended.why is Ended.HUNG_UP


async def test_whispering_to_a_leg_that_has_ended(world: World) -> None:
    """No error: `Played.FAILED`."""
    world.phone("1001", Behaviour.BUSY)
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await next_of(leg)
        assert await leg.say(WHISPER) is Played.FAILED


async def test_a_missing_whisper_fails_and_the_leg_stays(world: World) -> None:
    """`Played.FAILED` for a missing file; the key still counts."""
    world.loses_prompt(WHISPER.name)
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await _take_up(phone, leg)
        assert await leg.say(WHISPER) is Played.FAILED
        await phone.presses("1")
        assert await next_of(leg) == KeyPressed("1")


async def test_the_caller_leaves_while_we_whisper(world: World) -> None:
    """The colleague's leg is ended by leaving the block, whisper or not."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call):
        async with call.ring(Target("1001")) as leg:
            await _take_up(phone, leg)
            async with meanwhile(leg.say(WHISPER)) as whisper:
                await phone.hears(WHISPER.name)
                await citizen.hangs_up()
                await call.left()
                await cancelled(whisper)
        await phone.is_put_down()
