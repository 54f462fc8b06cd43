"""What random plays have found, or would find once in a million: each mended, and held here by a play of its own."""

import pytest

from callflows.facts import CallEnded, HoldBegan, HoldEnded
from callflows.outcomes import Outcome
from tests.fakes.memory import Behaviour
from tests.flows.clerks import clerk, staffed
from tests.flows.conftest import Opens

pytestmark = pytest.mark.looptime


@pytest.mark.parametrize("then", ["the clerk hands over", "the caller leaves", "the clerk puts down"])
async def test_a_hold_by_the_phones_own_key_ends_with_the_talk(line: Opens, then: str) -> None:
    """Whatever it turns into: on record every hold has its end."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        anna = stage.world.phone("1001", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.listens(4)
        await zofia.holds()
        await citizen.is_on_hold()
        await citizen.listens(5)
        match then:
            case "the clerk hands over":
                await zofia.transfers_to("1001")
                await citizen.is_talking_to(anna)
            case "the clerk puts down":
                await zofia.hangs_up()
                await citizen.hears("reason.not_proven")
                await citizen.hears("number.48447321890")
        await citizen.hangs_up()

    assert len(stage.journal.all(HoldBegan)) == 1
    assert stage.journal.one(HoldEnded).seconds == pytest.approx(5, abs=0.5)
    waits_for = stage.journal.one(CallEnded).waiting_for
    assert (waits_for == "hold") == (then == "the caller leaves")


async def test_a_colleague_who_puts_down_in_the_instant_in_which_the_transfer_is_proven(line: Opens) -> None:
    """The attempt has its outcome and hears no more: the talk hears of it, and the caller is not left in silence."""
    async with line() as stage:
        anna = stage.world.phone("1001", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="1")
        await citizen.is_talking_to(anna)
        await citizen.listens(2)  # the proof's last look is in this very instant
        await anna.hangs_up()
        await citizen.is_put_down()

    assert stage.outcomes == [Outcome.EFFECTIVE]


async def test_a_clerk_who_puts_down_while_both_are_told_of_a_failure(line: Opens) -> None:
    """The caller does not know yet why, nor the number: the line tells it, and offers a callback."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        stage.world.phone("1001", Behaviour.BUSY)
        citizen = await stage.caller(presses="0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.listens(4)
        await zofia.presses("*21001#")
        await citizen.hears("came_back.busy")
        await zofia.hangs_up()
        await citizen.hears("reason.busy")
        await citizen.hears_all_of("number.48447327705")
        await citizen.hears("back.callback")
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.BUSY]


async def test_a_clerk_who_puts_down_when_both_were_told(line: Opens) -> None:
    """Then the talk was theirs again, and that is how a talk ends."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        stage.world.phone("1001", Behaviour.BUSY)
        citizen = await stage.caller(presses="0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.listens(4)
        await zofia.presses("*21001#")
        await citizen.hears_all_of("number.48447327705")
        await citizen.listens(1)
        await zofia.hangs_up()
        await citizen.is_put_down()

    assert "reason.busy" not in citizen.prompts
