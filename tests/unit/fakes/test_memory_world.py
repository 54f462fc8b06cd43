"""The in-memory world itself: what it shows to the tests that use it."""

import asyncio

import pytest

from telephony.call import Call
from telephony.digits import Match, Patience, one_of
from telephony.errors import HungUp
from telephony.values import (
    Ended,
    KeyPressed,
    LegEnded,
    PhoneAnswered,
    PhoneRings,
    Played,
    PromptName,
    Target,
    Words,
)
from tests.fakes.memory import Behaviour, Heard, MemoryWorld

pytestmark = pytest.mark.looptime

HELLO = Words(PromptName("hello"), "Dzień dobry, tu urząd.")
MENU = Words(PromptName("menu"), "Naciśnij jeden.")
WHISPER = Words(PromptName("whisper"), "Łączę rozmowę w sprawie podatku.")


async def test_a_whole_call_with_a_transfer() -> None:
    """Greeting, key, ring, whisper, accept, talk, hang-up: everybody hears what they should."""
    told: list[object] = []

    async def story(call: Call) -> None:
        await call.answer()
        assert await call.say(HELLO) is Played.WHOLE
        typed = await call.ask(MENU, matcher=one_of("12"), patience=Patience())
        assert (typed.keys, typed.match, typed.heard) == ("1", Match.COMPLETE, Played.CUT)
        async with call.on_hold(), call.ring(Target("1001")) as leg:
            while (event := await leg.next()) != PhoneAnswered():
                told.append(event)
            whisper = asyncio.create_task(leg.say(WHISPER))
            told.append(await leg.next())
            async with call.connect(leg) as talk:
                told.append(await whisper)
                await call.left()
                told.append(await talk.audio())

    world = MemoryWorld()
    citizen = world.citizen()
    colleague = world.phone("1001", Behaviour.TAKES_IT, after=3.0)
    async with world.serves(story):
        await citizen.dials()
        await citizen.hears("menu")
        await citizen.presses("1")
        await citizen.is_on_hold()
        await colleague.hears("whisper")
        await citizen.is_talking_to(colleague)
        assert not citizen.hears_music
        await citizen.listens(2.0)
        await citizen.hangs_up()
    assert told[:3] == [PhoneRings(), KeyPressed("1"), Played.CUT]
    flow = told[3]
    assert str(flow) == "AudioFlow(from_caller=100, from_colleague=100)"
    assert citizen.heard == [
        Heard("hello", HELLO.text, Played.WHOLE),
        Heard("menu", MENU.text, Played.CUT),
    ]
    assert colleague.prompts == ["whisper"]
    assert colleague.shown_number == "+48601234567"


async def test_the_world_tells_what_is_left_over() -> None:
    """A story that forgets a task is found out."""
    started: list[asyncio.Task[None]] = []

    async def story(call: Call) -> None:
        started.append(asyncio.create_task(call.left(), name="forgotten"))
        await call.answer()

    world = MemoryWorld()
    citizen = world.citizen()

    async def forget() -> None:
        started.append(asyncio.create_task(asyncio.Event().wait(), name="forgotten"))  # type: ignore[arg-type]

    async with world.serves(story):
        await citizen.dials()
        await citizen.is_put_down()
    await forget()
    with pytest.raises(AssertionError, match="forgotten"):
        world.assert_at_rest()
    started[-1].cancel()


async def test_a_story_that_fails_is_told_and_the_next_call_is_served(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A story's own mistake ends its call, is kept in `failures`, and harms nobody else."""

    async def story(call: Call) -> None:
        await call.answer()
        if call.dialled == "666":
            raise KeyError("oops")
        await call.say(HELLO)

    world = MemoryWorld()
    unlucky, lucky = world.citizen(dialled="666"), world.citizen()
    async with world.serves(story):
        await unlucky.dials()
        await unlucky.is_put_down()
        await lucky.dials()
        await lucky.is_put_down()
        with pytest.raises(AssertionError, match="oops"):
            world.assert_at_rest()
        assert [str(error) for error in world.take_failures()] == ["'oops'"]
    assert lucky.prompts == ["hello"]


async def test_a_wait_in_vain_fails_with_what_was_heard() -> None:
    """An actor that waits for what never comes says what came instead."""

    async def story(call: Call) -> None:
        await call.answer()
        await call.say(HELLO)

    world = MemoryWorld()
    citizen = world.citizen()
    async with world.serves(story):
        await citizen.dials()
        with pytest.raises(AssertionError, match=r"line is dead; heard: hello \(whole\)"):
            await citizen.hears("menu")


async def test_pbx_restart_ends_everything() -> None:
    """Legs and calls end as PBX_RESTARTED."""
    told: list[object] = []

    async def story(call: Call) -> None:
        await call.answer()
        async with call.ring(Target("1001")) as leg:
            assert await leg.next() == PhoneRings()
            told.append(await leg.next())
            await call.left()
            told.append(call.ended)
            with pytest.raises(HungUp):
                await call.say(HELLO)

    world = MemoryWorld()
    citizen = world.citizen()
    phone = world.phone("1001")
    async with world.serves(story):
        await citizen.dials()
        await phone.rings()
        world.pbx_restarts()
    assert told == [LegEnded(Ended.PBX_RESTARTED), Ended.PBX_RESTARTED]
