"""Our ARI line takes over from a process before it, over the fake Asterisk: nobody on the line is orphaned.

`tests/asterisk/test_line.py` does it on a real Asterisk, where the first process is killed.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest

from telephony.call import Call
from telephony.errors import LineTaken
from telephony.values import Arrival, PhoneAnswered, Target
from tests.contract.handing_over import consulting, referred
from tests.contract.parts import HELLO, LIMIT
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.behaviour import Behaviour


@pytest.fixture
async def world() -> AsyncIterator[FakeAsteriskWorld]:
    """A fake Asterisk and the first line on it."""
    async with FakeAsteriskWorld.opened() as opened:
        yield opened


async def test_a_second_process_takes_the_line_and_the_callers_over(world: FakeAsteriskWorld) -> None:
    """LineTaken for the first; its caller is RESUMED by the second, under the same id."""
    resumed: asyncio.Future[Call] = asyncio.get_running_loop().create_future()
    known: list[str] = []

    async def first(call: Call) -> None:
        known.append(call.id)
        await call.answer()
        await call.left()

    async def second(call: Call) -> None:
        resumed.set_result(call)
        await call.say(HELLO)

    citizen = world.citizen()
    serving = asyncio.create_task(world.line.serve(first))
    await world.becomes_ready()
    await citizen.dials()
    await citizen.is_answered()
    next_one = FakeAsteriskWorld(world.asterisk)
    async with next_one.serves(second), asyncio.timeout(LIMIT):
        with pytest.raises(LineTaken):
            await serving
        call = await resumed
        assert (call.arrival, call.id) == (Arrival.RESUMED, known[0])
        await citizen.hears("hello")
        await citizen.is_put_down()


async def test_two_who_talk_are_adopted_by_the_next_process(world: FakeAsteriskWorld) -> None:
    """The first goes without parting them; the second puts the one down whom the other has left."""
    phone = world.phone("1001")

    async def first(call: Call) -> None:
        await call.answer()
        async with call.ring(Target("1001")) as leg:
            while await leg.next() != PhoneAnswered():
                pass
            async with call.connect(leg):
                await call.left()

    async def second(call: Call) -> None:
        raise AssertionError("nobody needs a story")

    citizen = world.citizen()
    serving = asyncio.create_task(world.line.serve(first))
    await world.becomes_ready()
    await citizen.dials()
    await phone.answers()
    await citizen.is_talking_to(phone)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await citizen.is_talking_to(phone)

    next_one = FakeAsteriskWorld(world.asterisk)
    async with next_one.serves(second):
        await citizen.is_talking_to(phone)
        await citizen.hangs_up()
        await phone.is_put_down()


async def test_a_caller_whom_two_consult_about_is_resumed(world: FakeAsteriskWorld) -> None:
    """The second process has the caller back in its own story; the two who talked without them are put down."""
    clerk, colleague = (world.phone(number, Behaviour.SAYS_NOTHING) for number in ("1001", "1002"))
    resumed: asyncio.Future[Call] = asyncio.get_running_loop().create_future()

    async def second(call: Call) -> None:
        resumed.set_result(call)
        await call.say(HELLO)

    citizen = world.citizen()
    serving = asyncio.create_task(world.line.serve(consulting))
    await world.becomes_ready()
    await citizen.dials()
    await clerk.is_talking_to(colleague)
    await citizen.listens(0.1)  # until the line, too, knows that it has connected them
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await clerk.is_talking_to(colleague)

    next_one = FakeAsteriskWorld(world.asterisk)
    async with next_one.serves(second), asyncio.timeout(LIMIT):
        assert (await resumed).arrival is Arrival.RESUMED
        await citizen.hears("hello")
        await clerk.is_put_down()
        await colleague.is_put_down()


async def test_one_who_was_taken_over_goes_on_talking(world: FakeAsteriskWorld) -> None:
    """The second process adopts the caller and the colleague from another call like any two who talk."""
    clerk, colleague = (world.phone(number, Behaviour.SAYS_NOTHING) for number in ("1001", "1002"))

    async def second(call: Call) -> None:
        raise AssertionError("nobody needs a story")

    citizen = world.citizen()
    serving = asyncio.create_task(world.line.serve(referred))
    await world.becomes_ready()
    await citizen.dials()
    await citizen.is_talking_to(clerk)
    calling = await clerk.dials("1002")
    await calling.is_talking_to(colleague)
    await clerk.transfers_to_consulted(calling)
    await citizen.is_talking_to(colleague)
    await clerk.is_put_down()
    await calling.hangs_up()
    await citizen.listens(0.1)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    next_one = FakeAsteriskWorld(world.asterisk)
    async with next_one.serves(second):
        await citizen.is_talking_to(colleague)
        await colleague.hangs_up()
        await citizen.is_put_down()
