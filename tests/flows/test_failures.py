"""Our own mistakes: the caller hears an apology and is promised a callback; nobody else notices."""

from dataclasses import replace

import pytest

from callflows.facts import CallEnded, StoryFailed
from callflows.outcomes import CallOutcome
from telephony.values import NumberShown
from tests.fakes.memory import Behaviour
from tests.flows.conftest import Opens
from tests.flows.town import DEL, TOWN

pytestmark = pytest.mark.looptime

BROKEN = replace(TOWN, units={id_: unit for id_, unit in TOWN.units.items() if id_ != DEL})
"""A hall whose matters name a unit that is not there: the story of such a matter raises KeyError."""


async def test_a_story_that_fails_apologises_and_promises(line: Opens) -> None:
    """The number is known, so a callback is promised without asking."""
    async with line(BROKEN) as stage:
        citizen = stage.world.citizen(number="+48601234567")
        await citizen.dials()
        await citizen.presses("1")
        await citizen.hears("apology")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert stage.journal.one(StoryFailed).error == "KeyError"
    assert [wish.number for wish in stage.house.promises.wishes] == ["+48601234567"]


async def test_without_a_number_the_caller_gets_ours(line: Opens) -> None:
    """A withheld number cannot be called back."""
    async with line(BROKEN) as stage:
        citizen = stage.world.citizen(shown=NumberShown.WITHHELD)
        await citizen.dials()
        await citizen.presses("1")
        await citizen.hears("apology")
        await citizen.hears("number.48447321890")
        await citizen.is_put_down()

    assert stage.ended is CallOutcome.FAILED


async def test_another_call_does_not_notice(line: Opens) -> None:
    """One story fails while another talks."""
    async with line(BROKEN) as stage:
        ewa = stage.world.phone("1003", Behaviour.SAYS_NOTHING)
        talker, unlucky = stage.world.citizen(), stage.world.citizen(number="+48602222222")
        await talker.dials()
        await talker.presses("2")
        await talker.is_talking_to(ewa)
        await unlucky.dials()
        await unlucky.presses("1")
        await unlucky.hears("apology")
        await unlucky.is_put_down()
        await talker.hangs_up()

    outcomes = [fact.outcome for fact in stage.journal.all(CallEnded)]
    assert sorted(o.value for o in outcomes) == ["callback", "transferred"]


async def test_a_missing_prompt_does_not_end_the_call(line: Opens) -> None:
    """A file is gone from the disk: on record as failed, and the call goes on."""
    async with line() as stage:
        stage.world.loses_prompt("privacy")
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("menu.intro")
        await citizen.hangs_up()
