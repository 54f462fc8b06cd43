"""What a host asks for and does not get: nowhere to go, or not now."""

import pytest

from callflows.command import Command
from callflows.facts import (
    CommandAnswered,
)
from callflows.outcomes import Outcome
from callflows.talk.commands import (
    AtExtension,
    Cancel,
    Complete,
    HandOver,
    Hold,
    Leave,
    Resume,
    TakeBack,
    ThisPerson,
)
from telephony.values import Ended, Progress
from tests.fakes.memory import Behaviour
from tests.flows.conftest import Opens
from tests.flows.talking import gives, with_a_clerk
from tests.flows.town import ANNA

pytestmark = pytest.mark.looptime


@pytest.mark.parametrize(
    ("to", "prompt"),
    [
        ("1101", "handover.to_oneself"),
        ("601234567", "handover.no_such_number"),
        ("nonsense", "handover.no_such_number"),
        ("", "handover.no_such_number"),
    ],
)
async def test_a_refer_to_nowhere_is_refused(line: Opens, to: str, prompt: str) -> None:
    """To oneself, outside, or nonsense: nothing is rung, the phone and the record are told, and they talk on."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        await zofia.transfers_to(to)
        await zofia.is_told(Progress.FAILED)
        await zofia.hears(prompt)
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    refused = stage.journal.one(CommandAnswered)
    assert (refused.done, bool(refused.why)) == (False, True)
    assert stage.outcomes == [Outcome.EFFECTIVE]


async def test_two_transfers_of_one_call_at_once(line: Opens) -> None:
    """The second is refused, with a reason on record; the first goes on."""
    async with with_a_clerk(line) as (stage, citizen, _):
        anna = stage.world.phone("1001", Behaviour.TAKES_IT)
        gives(stage, citizen, HandOver, whom=AtExtension("1001"))
        gives(stage, citizen, HandOver, whom=AtExtension("1002"))
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert [fact.done for fact in stage.journal.all(CommandAnswered)] == [True, False]
    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]


async def test_a_command_that_comes_as_the_talk_ends_is_answered(line: Opens) -> None:
    """Nobody waits for an answer that never comes."""
    async with with_a_clerk(line) as (stage, citizen, _):
        citizen.call.end(Ended.HUNG_UP)
        for kind in (Hold, Hold, Resume, Hold, Leave):
            gives(stage, citizen, kind)

    assert len({fact.command for fact in stage.journal.all(CommandAnswered)}) == 5
    assert len(stage.journal.all(CommandAnswered)) == 5


async def test_only_a_consultation_is_completed(line: Opens) -> None:
    """A plain transfer is finished by whom it rings, and nobody is told otherwise."""
    async with with_a_clerk(line) as (stage, citizen, _):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA))
        await anna.rings()
        gives(stage, citizen, Complete)
        await citizen.listens(1)
        await citizen.hangs_up()

    assert [fact.done for fact in stage.journal.all(CommandAnswered)] == [True, False]


@pytest.mark.parametrize("command", [Resume, Complete, Cancel, TakeBack, Leave])
async def test_what_makes_no_sense_now_is_refused(line: Opens, command: type[Command]) -> None:
    """While they simply talk there is nothing to resume, to complete, or to call off."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        gives(stage, citizen, command)
        await citizen.listens(1)
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert not stage.journal.one(CommandAnswered).done
