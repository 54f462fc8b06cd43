"""What the next process finds: Asterisk keeps callers, talks and music when ours dies or is stopped.

In all worlds the first process is taken off the network with everything it might still want to say, or is
stopped without draining; `tests/chaos` kills the whole service.
"""

import asyncio

import pytest

from telephony.call import Call, Leg
from telephony.values import (
    Arrival,
    Ended,
    KeyPressed,
    LegId,
    PhoneHolds,
    PhoneResumes,
    Played,
    Progress,
    Settled,
    Target,
    TransferAsked,
)
from tests.contract.leaving import Goes, consulting, dies, left_in, stops, talking
from tests.contract.parts import (
    HELLO,
    WHISPER,
    answered,
    ends,
    flows,
    next_of,
    on_the_phone,
    open_line,
)
from tests.contract.world import Citizen, Phone, World

each_way = pytest.mark.parametrize("goes", [dies, stops])


async def connected(world: World, call: Call, leg: Leg, citizen: Citizen, phone: Phone) -> None:
    """They hear each other on, in the very bridge in which they were; leaving parts them."""
    before = await world.talks()
    assert len(before) == 1
    async with call.connect(leg) as talk:
        assert await world.talks() == before
        await citizen.is_talking_to(phone)
        await flows(talk, caller=1, colleague=1)
    await citizen.is_parted()


@pytest.mark.parametrize("state", ["menu", "music"])
async def test_a_caller_without_a_colleague(world: World, state: str) -> None:
    """The same call again, as RESUMED: the caller hears us at once, and no music under it."""
    async with left_in(state, world) as (citizen, _), open_line(world) as arrives:
        call = await arrives()
        assert (call.arrival, call.left_behind) == (Arrival.RESUMED, ())
        assert (call.caller.number, call.dialled, call.ended) == ("+48601234567", "447327600", None)
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears(HELLO.name)
        await citizen.is_in_silence()
        async with call.on_hold():
            await citizen.is_on_hold()


@each_way
async def test_a_phone_that_rings(world: World, goes: Goes) -> None:
    """It stops: nobody would be there if it were answered. Another ring begins as ever."""
    async with left_in("ringing", world, goes) as (citizen, phone), open_line(world) as arrives:
        call = await arrives()
        assert call.left_behind == ()
        await phone.is_put_down()
        async with on_the_phone(call, phone) as leg, call.connect(leg):
            await citizen.is_talking_to(phone)


@each_way
async def test_two_who_talk(world: World, goes: Goes) -> None:
    """They hear each other all the time; the leg can be taken over, and connecting it moves nobody."""
    async with left_in("talk", world, goes) as (citizen, phone):
        await citizen.is_talking_to(phone)
        async with open_line(world) as arrives:
            call = await arrives()
            await citizen.is_talking_to(phone)
            (left,) = call.left_behind
            async with call.take_over(left) as leg:
                assert leg.id == left
                await connected(world, call, leg, citizen, phone)
                await phone.is_in_silence()
            await phone.is_put_down()
            assert await ends(leg) is Ended.STOPPED


async def test_what_the_party_does_is_heard_again(world: World) -> None:
    """Keys, the hold key, the transfer key, and the end."""
    async with left_in("talk", world) as (citizen, phone), open_line(world) as arrives:
        call = await arrives()
        async with call.take_over(call.left_behind[0]) as leg, call.connect(leg):
            await phone.presses("5")
            assert await next_of(leg) == KeyPressed("5")
            await phone.holds()
            assert await next_of(leg) == PhoneHolds()
            await phone.resumes()
            assert await next_of(leg) == PhoneResumes()
            await phone.transfers_to("1003")
            assert await next_of(leg) == TransferAsked("1003")
            await leg.report(Progress.FAILED)
            await phone.is_told(Progress.FAILED)
            await citizen.is_talking_to(phone)
            await phone.hangs_up()
            assert await ends(leg) is Ended.HUNG_UP


async def test_the_caller_leaves_the_talk(world: World) -> None:
    """`left` returns, and the leg ends with its block."""
    async with left_in("talk", world) as (citizen, phone), open_line(world) as arrives:
        call = await arrives()
        async with call.take_over(call.left_behind[0]) as leg, call.connect(leg):
            await citizen.hangs_up()
            await call.left()
            assert call.ended is Ended.HUNG_UP
        await phone.is_put_down()


async def test_nobody_takes_the_leg_over(world: World) -> None:
    """It is whispered to no more and stays where it is; when the caller leaves, it ends."""
    async with left_in("talk", world) as (citizen, phone), open_line(world) as arrives:
        call = await arrives()
        before = await world.talks()
        assert await call.say(HELLO) is Played.WHOLE
        assert await world.talks() == before
        await citizen.hangs_up()
        await phone.is_put_down()


async def test_the_line_ends_a_call_whose_leg_nobody_takes_over(world: World) -> None:
    """The leg ends with the call."""
    async with left_in("talk", world) as (citizen, phone), open_line(world) as arrives:
        await (await arrives()).hang_up()
        await citizen.is_put_down()
        await phone.is_put_down()


