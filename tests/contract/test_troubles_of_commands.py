"""Our ARI line when Asterisk refuses, fails, dawdles, or answers late, over the fake Asterisk."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from telephony.call import Call
from telephony.digits import Patience, one_of
from telephony.errors import PbxAway, Refused
from telephony.values import Ended, LegEnded, Played, Target
from tests.contract.parts import (
    HELLO,
    LONG,
    all_of,
    answered,
    in_a_call,
    meanwhile,
    on_the_line,
    on_the_phone,
    raises_hung_up,
)
from tests.contract.world import Citizen, Phone
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.asterisk.citizen import FakeCitizen
from tests.fakes.asterisk.parts import Channel, Says
from tests.fakes.behaviour import Behaviour

NOT_IN_STASIS = Says(422, "Channel not in Stasis application")


@pytest.fixture
async def world() -> AsyncIterator[FakeAsteriskWorld]:
    """A fake Asterisk, and a line that does not wait long for commands."""
    async with FakeAsteriskWorld.opened(command=1.0) as opened:
        yield opened


def channel_of(citizen: Citizen) -> Channel:
    """The citizen's end at the fake Asterisk."""
    assert isinstance(citizen, FakeCitizen)
    return citizen.channel


async def test_a_refusal_that_only_shows_the_hang_up_is_a_hang_up(world: FakeAsteriskWorld) -> None:
    """409 or 422, and the leg's end is told a moment later: HungUp, not our mistake."""
    async with in_a_call(world) as (citizen, call):
        refuses = world.asterisk.refuses_next["channels.playWithId"]
        refuses.append(Says(409, "Channel not in Stasis application"))
        asyncio.get_running_loop().call_later(0.1, world.asterisk.switch.leaves, channel_of(citizen))
        async with meanwhile(call.say(HELLO)) as saying:
            assert await raises_hung_up(saying)


async def test_a_refusal_while_the_leg_is_up_is_our_mistake(world: FakeAsteriskWorld) -> None:
    """Refused, out of the verb that earned it; the call is still there."""
    async with in_a_call(world) as (_, call):
        world.asterisk.refuses_next["channels.playWithId"].append(Says(409, "not now"))
        with pytest.raises(Refused):
            await call.say(HELLO)
        assert await call.say(HELLO) is Played.WHOLE


async def test_a_channel_that_is_not_found_is_gone(world: FakeAsteriskWorld) -> None:
    """404 is proof enough, even if no event ever told of the end."""
    async with in_a_call(world) as (citizen, call):
        channel = channel_of(citizen)
        channel.owner = channel.app = ""  # it ends, and Asterisk tells nobody
        world.asterisk.switch.leaves(channel)
        async with meanwhile(call.say(HELLO)) as saying:
            assert await raises_hung_up(saying)
        assert call.ended is Ended.HUNG_UP


async def test_the_caller_leaves_while_asterisk_dawdles(world: FakeAsteriskWorld) -> None:
    """A verb does not wait for the answer to a command of which nobody is left to profit."""
    world.asterisk.slow["channels.playWithId"] = 0.3
    async with in_a_call(world) as (citizen, call), meanwhile(call.say(HELLO)) as saying:
        await world.asterisk.switch.bell.until(lambda: channel_of(citizen).up)
        await citizen.hangs_up()
        assert await raises_hung_up(saying)


async def test_a_command_that_is_never_answered(world: FakeAsteriskWorld) -> None:
    """PbxAway after the command's own limit: the story may apologise; other calls never notice."""
    other = world.citizen(number="+48600000002")
    async with in_a_call(world) as (_, call):
        world.asterisk.slow["channels.startMoh"] = 1.5
        with pytest.raises(PbxAway):
            async with call.on_hold():
                pass
        world.asterisk.slow.clear()
        assert await call.say(HELLO) is Played.WHOLE
        assert other.prompts == []


async def test_an_asterisk_that_is_ill(world: FakeAsteriskWorld) -> None:
    """500 is PbxAway; what was begun is taken back, and the next try works."""
    async with in_a_call(world) as (citizen, call):
        world.asterisk.refuses_next["channels.playWithId"].append(Says(500, "Allocation failed"))
        with pytest.raises(PbxAway):
            await _hold_and_say(call)
        await citizen.is_in_silence()
        await _hold_and_say(call)
        await citizen.hears("hello")


