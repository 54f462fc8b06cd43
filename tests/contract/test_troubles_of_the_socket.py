"""Our ARI line when the event socket breaks, each way it can break, over the fake Asterisk.

`tests/asterisk/test_line.py` does the gross ones on a real Asterisk; here every one, and on the dot.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from telephony.ari.line import AriLine
from telephony.call import Call
from telephony.errors import WrongPassword
from telephony.values import Ended, LegEnded, PhoneRings, Played, Target
from tests.contract.parts import (
    HELLO,
    LIMIT,
    SHORT,
    all_of,
    answered,
    in_a_call,
    meanwhile,
    next_of,
    open_line,
    raises_hung_up,
)
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.asterisk.parts import Says
from tests.fakes.behaviour import Behaviour


@pytest.fixture
async def world() -> AsyncIterator[FakeAsteriskWorld]:
    """A fake Asterisk and a line that pings often."""
    async with FakeAsteriskWorld.opened(heartbeat=0.2) as opened:
        yield opened


async def _cut(world: FakeAsteriskWorld) -> None:
    world.asterisk.switch.sockets.cut()


async def _closed(world: FakeAsteriskWorld) -> None:
    await world.asterisk.switch.sockets.close_cleanly()


async def _silent(world: FakeAsteriskWorld) -> None:
    world.asterisk.switch.sockets.fall_silent()


async def _no_json(world: FakeAsteriskWorld) -> None:
    world.asterisk.switch.sockets.send_text("this is no JSON")


async def _no_event(world: FakeAsteriskWorld) -> None:
    world.asterisk.switch.sockets.send_text('{"no": "type"}')


async def _is_mended(world: FakeAsteriskWorld, connections: int) -> None:
    """Wait until the line has connected once more and is ready."""
    sockets = world.asterisk.switch.sockets
    async with asyncio.timeout(LIMIT):
        await world.asterisk.switch.bell.until(lambda: sockets.connections > connections)
    await world.becomes_ready()


@pytest.mark.parametrize("breaks", [_cut, _closed, _silent, _no_json, _no_event])
async def test_a_broken_socket_is_mended_and_the_call_goes_on(
    world: FakeAsteriskWorld, breaks: Callable[[FakeAsteriskWorld], Awaitable[None]]
) -> None:
    """Reset, closed with a goodbye, gone silent, or talking nonsense: the line connects again."""
    async with in_a_call(world) as (citizen, call):
        connections = world.asterisk.switch.sockets.connections
        await breaks(world)
        await _is_mended(world, connections)
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")


@pytest.mark.parametrize("text", ['{"type": "Unheard"}', '{"type": "StasisStart"}'])
async def test_an_event_that_makes_no_sense_is_left_alone(world: FakeAsteriskWorld, text: str) -> None:
    """An unknown type, or one without what it needs, does no harm, not even to the connection."""
    async with in_a_call(world) as (citizen, call):
        connections = world.asterisk.switch.sockets.connections
        world.asterisk.switch.sockets.send_text(text)
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")
        assert world.asterisk.switch.sockets.connections == connections
        assert world.line.ready


async def test_a_hang_up_that_nobody_told_us_is_found_out(world: FakeAsteriskWorld) -> None:
    """The caller leaves while the socket is away: reconciling tells the waiting verb."""
    async with in_a_call(world) as (citizen, call), call.on_hold(), meanwhile(call.say(HELLO)) as saying:
        await citizen.hears("hello")
        await world.asterisk.stop()
        await citizen.hangs_up()
        await world.asterisk.start()
        assert await raises_hung_up(saying)
        assert call.ended is Ended.HUNG_UP


async def test_a_sentence_whose_end_nobody_told_us_ends_all_the_same(world: FakeAsteriskWorld) -> None:
    """PlaybackFinished is lost with the socket: `say` does not wait for ever."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.say(SHORT)) as saying:
            await citizen.hears("short")
            await world.asterisk.stop()
            await citizen.is_in_silence()
            await world.asterisk.start()
        assert saying.result() in (Played.WHOLE, Played.FAILED)
        assert await call.say(HELLO) is Played.WHOLE


async def test_a_phone_that_is_answered_while_the_socket_is_away(world: FakeAsteriskWorld) -> None:
    """Asterisk puts such a phone down itself; the story is told that the leg is gone."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await phone.rings()
        assert await next_of(leg) == PhoneRings()
        await world.asterisk.stop()
        await phone.answers()
        await phone.is_put_down()
        await world.asterisk.start()
        assert isinstance((await all_of(leg))[-1], LegEnded)


async def test_a_talk_outlives_the_socket(world: FakeAsteriskWorld) -> None:
    """Two who talk do not notice; and the end of their talk is heard after it."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), call.ring(Target("1001")) as leg:
        await phone.answers()
        await answered(leg)
        async with call.connect(leg) as talk:
            connections = world.asterisk.switch.sockets.connections
            world.asterisk.switch.sockets.cut()
            await citizen.is_talking_to(phone)
            await _is_mended(world, connections)
            assert (await talk.audio()).from_colleague >= 0
            await phone.hangs_up()
            assert (await all_of(leg))[-1] == LegEnded(Ended.HUNG_UP)


