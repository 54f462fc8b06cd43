"""One whole call, ended at every single moment: by the caller, by the colleague, by cancelling, by Asterisk.

In memory a moment is a point of virtual time; at the fake Asterisk it is a request of ours, before it is
done and after. Whatever the moment: the story ends as it must, and nothing is left over anywhere (that is
what `serves` looks at). `tests/asterisk` does the same on a real Asterisk, by chance.
"""

import asyncio
from collections.abc import Callable

import pytest

from telephony.call import Call, Leg
from telephony.digits import Patience, one_of
from telephony.values import Ended, KeyPressed, PhoneAnswered, Played, Target
from tests.contract.moments import GOODBYE, cut_short, until
from tests.contract.parts import HELLO, LIMIT, QUESTION, SHORT, WHISPER
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory import MemoryCitizen, MemoryPhone, MemoryWorld

STEP, LAST = 0.05, 12.0
"""Seconds of virtual time between two moments, and the last one: the call is well over then."""

PATIENCE = Patience(first=2.0, between=1.0, overall=5.0)


async def whole_call(call: Call) -> None:
    """Everything that a story does: greet, ask, hold, ring, whisper, connect; until one of the two leaves."""
    await call.answer()
    await call.say(HELLO, SHORT)
    await call.ask(QUESTION, matcher=one_of("12"), patience=PATIENCE)
    async with call.on_hold(), call.ring(Target("1001")) as leg:
        if await until(call, leg, PhoneAnswered()):
            await _whisper_and_connect(call, leg)
    await call.say(GOODBYE)


async def _whisper_and_connect(call: Call, leg: Leg) -> None:
    whisper = asyncio.create_task(leg.say(WHISPER))
    try:
        if await until(call, leg, KeyPressed("1")):
            async with call.connect(leg) as talk:
                await talk.audio()
                await until(call, leg, None)
    finally:
        whisper.cancel()
        await asyncio.gather(whisper, return_exceptions=True)


async def _at_the_phones(world: MemoryWorld, citizen: MemoryCitizen) -> None:
    """What the citizen does if nothing happens: a key into the question, then talk for a while and leave."""
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.bell.until(lambda: citizen.hears_somebody or citizen.line_is_dead)
    await citizen.listens(1.0)
    await citizen.hangs_up()


@pytest.mark.looptime
@pytest.mark.parametrize("who", ["caller", "colleague", "pbx", "cancel"])
async def test_a_call_in_memory_may_be_ended_at_any_moment(who: str) -> None:
    """Each twentieth of a second of virtual time, from the INVITE to after the end."""
    for moment in range(int(LAST / STEP)):
        await _ended_in_memory(who, moment * STEP)


async def _ended_in_memory(who: str, moment: float) -> None:
    world, cut, after = MemoryWorld(), asyncio.Event(), list[Played]()
    citizen, phone = world.citizen(), world.phone("1001", Behaviour.TAKES_IT, after=0.5)
    ends: dict[str, Callable[[], None]] = {
        "caller": lambda: citizen.call.end(Ended.HUNG_UP),
        "colleague": lambda: _put_down(phone),
        "pbx": world.pbx_restarts,
        "cancel": cut.set,
    }
    async with world.serves(cut_short(whole_call, cut, after) if who == "cancel" else whole_call):
        await citizen.dials()
        asyncio.get_running_loop().call_later(moment, ends[who])
        acting = asyncio.create_task(_at_the_phones(world, citizen))
        await citizen.bell.until(lambda: citizen.line_is_dead, 60.0)
        acting.cancel()
        await asyncio.gather(acting, return_exceptions=True)
    assert set(after) <= {Played.WHOLE}, moment
    world.assert_no_ghost_legs()


def _put_down(phone: MemoryPhone) -> None:
    if not phone.is_free:
        phone.leg.end(Ended.HUNG_UP if phone.leg.answered else Ended.DECLINED)


@pytest.mark.parametrize(
    ("who", "when"),
    [("caller", "before"), ("caller", "after"), ("colleague", "after"), ("cancel", "before")],
)
async def test_a_call_at_the_fake_asterisk_may_be_ended_at_any_request(who: str, when: str) -> None:
    """Each request of the call in turn: as it comes in, and between its being done and its being answered."""
    requests = await _ended_at_request(who, when, 10_000)
    assert requests > 10
    for number in range(requests):
        await _ended_at_request(who, when, number)


async def _ended_at_request(who: str, when: str, number: int) -> int:
    """Play the call and end it at this request; return how many requests the line made for the call."""
    cut, after, seen = asyncio.Event(), list[Played](), list[str]()
    async with FakeAsteriskWorld.opened() as world:
        world.voice.pace, world.voice.shortest = 0.005, 0.05
        citizen, phone = world.citizen(), world.phone("1001", Behaviour.TAKES_IT, after=0.02)
        switch, network = world.asterisk.switch, world.asterisk.network

        def end_it(operation: str) -> None:
            seen.append(operation)
            if len(seen) != number + 1:
                return
            if who == "caller":
                switch.leaves(citizen.channel)
            elif who == "cancel":
                cut.set()
            elif phone.times_rung and phone.channel.up:
                network.hangs_up(phone.channel)
            elif phone.times_rung:
                network.refuses(phone.channel, 603)

        async with world.serves(cut_short(whole_call, cut, after) if who == "cancel" else whole_call):
            setattr(world.asterisk, when, end_it)
            await citizen.dials()
            async with asyncio.timeout(LIMIT):
                await switch.bell.until(lambda: "question" in citizen.prompts or citizen.line_is_dead)
                await citizen.presses("1")
                await switch.bell.until(lambda: bool(citizen.channel.talks_to) or citizen.line_is_dead)
                stayed = cut.is_set()
                if stayed:
                    await citizen.is_put_down()
                await citizen.hangs_up()
        if stayed:
            assert after == [Played.WHOLE], f"after {seen[: number + 1]} the caller was not told goodbye"
    return len(seen)
