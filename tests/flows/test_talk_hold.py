"""Hold: by a screen, by keys, by the phone's own key."""

import pytest

from callflows.facts import (
    CommandAnswered,
    HoldBegan,
    HoldEnded,
)
from callflows.outcomes import Outcome
from callflows.talk.commands import (
    Hold,
    Resume,
    TakeBack,
)
from telephony.values import Progress
from tests.fakes.memory import Behaviour
from tests.flows.clerks import clerk, staffed
from tests.flows.conftest import Opens
from tests.flows.talking import gives, with_a_clerk

pytestmark = pytest.mark.looptime


@pytest.mark.parametrize("by", ["rest", "keys", "phone"])
async def test_hold_and_resume(line: Opens, by: str) -> None:
    """Music for the caller, and on record for how long."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        if by == "rest":
            gives(stage, citizen, Hold)
        elif by == "keys":
            await zofia.presses("*5")
        else:
            await zofia.holds()
        await citizen.is_on_hold()
        await citizen.listens(7)
        if by == "rest":
            gives(stage, citizen, Resume)
        elif by == "keys":
            await zofia.presses("*5")
        else:
            await zofia.resumes()
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.journal.one(HoldBegan).by == "zofia"
    assert stage.journal.one(HoldEnded).seconds >= 7


async def test_a_clerk_who_puts_down_while_the_caller_is_on_hold(line: Opens) -> None:
    """Nobody is left in front of music: the line takes the caller, with a number and a callback."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        gives(stage, citizen, Hold)
        await citizen.is_on_hold()
        await zofia.hangs_up()
        await citizen.hears("reason.not_proven")
        await citizen.hears("number.48447321890")
        await citizen.hears("back.callback")
        await citizen.hangs_up()


async def test_a_screen_cannot_take_back_what_the_phone_holds(line: Opens) -> None:
    """Joined with a phone on hold the caller would hear nothing: the music goes on until the phone takes the line."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        await zofia.holds()
        gives(stage, citizen, Hold)
        await citizen.listens(1)
        for take_back in (Resume, TakeBack):
            gives(stage, citizen, take_back)
        await citizen.is_on_hold()
        await zofia.resumes()
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert [fact.done for fact in stage.journal.all(CommandAnswered)] == [True, False, False]


async def test_back_to_a_phone_on_hold_waits_for_it(line: Opens) -> None:
    """After a REFER from hold fails, the caller hears music until the clerk takes the line back; then both hear why."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        stage.world.phone("1001", Behaviour.BUSY)
        await zofia.holds()
        await zofia.transfers_to("1001")
        await citizen.hears("announce.person.anna")
        await zofia.is_told(Progress.FAILED)
        await citizen.is_on_hold()
        await citizen.listens(10)
        await zofia.resumes()
        await citizen.hears("number.48447327705")
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.BUSY]


async def test_a_phone_that_holds_before_the_talk_is_proven(line: Opens) -> None:
    """The hold counts, though it was pressed while audio was still looked for: the caller is not put down with it."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        citizen = await stage.caller(presses="0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await zofia.holds()
        await citizen.listens(60)
        await zofia.hangs_up()
        await citizen.hears("number.48447321890")
        await citizen.hangs_up()

    assert stage.journal.one(HoldBegan).by == "zofia"
