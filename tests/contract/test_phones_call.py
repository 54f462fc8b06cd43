"""`Call.phone` and `Call.ringing`: our own registered phones call, too."""

import asyncio

import pytest

from telephony.errors import HungUp
from telephony.values import Ended, HangUpCause, LegEnded, Target
from tests.contract.parts import HELLO, all_of, ends, in_a_call, next_of, on_the_line, on_the_phone, open_line
from tests.contract.world import World


async def test_a_citizen_calls_from_no_phone_of_ours(world: World) -> None:
    """`phone` is empty, whatever number they show."""
    async with on_the_line(world, number="1001") as (_, call):
        assert call.phone == ""


async def test_a_phone_of_ours_calls(world: World) -> None:
    """The line knows which one, by its own name, and what it has dialled."""
    phone = world.phone("1001")
    async with open_line(world) as arrives:
        calling = await phone.dials("*11")
        call = await arrives()
        assert (call.phone, call.dialled, call.caller.number) == ("1001", "*11", "1001")
        await call.answer()
        await calling.is_answered()
        await call.say(HELLO)
        await calling.hears("hello")


async def test_a_phone_of_ours_hears_that_it_rings(world: World) -> None:
    """`ringing` is a 180 before the answer; afterwards it is no error, and of no effect."""
    phone = world.phone("1001")
    async with open_line(world) as arrives:
        calling = await phone.dials("1002")
        call = await arrives()
        await call.ringing()
        await calling.hears_ringing()
        await call.ringing()
        await call.answer()
        await calling.is_answered()
        await call.ringing()
        await call.say(HELLO)
        await calling.hears("hello")


async def test_ringing_for_a_caller_who_has_left(world: World) -> None:
    """HungUp, as from every verb."""
    async with on_the_line(world) as (citizen, call):
        await call.ringing()
        await citizen.hangs_up()
        await call.left()
        with pytest.raises(HungUp):
            await call.ringing()


async def test_a_phone_of_ours_is_refused(world: World) -> None:
    """A call that is ended before it was answered was refused."""
    phone = world.phone("1001")
    async with open_line(world) as arrives:
        calling = await phone.dials("7777")
        call = await arrives()
        await call.hang_up(HangUpCause.CONGESTION)
        await calling.is_refused()
        assert call.ended is Ended.STOPPED


async def test_a_phone_of_ours_puts_down(world: World) -> None:
    """As any caller."""
    phone = world.phone("1001")
    async with open_line(world) as arrives:
        calling = await phone.dials("1002")
        call = await arrives()
        await call.answer()
        await calling.is_answered()
        await calling.hangs_up()
        await call.left()
        assert call.ended is Ended.HUNG_UP


async def test_two_phones_of_ours_talk(world: World) -> None:
    """An internal call: one phone calls, the line rings the other and connects the two."""
    phone, colleague = world.phone("1001"), world.phone("1002")
    async with open_line(world) as arrives:
        calling = await phone.dials("1002")
        call = await arrives()
        await call.ringing()
        async with on_the_phone(call, colleague) as leg:
            assert colleague.shown_number == "1001"
            await call.answer()
            async with call.connect(leg):
                await calling.is_talking_to(colleague)
                await colleague.hangs_up()
                assert await ends(leg) is Ended.HUNG_UP


async def test_a_phone_that_talks_may_call(world: World) -> None:
    """A second call, while the first one is on hold at the phone, is a call like any other."""
    phone, colleague = world.phone("1001"), world.phone("1002")
    citizen = world.citizen()
    async with open_line(world) as arrives:
        await citizen.dials()
        call = await arrives()
        await call.answer()
        async with on_the_phone(call, phone) as leg, call.connect(leg):
            await citizen.is_talking_to(phone)
            await phone.holds()
            await citizen.is_on_hold()
            calling = await phone.dials("1002")
            second = await arrives()
            assert second.phone == "1001"
            await second.answer()
            async with on_the_phone(second, colleague) as other, second.connect(other):
                await calling.is_talking_to(colleague)
                await calling.hangs_up()
                await second.left()
            await phone.resumes()
            await citizen.is_talking_to(phone)


async def test_a_phone_that_unregisters_goes_on_talking(world: World) -> None:
    """Its present talk is not touched; whoever rings it from then on is told that it cannot be reached."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg:
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
            await phone.unregisters()
            async with call.ring(Target("1001")) as second:
                ended = (await all_of(second))[-1]
                assert isinstance(ended, LegEnded)
                assert ended.why is Ended.UNREACHABLE
            await citizen.is_talking_to(phone)
        listening = asyncio.ensure_future(next_of(leg))
        await phone.hangs_up()
        assert isinstance(await listening, LegEnded)
