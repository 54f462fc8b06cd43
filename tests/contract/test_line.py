"""`Line`: every call is given to the story; one call's trouble is its own."""

import asyncio

import pytest

from telephony.call import Call
from telephony.errors import HungUp
from telephony.values import Arrival, NumberShown
from tests.contract.parts import HELLO, LIMIT
from tests.contract.world import World
from tests.fakes.moments import a_packet


async def greets(call: Call) -> None:
    """The shortest story."""
    await call.answer()
    await call.say(HELLO)


async def test_the_caller_is_put_down_when_the_story_ends(world: World) -> None:
    """A story that returns ends its call."""
    citizen = world.citizen()
    async with world.serves(greets):
        await citizen.dials()
        await citizen.hears("hello")
        await citizen.is_put_down()


async def test_the_story_knows_who_calls_and_what_was_dialled(world: World) -> None:
    """Number, name, dialled number; a call that comes while we serve is NEW."""
    seen: list[Call] = []

    async def story(call: Call) -> None:
        seen.append(call)
        await greets(call)

    citizen = world.citizen(number="+48447327600", name="Łucja Żak", dialled="447327700")
    async with world.serves(story):
        await citizen.dials()
        await citizen.is_put_down()
    caller = seen[0].caller
    assert (caller.number, caller.name, caller.shown) == ("+48447327600", "Łucja Żak", NumberShown.SHOWN)
    assert (seen[0].dialled, seen[0].arrival) == ("447327700", Arrival.NEW)


async def test_two_calls_at_once_have_their_own_stories(world: World) -> None:
    """Ids differ, and nobody hears the other's words."""
    ids: set[str] = set()
    both = asyncio.Event()

    async def story(call: Call) -> None:
        await call.answer()
        ids.add(call.id)
        if len(ids) == 2:
            both.set()
        async with asyncio.timeout(LIMIT):
            await both.wait()
        await call.say(HELLO)

    one, two = world.citizen(number="+48600000001"), world.citizen(number="+48600000002")
    async with world.serves(story):
        await one.dials()
        await two.dials()
        await one.is_put_down()
        await two.is_put_down()
    await one.has_heard("hello")
    await two.has_heard("hello")


async def test_a_story_that_fails_ends_its_own_call_only(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged with the call's id, the caller is put down, and the next call is served."""
    failed: list[str] = []

    async def story(call: Call) -> None:
        await call.answer()
        if call.dialled == "447327700":
            failed.append(call.id)
            raise KeyError("a mistake of ours")
        await call.say(HELLO)

    unlucky, lucky = world.citizen(dialled="447327700"), world.citizen(number="+48600000002")
    async with world.serves(story):
        await unlucky.dials()
        await unlucky.is_put_down()
        await lucky.dials()
        await lucky.hears("hello")
        await lucky.is_put_down()
        world.take_failures()
    assert any(failed[0] in record.getMessage() and record.exc_info for record in caplog.records)


async def test_hung_up_out_of_a_story_is_no_failure(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The most ordinary end of a call: nothing is logged as an error."""
    ended: list[BaseException] = []

    async def story(call: Call) -> None:
        try:
            await call.answer()
            async with call.on_hold():
                await call.left()
            await call.say(HELLO)
        except HungUp as hung_up:
            ended.append(hung_up)
            raise

    citizen = world.citizen()
    async with world.serves(story):
        await citizen.dials()
        await citizen.is_on_hold()
        await citizen.hangs_up()
    assert len(ended) == 1
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_the_line_is_ready_while_it_is_served(world: World) -> None:
    """`ready` is what the health check asks."""
    citizen = world.citizen()
    assert not world.line.ready
    async with world.serves(greets):
        await citizen.dials()
        await citizen.is_answered()
        assert world.line.ready
        await citizen.is_put_down()
    assert not world.line.ready


async def test_a_line_that_drains_sends_new_calls_elsewhere(world: World) -> None:
    """Who is here is served to the end; who comes now gets the dialplan's own fallback."""
    release = asyncio.Event()

    async def story(call: Call) -> None:
        await call.answer()
        await release.wait()
        await call.say(HELLO)

    here, late = world.citizen(number="+48600000001"), world.citizen(number="+48600000002")
    async with world.serves(story):
        await here.dials()
        await here.is_answered()
        draining = asyncio.create_task(world.line.drain(limit=LIMIT))
        await a_packet()
        await late.dials()
        await late.is_sent_elsewhere()
        assert not draining.done()
        release.set()
        await here.hears("hello")
        await here.is_put_down()
        await draining
