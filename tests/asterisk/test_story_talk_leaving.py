"""Whoever leaves, at whatever moment of a clerk's transfer: the others are brought together, and no leg is left."""

import asyncio

import pytest

from callflows.outcomes import CallOutcome, Outcome, Way
from tests.fakes.behaviour import Behaviour
from tests.office.desk import SOON, hear_each_other, hears_music, open_desk, quick, with_a_clerk
from tests.office.fixtures import OpensOffice

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.mark.parametrize("moment", ["announce", "whisper", "introduction", "ring-to-consult", "consult"])
async def test_the_clerk_leaves_while_somebody_is_reached(opens_office: OpensOffice, moment: str) -> None:
    """The line finishes what the clerk began: the caller is with Anna, and never before she has taken them."""
    proof = 2.5 if moment == "consult" else SOON  # of a consultation so young that nobody can have talked
    async with with_a_clerk(opens_office, proof=proof) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        how = "consult" if moment in ("ring-to-consult", "consult") else "stay"
        await desk.screen.orders(f"{desk.call}/transfer", extension="1001", how=how)
        if moment == "announce":
            await citizen.begins_to_hear("announce.person.anna")
        else:
            await anna.rings()
        if moment in ("announce", "ring-to-consult"):
            await zofia.hangs_up()
        await anna.answers()
        if moment == "consult":
            await zofia.hangs_up()
        await anna.hears("whisper")
        if moment == "whisper":
            await zofia.hangs_up()
        await anna.presses("1")
        if moment == "introduction":
            await zofia.hangs_up()
        await citizen.hears("introduction.person.anna")
        await hear_each_other(citizen, anna)
        await desk.proven(2)
        await citizen.hangs_up()
        await anna.is_free()
        story = await desk.office.story()

    _, handed = story.transfers
    assert handed.outcome is Outcome.EFFECTIVE
    assert handed.left_meanwhile is not None
    assert citizen.prompts.count("announce.person.anna") == 1


async def test_the_clerk_leaves_while_they_are_introduced(opens_office: OpensOffice) -> None:
    """They never talked: the caller keeps their place, and is brought to the same clerk after the wrap-up."""
    async with open_desk(opens_office(quick())) as desk:
        zofia = await desk.on_duty("1101")
        citizen = await desk.waits()
        await zofia.answers()
        await citizen.begins_to_hear("introduction.person.zofia")
        await zofia.hangs_up()
        await zofia.until(lambda: zofia.times_rung == 2, "to be rung again")
        await hears_music(citizen, not_of=zofia)
        await zofia.answers()
        await hear_each_other(citizen, zofia)
        await desk.proven(1)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers] == [Outcome.NOT_PROVEN, Outcome.EFFECTIVE]
    assert story.call.outcome is CallOutcome.SERVED


async def test_the_clerk_leaves_a_caller_on_hold(opens_office: OpensOffice) -> None:
    """Nobody is left in front of music: the line takes the caller, with the number and a callback."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await zofia.presses("*5")
        await hears_music(citizen, not_of=zofia)
        await zofia.hangs_up()
        await citizen.hears("reason.not_proven")
        await citizen.hears("number.48447321890")
        await citizen.hears("back.callback")
        await citizen.hangs_up()
        await desk.office.story()


async def test_the_clerk_leaves_while_both_hear_why_it_failed(opens_office: OpensOffice) -> None:
    """That ends the talk, as putting down does; that the number was told is on record."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await desk.phone("1001", Behaviour.BUSY)
        await zofia.presses("*21001#")
        await citizen.begins_to_hear("came_back.busy")
        await zofia.hangs_up()
        await citizen.is_put_down()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers] == [Outcome.EFFECTIVE, Outcome.BUSY]
    assert story.call.outcome is CallOutcome.SERVED


@pytest.mark.parametrize("moment", ["announce", "ring", "whisper", "consult", "hold", "recall"])
async def test_the_caller_leaves(opens_office: OpensOffice, moment: str) -> None:
    """Every phone is free within a moment, and so is the clerk."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        if moment == "hold":
            await zofia.holds()
            await hears_music(citizen, not_of=zofia)
        else:
            how = {"consult": "consult", "recall": "leave"}.get(moment, "stay")
            await desk.screen.orders(f"{desk.call}/transfer", extension="1001", how=how)
        if moment == "announce":
            await citizen.begins_to_hear("announce.person.anna")
        elif moment != "hold":
            await anna.rings()
        if moment in ("whisper", "consult"):
            await anna.answers()
            assert anna.ear is not None
            await anna.ear.begins_to_hear("whisper" if moment == "whisper" else "consulted")
        if moment == "recall":
            anna.refuses("486")
            await zofia.until(lambda: zofia.times_rung == 2, "to be rung again")
        await citizen.hangs_up()
        await zofia.is_free()
        await anna.is_free()
        story = await desk.office.story()

    last = story.transfers[-1]
    expected = Outcome.EFFECTIVE if moment == "hold" else Outcome.CALLER_LEFT
    assert (last.outcome, last.way is Way.RECALL) == (expected, moment == "recall")


@pytest.mark.parametrize("who", ["caller-and-clerk", "caller-and-colleague", "clerk-and-colleague", "all"])
async def test_they_hang_up_in_one_instant(opens_office: OpensOffice, who: str) -> None:
    """Two in a talk, or two of three in a consultation: whoever is left has somebody, or the line."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        if who != "caller-and-clerk":
            await zofia.presses("*31001#")
            await anna.answers()
            await hear_each_other(zofia, anna)
        match who:
            case "caller-and-clerk":
                await asyncio.gather(citizen.hangs_up(), zofia.hangs_up())
            case "caller-and-colleague":
                await asyncio.gather(citizen.hangs_up(), anna.hangs_up())
            case "all":
                await asyncio.gather(zofia.hangs_up(), anna.hangs_up(), citizen.hangs_up())
            case _:
                await asyncio.gather(zofia.hangs_up(), anna.hangs_up())
                if zofia.times_rung == 1:
                    await citizen.ear.until(
                        lambda: zofia.ringing or bool(citizen.prompts), "to be with somebody"
                    )
        await zofia.until(lambda: zofia.ringing or not zofia.is_busy, "to be free, or rung again")
        if zofia.ringing:
            await zofia.answers()
            await hear_each_other(citizen, zofia)
        if who == "clerk-and-colleague":
            await citizen.hangs_up()
        story = await desk.office.story()

    assert all(attempt.outcome for attempt in story.transfers)