@pytest.mark.parametrize("in_order", [False, True], ids=["crash", "in order"])
async def test_asterisk_restarts(world: FakeAsteriskWorld, in_order: bool) -> None:
    """Its calls and legs are gone, told as such; the line is ready again by itself."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await phone.rings()
        if in_order:
            world.asterisk.switch.stops()
            await call.left()
        await world.asterisk.restart()
        ended = (await all_of(leg))[-1]
        assert isinstance(ended, LegEnded)
        assert ended.why is Ended.PBX_RESTARTED
        await call.left()
        assert call.ended is Ended.PBX_RESTARTED
        await world.becomes_ready()


async def test_nobody_goes_on_with_a_call_of_an_asterisk_that_stops(world: FakeAsteriskWorld) -> None:
    """The phone is put down a moment before its caller: no story takes that for the colleague's own doing."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await phone.answers()
        await answered(leg)
        async with call.connect(leg):
            world.asterisk.switch.stops_with(phone.channel)
            assert (await all_of(leg))[-1] == LegEnded(Ended.PBX_RESTARTED)
            assert call.ended is Ended.PBX_RESTARTED
        world.asterisk.switch.stops()
        await world.asterisk.restart()
        await world.becomes_ready()


async def test_who_calls_the_new_asterisk_at_once_is_not_lost_with_the_calls_of_the_old_one(
    world: FakeAsteriskWorld,
) -> None:
    """Their call begins while the line still finds out that Asterisk has restarted."""
    first, late = world.citizen(), world.citizen(number="+48600000002")
    sockets = world.asterisk.switch.sockets
    async with open_line(world) as arrives:
        await first.dials()
        of_before = await arrives()
        await of_before.answer()
        connections = sockets.connections
        world.asterisk.slow["asterisk.getInfo"] = 0.3
        await world.asterisk.restart()
        async with asyncio.timeout(LIMIT):
            await world.asterisk.switch.bell.until(lambda: sockets.connections > connections)
        await late.dials()
        begun = await arrives()
        await of_before.left()
        await world.becomes_ready()
        assert (of_before.ended, begun.ended) == (Ended.PBX_RESTARTED, None)


async def test_a_call_that_comes_while_we_are_away_is_not_ours(world: FakeAsteriskWorld) -> None:
    """Stasis fails, the dialplan looks after it; nothing of it reaches a story later."""
    late = world.citizen(number="+48600000002")
    async with in_a_call(world):
        await world.asterisk.stop()
        await late.dials()
        await late.is_sent_elsewhere()
        await world.asterisk.start()
        await world.becomes_ready()
        assert world.line.statistics.calls == 1


async def test_a_wrong_password_ends_the_serving(world: FakeAsteriskWorld) -> None:
    """Waiting would not help."""
    world.asterisk.password = "another"

    async def story(call: Call) -> None:
        raise AssertionError("no call can come")

    async with asyncio.timeout(LIMIT):
        with pytest.raises(WrongPassword):
            await world.line.serve(story)


async def test_a_line_may_wait_for_an_asterisk_that_comes_later(world: FakeAsteriskWorld) -> None:
    """Not ready, and patient."""
    await world.asterisk.stop()

    async def story(call: Call) -> None:
        await call.answer()
        await call.say(HELLO)

    citizen = world.citizen()
    serving = asyncio.create_task(AriLine.serve(world.line, story))
    assert not world.line.ready
    await world.asterisk.start()
    await world.becomes_ready()
    await citizen.dials()
    await citizen.hears("hello")
    await citizen.is_put_down()
    await world.comes_to_rest()
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


async def test_an_asterisk_that_does_not_know_its_application_yet_is_asked_again(
    world: FakeAsteriskWorld,
) -> None:
    """It opens the socket a moment before: nothing is reconnected for that."""
    refuses = world.asterisk.refuses_next["applications.filter"]
    refuses.extend([Says(404, "Application not found")] * 3)

    async def story(call: Call) -> None:
        raise AssertionError("no call can come")

    async with world.serves(story):
        assert world.line.statistics.connects == 1
        assert [asked.status for asked in world.asterisk.asked("applications.filter")] == [404, 404, 404, 200]
