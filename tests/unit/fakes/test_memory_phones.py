"""Phones of the in-memory world that do what the contract leaves open."""

import asyncio

import pytest

from telephony.call import Call
from telephony.values import Ended, LegEnded, PhoneAnswered, PhoneRings, Progress, Target, TransferAsked
from tests.fakes.memory import MemoryWorld

pytestmark = pytest.mark.looptime


@pytest.mark.parametrize("puts_down", [True, False])
async def test_a_phone_that_is_told_of_its_transfer(puts_down: bool) -> None:
    """Most phones put down by themselves then; one that does not is put down by the story's leaving."""
    told: list[object] = []

    async def story(call: Call) -> None:
        await call.answer()
        async with call.ring(Target("1001")) as leg:
            told.extend([await leg.next(), await leg.next()])
            async with call.connect(leg):
                told.append(await leg.next())
                for progress in (Progress.RINGING, Progress.ANSWERED, Progress.FAILED):
                    await leg.report(progress)
                await asyncio.wait({asyncio.ensure_future(call.left())}, timeout=1.0)
        told.append(await leg.next())

    world = MemoryWorld()
    citizen, phone = world.citizen(), world.phone("1001")
    phone.puts_down_when_told = puts_down
    async with world.serves(story):
        await citizen.dials()
        await phone.answers()
        await citizen.is_talking_to(phone)
        await phone.transfers_to("1002")
        await phone.is_told(Progress.ANSWERED)
        await phone.is_put_down()
        await citizen.is_put_down()
    assert phone.told_progress == [Progress.RINGING, Progress.ANSWERED]
    how = LegEnded(Ended.HUNG_UP if puts_down else Ended.STOPPED)
    assert told == [PhoneRings(), PhoneAnswered(), TransferAsked("1002"), how]


async def test_a_phone_that_holds_hears_nothing_and_sends_nothing() -> None:
    """Its microphone stops, and what is said over the talk reaches the other alone."""
    flows: list[int] = []

    async def story(call: Call) -> None:
        await call.answer()
        async with call.ring(Target("1001")) as leg:
            while await leg.next() != PhoneAnswered():
                pass
            async with call.connect(leg) as talk:
                await call.left()
                flows.append((await talk.audio()).from_colleague)

    world = MemoryWorld()
    citizen, phone = world.citizen(), world.phone("1001")
    async with world.serves(story):
        await citizen.dials()
        await phone.answers()
        await citizen.is_talking_to(phone)
        await citizen.listens(1.0)
        await phone.holds()
        await citizen.is_on_hold()
        await citizen.listens(5.0)
        await phone.resumes()
        await citizen.listens(1.0)
        await citizen.hangs_up()
    assert flows == [100]
