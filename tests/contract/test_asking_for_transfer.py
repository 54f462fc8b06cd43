"""`TransferAsked` and `Leg.report`: a phone's own transfer key moves nothing by itself, and is answered by us."""

import pytest

from telephony.values import Ended, KeyPressed, Progress, TransferAsked
from tests.contract.parts import ends, in_a_call, next_of, on_the_phone, open_line
from tests.contract.world import World


async def test_asking_for_a_blind_transfer_moves_nothing(world: World) -> None:
    """The story is told whom the party dialled; the two go on talking."""
    phone, colleague = world.phone("1001"), world.phone("1002")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg, call.connect(leg):
        await citizen.is_talking_to(phone)
        await phone.transfers_to("1002")
        assert await next_of(leg) == TransferAsked("1002")
        await citizen.is_talking_to(phone)
        assert colleague.times_rung == 0


@pytest.mark.parametrize("to", ["1001", "999", "0048700123456", "sekretariat"])
async def test_whatever_was_dialled_is_told(world: World, to: str) -> None:
    """The phone itself, numbers that nobody may be sent to, nonsense: to judge that is the story's business."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg, call.connect(leg):
        await citizen.is_talking_to(phone)
        await phone.transfers_to(to)
        assert await next_of(leg) == TransferAsked(to)


async def test_the_phone_is_told_how_it_goes(world: World) -> None:
    """It rings, it worked; now the phone may put down by itself, and if it does not, we do."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg:
        async with call.connect(leg):
            await phone.transfers_to("1002")
            assert await next_of(leg) == TransferAsked("1002")
            await leg.report(Progress.RINGING)
            await citizen.is_talking_to(phone)
            await leg.report(Progress.ANSWERED)
            await phone.is_told(Progress.ANSWERED)
        await leg.stop()
        await phone.is_put_down()
        assert await ends(leg) in (Ended.HUNG_UP, Ended.STOPPED)


async def test_the_phone_is_told_that_it_failed(world: World) -> None:
    """The party still has the caller."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg, call.connect(leg):
        await phone.transfers_to("1002")
        assert await next_of(leg) == TransferAsked("1002")
        await leg.report(Progress.RINGING)
        await leg.report(Progress.FAILED)
        await phone.is_told(Progress.FAILED)
        await citizen.is_talking_to(phone)


async def test_who_was_told_that_it_failed_may_ask_again(world: World) -> None:
    """Each asking is told once, whatever Asterisk echoes of our reports."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), on_the_phone(call, phone) as leg, call.connect(leg):
        for to in ("1002", "1003", "1003"):
            await phone.transfers_to(to)
            assert await next_of(leg) == TransferAsked(to)
            await leg.report(Progress.RINGING)
            await leg.report(Progress.FAILED)
            await phone.is_told(Progress.FAILED)
        await phone.presses("5")
        assert await next_of(leg) == KeyPressed("5")


async def test_a_phone_that_asked_and_puts_down(world: World) -> None:
    """Nothing but its end is told; a report is then no error."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), on_the_phone(call, phone) as leg, call.connect(leg):
        await phone.transfers_to("1002")
        assert await next_of(leg) == TransferAsked("1002")
        await phone.hangs_up()
        assert await ends(leg) is Ended.HUNG_UP
        await leg.report(Progress.RINGING)
        await leg.report(Progress.ANSWERED)


async def test_a_report_to_a_phone_that_asked_for_nothing(world: World) -> None:
    """Of no effect, and no error."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg, call.connect(leg):
        for progress in Progress:
            await leg.report(progress)
        await citizen.is_talking_to(phone)
        await phone.presses("5")
        assert await next_of(leg) == KeyPressed("5")


async def test_asking_to_hand_the_caller_to_whom_was_consulted(world: World) -> None:
    """The story is told the leg of the party in the phone's second call, as that call knows it."""
    phone, colleague = world.phone("1001"), world.phone("1002")
    citizen = world.citizen()
    async with open_line(world) as arrives:
        await citizen.dials()
        call = await arrives()
        await call.answer()
        async with on_the_phone(call, phone) as leg, call.connect(leg):
            await phone.holds()
            await next_of(leg)
            calling = await phone.dials("1002")
            second = await arrives()
            await second.answer()
            async with on_the_phone(second, colleague) as other, second.connect(other):
                await calling.is_talking_to(colleague)
                await phone.transfers_to_consulted(calling)
                assert await next_of(leg) == TransferAsked("1002", other.id)
                await leg.report(Progress.FAILED)
                await phone.is_told(Progress.FAILED)
                await calling.is_talking_to(colleague)
                await calling.hangs_up()
                await second.left()
            await phone.resumes()
            await citizen.is_talking_to(phone)


async def test_a_second_call_in_which_nobody_is_yet(world: World) -> None:
    """There is nobody to be taken over: it is a blind transfer to the number that was dialled."""
    phone = world.phone("1001")
    citizen = world.citizen()
    async with open_line(world) as arrives:
        await citizen.dials()
        call = await arrives()
        await call.answer()
        async with on_the_phone(call, phone) as leg, call.connect(leg):
            calling = await phone.dials("1002")
            second = await arrives()
            await second.answer()
            await calling.is_answered()
            await phone.transfers_to_consulted(calling)
            assert await next_of(leg) == TransferAsked("1002")


async def test_a_phone_that_calls_hands_nobody_over(world: World) -> None:
    """Only whom the line has rung has a caller of ours: a phone's own call is not its to give away, and goes on."""
    phone, colleague, third = world.phone("1001"), world.phone("1002"), world.phone("1003")
    async with open_line(world) as arrives:
        calling = await phone.dials("1002")
        call = await arrives()
        await call.answer()
        async with on_the_phone(call, colleague) as leg, call.connect(leg):
            await calling.is_talking_to(colleague)
            await calling.transfers_to("1003")
            await calling.is_told(Progress.FAILED)
            await calling.is_talking_to(colleague)
            assert third.times_rung == 0
