"""Who leaves, and what is called off, while a transfer is under way."""

import pytest

from callflows.facts import (
    DirectNumberTold,
    LeftMeanwhile,
    PromptPlayed,
    TransferAttempted,
)
from callflows.outcomes import CallOutcome, Outcome, Way
from callflows.talk.commands import (
    Cancel,
    HandOver,
    Hold,
    How,
    Leave,
    TakeBack,
    ThisPerson,
    WhoeverIsCompetent,
)
from tests.fakes.memory import Behaviour
from tests.flows.conftest import Opens
from tests.flows.talking import gives, with_a_clerk
from tests.flows.town import ANNA, ID_CARD

pytestmark = pytest.mark.looptime


@pytest.mark.parametrize("leaves", ["rest", "hangs-up", "at-once"])
async def test_a_clerk_leaves_at_once_and_it_works(line: Opens, leaves: str) -> None:
    """A blonde transfer: the line finishes it, and the clerk is free meanwhile."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        how = How.LEAVE if leaves == "at-once" else How.STAY
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=how)
        await anna.rings()
        if leaves == "rest":
            gives(stage, citizen, Leave)
        elif leaves == "hangs-up":
            await zofia.hangs_up()
        await zofia.is_put_down()
        await anna.answers()
        await anna.hears("whisper.keys")
        await anna.presses("1")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await anna.hangs_up()
        await citizen.is_put_down()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]
    assert len(stage.journal.all(LeftMeanwhile)) == 1


async def test_a_clerk_who_left_is_rung_again_when_it_fails(line: Opens) -> None:
    """The caller comes back to the same clerk; both hear why."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        stage.world.phone("1001", Behaviour.GIVES_UP, after=5)
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=How.LEAVE)
        await zofia.is_put_down()
        await citizen.hears("announce.person.anna")
        await zofia.answers()
        await zofia.hears("recall")
        await citizen.hears("number.48447327705")
        await citizen.is_talking_to(zofia)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.NO_ANSWER, Outcome.EFFECTIVE]
    assert [fact.way for fact in stage.journal.all(TransferAttempted)] == [
        Way.QUEUE,
        Way.HANDED_OVER,
        Way.RECALL,
    ]


async def test_a_clerk_who_has_gone_leaves_the_number_to_the_line(line: Opens) -> None:
    """Logged off meanwhile: the line gives reason and number, and offers a callback."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        stage.world.phone("1001", Behaviour.GIVES_UP, after=5)
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=How.LEAVE)
        await zofia.is_put_down()
        await (await zofia.dials("*12")).is_put_down()
        await citizen.hears("reason.no_answer")
        await citizen.hears("number.48447327705")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert stage.instead[-1] == "callback"
    assert stage.ended is CallOutcome.CALLBACK


async def test_taken_back_while_it_rings(line: Opens) -> None:
    """The colleague's phone stops, and the two talk again; nobody is told a number that nobody wants."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA))
        await anna.rings()
        await zofia.presses("*0")
        await anna.stops_ringing()
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.CANCELLED]
    assert stage.journal.all(DirectNumberTold) == []


async def test_called_off_and_another_one_tried(line: Opens) -> None:
    """The caller stays on hold while the clerk thinks again."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna, piotr = stage.world.phone("1001"), stage.world.phone("1002", Behaviour.TAKES_IT)
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA))
        await anna.rings()
        gives(stage, citizen, Cancel)
        await anna.stops_ringing()
        await citizen.is_on_hold()
        await zofia.presses("*21002#")
        await citizen.is_talking_to(piotr)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.CANCELLED, Outcome.EFFECTIVE]


async def test_accepted_in_the_instant_it_is_called_off(line: Opens) -> None:
    """Whichever comes first counts, and everybody ends with somebody."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA))
        await anna.answers()
        await anna.hears("whisper.keys")
        anna.leg.press("1")
        gives(stage, citizen, TakeBack)
        await citizen.is_talking_to(zofia)
        await anna.is_put_down()
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.CANCELLED]


@pytest.mark.parametrize("moment", ["announce", "ring", "whisper", "consult", "hold", "recall"])
async def test_the_caller_leaves_at_each_step_of_a_clerks_transfer(line: Opens, moment: str) -> None:
    """Every phone is free within a moment, and the clerk with it."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        how = {"consult": How.CONSULT, "recall": How.LEAVE}.get(moment, How.STAY)
        if moment == "hold":
            gives(stage, citizen, Hold)
            await citizen.is_on_hold()
        else:
            gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=how)
            if moment == "announce":
                await citizen.hears("announce.person.anna")
            else:
                await anna.rings()
        if moment in ("whisper", "consult"):
            await anna.answers()
            await anna.hears("whisper" if moment == "whisper" else "consulted")
        if moment == "recall":
            await anna.declines()
            await zofia.rings()
        await citizen.hangs_up()
        await zofia.is_put_down()
        stage.world.assert_no_ghost_legs()

    assert stage.outcomes[-1] in (Outcome.CALLER_LEFT, Outcome.EFFECTIVE)


async def test_called_off_among_several_nobody_else_is_promised(line: Opens) -> None:
    """A search through a unit that is called off ends there: the caller is not told of a next one."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=WhoeverIsCompetent(ID_CARD))
        await anna.rings()
        gives(stage, citizen, TakeBack)
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.CANCELLED]
    said = [name for fact in stage.journal.all(PromptPlayed) for name in fact.prompts]
    assert not [name for name in said if name.startswith("next.")]


async def test_who_leaves_between_two_tries_left_none_that_is_over(line: Opens) -> None:
    """While the caller is told of the next one, the try before has its outcome already."""
    async with with_a_clerk(line) as (stage, citizen, _):
        piotr = stage.world.phone("1002")
        stage.world.phone("1001", Behaviour.BUSY)
        gives(stage, citizen, HandOver, whom=WhoeverIsCompetent(ID_CARD))
        await citizen.hears("next.busy")
        gives(stage, citizen, Leave)
        await piotr.answers()
        await piotr.hears("whisper.keys")
        await piotr.presses("1")
        await citizen.is_talking_to(piotr)
        await citizen.listens(3)
        await citizen.hangs_up()

    tried = [fact.attempt for fact in stage.journal.all(TransferAttempted)]
    assert stage.journal.one(LeftMeanwhile).attempt == tried[-1]