@each_way
async def test_a_caller_on_hold(world: World, goes: Goes) -> None:
    """The host's leg is alone, and can be whispered to; connecting brings the two together."""
    async with left_in("hold", world, goes) as (citizen, phone), open_line(world) as arrives:
        call = await arrives()
        (left,) = call.left_behind
        assert await world.talks() == set()
        async with call.on_hold(), call.take_over(left) as leg:
            await citizen.is_on_hold()
            assert await leg.say(WHISPER) is Played.WHOLE
            await phone.hears(WHISPER.name)
            async with call.connect(leg):
                await citizen.is_talking_to(phone)
            await citizen.is_on_hold()


@each_way
async def test_a_consultation(world: World, goes: Goes) -> None:
    """Two talk without the caller: `consult` keeps them in their bridge, and one of them can be connected."""
    citizen, clerk, colleague = world.citizen(), world.phone("1001"), world.phone("1002")
    legs: list[LegId] = []
    async with world.process(consulting(legs)) as process:
        await citizen.dials()
        for phone in (clerk, colleague):
            await phone.rings()
            await phone.answers()
        await clerk.is_talking_to(colleague)
        await citizen.listens(0.1)
        await goes(process)
    async with open_line(world) as arrives:
        call = await arrives()
        one, other = legs
        assert sorted(call.left_behind) == sorted(legs)
        before = await world.talks()
        async with call.on_hold(), call.take_over(one) as host, call.take_over(other) as asked:
            async with call.consult(host, asked):
                assert await world.talks() == before
                await clerk.is_talking_to(colleague)
                await clerk.presses("4")
                assert await next_of(host) == KeyPressed("4")
            async with call.connect(asked):
                await citizen.is_talking_to(colleague)


async def test_a_colleague_who_has_left_in_the_gap(world: World) -> None:
    """The caller is alone, with no leg left; an id of it is like any that nobody has."""
    async with left_in("talk", world) as (citizen, phone):
        await phone.hangs_up()
        async with open_line(world) as arrives:
            call = await arrives()
            assert call.left_behind == ()
            async with call.take_over(LegId("leg-of-before")) as leg:
                assert await ends(leg) is Ended.UNREACHABLE
            assert await call.say(HELLO) is Played.WHOLE
            await citizen.hears(HELLO.name)


@pytest.mark.parametrize("state", ["ringing", "talk", "hold"])
async def test_a_caller_who_has_left_in_the_gap(world: World, state: str) -> None:
    """No story is told; whatever phone there was is put down."""
    async with left_in(state, world) as (citizen, phone):
        await citizen.hangs_up()
        settled: asyncio.Queue[Settled] = asyncio.Queue()
        async with open_line(world, settled.put_nowait):
            await phone.is_put_down()
            assert (await settled.get()).calls == frozenset()


async def test_a_call_that_a_phone_has_made(world: World) -> None:
    """It comes back as that phone's, with the colleague's leg."""
    clerk, colleague = world.phone("1001"), world.phone("1002")
    async with world.process(talking) as process:
        calling = await clerk.dials("1002")
        await colleague.rings()
        await colleague.answers()
        await calling.is_talking_to(colleague)
        await calling.listens(0.1)
        await process.dies()
    async with open_line(world) as arrives:
        call = await arrives()
        assert (call.phone, call.dialled, call.arrival) == ("1001", "1002", Arrival.RESUMED)
        async with call.take_over(call.left_behind[0]) as leg, call.connect(leg):
            await calling.is_talking_to(colleague)
            await calling.hangs_up()
            await call.left()


async def test_what_is_settled_is_told_before_the_stories(world: World) -> None:
    """Whose calls are on the line, and since when Asterisk runs; a call keeps its id."""
    known: list[str] = []
    told: list[Settled | str] = []

    async def first(call: Call) -> None:
        known.append(call.id)
        await call.answer()
        await call.left()

    async def second(call: Call) -> None:
        told.append(call.id)
        await call.say(HELLO)

    citizen = world.citizen()
    async with world.process(first) as process:
        await citizen.dials()
        await citizen.is_answered()
        await process.dies()
    async with world.serves(second, told.append):
        await citizen.hears(HELLO.name)
        await citizen.is_put_down()
    settled, *calls = told
    assert isinstance(settled, Settled)
    assert settled.calls == frozenset(known)
    assert calls == known
    assert settled.pbx_since is not None
    assert settled.pbx_since.tzinfo is not None


async def test_a_process_after_the_next_one(world: World) -> None:
    """Whom one process has taken over, the next takes over in turn."""

    async def second(call: Call) -> None:
        async with call.take_over(call.left_behind[0]) as leg, call.connect(leg):
            await call.left()

    async with left_in("talk", world) as (citizen, phone):
        async with world.process(second) as process:
            await citizen.is_talking_to(phone)
            await citizen.listens(0.1)
            await process.dies()
        async with open_line(world) as arrives:
            call = await arrives()
            async with call.take_over(call.left_behind[0]) as leg:
                await connected(world, call, leg, citizen, phone)


async def test_a_new_ring_beside_one_left_behind(world: World) -> None:
    """The resumed call can do all that a new one can."""
    third = world.phone("1003")
    async with left_in("talk", world) as (citizen, phone), open_line(world) as arrives:
        call = await arrives()
        async with call.take_over(call.left_behind[0]) as host, call.on_hold():
            async with call.ring(Target("1003")) as asked:
                await third.rings()
                await third.answers()
                await answered(asked)
                async with call.consult(host, asked):
                    await phone.is_talking_to(third)
            await citizen.is_on_hold()