@pytest.mark.parametrize("operation", ["bridges.createWithId", "bridges.addChannel"])
async def test_an_asterisk_that_is_too_ill_for_a_talk(world: FakeAsteriskWorld, operation: str) -> None:
    """The same: nobody is left in half a talk, and the next try works."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg:
        world.asterisk.refuses_next[operation].append(Says(500, "Allocation failed"))
        with pytest.raises(PbxAway):
            async with call.connect(leg):
                pass
        await citizen.is_in_silence()
        async with call.connect(leg):
            await citizen.is_talking_to(phone)


@pytest.mark.parametrize("operation", ["channels.playWithId", "bridges.playWithId"])
async def test_what_cannot_be_said_to_a_talk_ends_no_talk(world: FakeAsteriskWorld, operation: str) -> None:
    """What Asterisk is too ill for was not heard; the two talk on, and hear the next word."""
    phone = world.phone("1001")
    async with (
        in_a_call(world) as (citizen, call),
        on_the_phone(call, phone) as leg,
        call.connect(leg) as talk,
    ):
        says = leg.say if operation.startswith("channels") else talk.say
        world.asterisk.refuses_next[operation].append(Says(500, "Allocation failed"))
        assert await says(HELLO) is Played.FAILED
        await citizen.is_talking_to(phone)
        assert await says(HELLO) is Played.WHOLE


async def _hold_and_say(call: Call) -> None:
    async with call.on_hold():
        await call.say(HELLO)


async def test_no_music_is_no_reason_to_lose_the_caller(world: FakeAsteriskWorld) -> None:
    """Asterisk has no such music: they wait in silence, and the story goes on."""
    async with in_a_call(world) as (citizen, call):
        world.asterisk.refuses_next["channels.startMoh"].extend([Says(500, "Unknown class")] * 2)
        async with call.on_hold():
            assert await call.say(HELLO) is Played.WHOLE
            await citizen.is_in_silence()


async def test_a_playback_that_cannot_be_stopped_at_first(world: FakeAsteriskWorld) -> None:
    """In its first moment a playback answers 409 to being stopped: once more, and it is silent."""
    patience = Patience(first=5.0)
    async with in_a_call(world) as (citizen, call):
        world.asterisk.refuses_next["playbacks.stop"].append(Says(409, "Playback not in a stoppable state"))
        async with meanwhile(call.ask(LONG, matcher=one_of("1"), patience=patience)) as asking:
            await citizen.hears("long")
            await citizen.presses("1")
        assert asking.result().keys == "1"
        await citizen.is_in_silence()


@pytest.mark.parametrize("status", [400, 409, 500])
async def test_an_originate_that_is_refused_is_an_end_of_the_ring(
    world: FakeAsteriskWorld, status: int
) -> None:
    """Whatever Asterisk has against it: UNREACHABLE, told to the story, no exception."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call):
        world.asterisk.refuses_next["channels.originateWithId"].append(Says(status, "no"))
        async with call.ring(Target("1001")) as leg:
            ended = (await all_of(leg))[-1]
            assert isinstance(ended, LegEnded)
            assert ended.why is Ended.UNREACHABLE
        assert phone.times_rung == 0


async def test_leaving_the_block_while_the_originate_is_still_asked(world: FakeAsteriskWorld) -> None:
    """Asterisk answers late, and would ring a phone for nobody: it is stopped as soon as it can be."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)

    async def ring(call: Call) -> None:
        async with call.ring(Target("1001")):
            pass

    async with in_a_call(world) as (_, call):
        world.asterisk.slow["channels.originateWithId"] = 0.3
        ringing = asyncio.create_task(ring(call))
        await world.asterisk.switch.bell.until(lambda: ringing.done(), 0.1)
        ringing.cancel()
        await asyncio.gather(ringing, return_exceptions=True)
        assert phone.times_rung == 0 or phone.channel.over


async def test_accepted_in_the_instant_the_caller_leaves(world: FakeAsteriskWorld) -> None:
    """The caller goes while `connect` is at work: HungUp, no bridge, and the colleague is put down."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call):
        async with call.ring(Target("1001")) as leg:
            await _take_up(phone)
            await answered(leg)
            world.asterisk.after = lambda operation: (
                world.asterisk.switch.leaves(channel_of(citizen))
                if operation == "bridges.addChannel"
                else None
            )

            async def connect() -> None:
                async with call.connect(leg):
                    await asyncio.get_running_loop().create_future()

            async with meanwhile(connect()) as connecting:
                await call.left()
                connecting.cancel()
        await phone.is_put_down()


async def _take_up(phone: Phone) -> None:
    await phone.rings()
    await phone.answers()


async def test_hanging_up_twice_over_a_slow_line(world: FakeAsteriskWorld) -> None:
    """One DELETE is enough."""
    world.asterisk.slow["channels.hangup"] = 0.1
    async with on_the_line(world) as (citizen, call):
        await asyncio.gather(call.hang_up(), call.hang_up())
        await citizen.is_put_down()
    assert len(world.asterisk.asked("channels.hangup")) == 1
