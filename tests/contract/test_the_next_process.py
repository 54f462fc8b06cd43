"""Our ARI line takes over from a process before it, over the fake Asterisk: what only it can show on the dot.

What every world keeps is in `test_left_behind`; `tests/asterisk` kills a real process on a real Asterisk.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest

from telephony.call import Call
from telephony.errors import LineTaken
from telephony.values import Arrival, Ended, LegEnded, Progress, Settled
from tests.contract.handing_over import referred
from tests.contract.leaving import in_the_music, left_in
from tests.contract.parts import HELLO, LIMIT, ends, open_line
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.behaviour import Behaviour


@pytest.fixture
async def world() -> AsyncIterator[FakeAsteriskWorld]:
    """A fake Asterisk and the lines on it."""
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


async def test_one_who_was_taken_over_belongs_to_the_new_call(world: FakeAsteriskWorld) -> None:
    """Whom a phone has handed over by its own key is left behind by the caller's call, not by the phone's."""
    clerk, colleague = (world.phone(number, Behaviour.SAYS_NOTHING) for number in ("1001", "1002"))
    citizen = world.citizen()
    async with world.process(referred) as process:
        await citizen.dials()
        await citizen.is_talking_to(clerk)
        calling = await clerk.dials("1002")
        await calling.is_talking_to(colleague)
        await clerk.transfers_to_consulted(calling)
        await citizen.is_talking_to(colleague)
        await clerk.is_put_down()
        await citizen.listens(0.1)
        await process.dies()
    async with open_line(world) as arrives:
        call = await arrives()
        async with call.take_over(call.left_behind[0]) as leg, call.connect(leg):
            await citizen.is_talking_to(colleague)
            await colleague.hangs_up()
            assert await ends(leg) is Ended.HUNG_UP


async def test_a_phone_that_has_asked_the_dead_process_for_a_transfer(world: FakeAsteriskWorld) -> None:
    """It is told that this failed, and may ask again: it does not wait for ever."""
    async with left_in("talk", world) as (citizen, phone):
        await phone.transfers_to("1003")
        async with open_line(world) as arrives:
            await arrives()
            await citizen.is_talking_to(phone)
            await phone.is_told(Progress.FAILED)


async def test_asterisk_restarts_in_the_gap(world: FakeAsteriskWorld) -> None:
    """Nobody is on the line, and Asterisk says that it runs since later than before."""
    told: asyncio.Queue[Settled] = asyncio.Queue()
    async with left_in("talk", world):
        async with world.process(in_the_music, told.put_nowait):
            before = await told.get()
        await world.pbx_restarts()
        async with open_line(world, told.put_nowait):
            after = await told.get()
    assert before.pbx_since is not None
    assert after.pbx_since is not None
    assert after.pbx_since > before.pbx_since
    assert (len(before.calls), len(after.calls)) == (1, 0)


async def test_a_leg_that_ends_before_it_is_taken_over(world: FakeAsteriskWorld) -> None:
    """Between the settling and the taking over: it is heard all the same, and there is nobody to take over."""
    async with left_in("talk", world) as (_, phone), open_line(world) as arrives:
        call = await arrives()
        (left,) = call.left_behind
        await phone.hangs_up()
        async with call.take_over(left) as leg:
            event = await leg.next()
            assert isinstance(event, LegEnded)


async def test_a_caller_who_leaves_while_the_line_looks_around(world: FakeAsteriskWorld) -> None:
    """Listed, and gone before the story begins: HungUp, and no ghost."""
    citizen = world.citizen()
    async with world.process(in_the_music) as process:
        await citizen.dials()
        await citizen.is_on_hold()
        await process.dies()

    def looks(operation: str) -> None:
        if operation == "bridges.list":
            world.asterisk.switch.leaves(citizen.channel)

    world.asterisk.after = looks
    async with world.serves(in_the_music):
        await citizen.listens(0.1)
