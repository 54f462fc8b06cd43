"""A clerk's transfer: told to whom, effective or back to the same clerk with reason and number (bylaw §6.4)."""

import pytest

from callflows.facts import (
    CommandAnswered,
    DirectNumberTold,
    TalkEnded,
    TransferAttempted,
)
from callflows.outcomes import CallOutcome, Outcome, Way
from callflows.talk.commands import (
    HandOver,
    WhoeverIsCompetent,
)
from telephony.values import Progress
from tests.fakes.memory import Behaviour
from tests.flows.conftest import Opens
from tests.flows.talking import WAYS, Ask, by_transfer_key, gives, with_a_clerk
from tests.flows.town import ID_CARD

pytestmark = pytest.mark.looptime


@pytest.mark.parametrize("ask", WAYS)
async def test_each_way_of_asking_is_the_same_verified_transfer(line: Opens, ask: Ask) -> None:
    """Announced, rung, whispered with the clerk's name, taken, introduced, proven; and the clerk is free."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        await ask(stage, citizen, zofia)
        await citizen.hears_all_of("announce.person.anna")
        await anna.answers()
        await anna.hears("whisper")
        by = await anna.hears("whisper.by")
        await anna.hears("whisper.keys")
        await anna.presses("1")
        await citizen.hears("introduction.person.anna")
        await citizen.is_talking_to(anna)
        await zofia.is_put_down()
        await citizen.listens(3)
        await citizen.hangs_up()

    assert "Zofia Umowna" in by
    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]
    queue, handed = stage.journal.all(TransferAttempted)
    assert (queue.way, handed.way, handed.by) == (Way.QUEUE, Way.HANDED_OVER, "zofia")
    assert [fact.by for fact in stage.journal.all(TalkEnded)] == ["handed_over", "caller"]
    assert stage.ended is CallOutcome.TRANSFERRED
    assert [fact.done for fact in stage.journal.all(CommandAnswered)] == [True]


@pytest.mark.parametrize("ask", WAYS[:4])
@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (Behaviour.NEVER_ANSWERS, Outcome.NO_ANSWER),
        (Behaviour.BUSY, Outcome.BUSY),
        (Behaviour.DECLINES_BY_KEY, Outcome.DECLINED),
        (Behaviour.VOICEMAIL, Outcome.NOT_ACCEPTED),
        (Behaviour.NOT_REGISTERED, Outcome.UNREACHABLE),
    ],
)
async def test_a_transfer_that_fails_comes_back_to_the_same_clerk(
    line: Opens, ask: Ask, behaviour: Behaviour, outcome: Outcome
) -> None:
    """Both hear why, and the direct number; then they go on talking."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        stage.world.phone("1001", behaviour)
        await ask(stage, citizen, zofia)
        await citizen.hears("announce.person.anna")
        number = await citizen.hears_all_of("number.48447327705")
        await zofia.hears("number.48447327705")
        await citizen.is_talking_to(zofia)
        await citizen.listens(3)
        await zofia.hangs_up()
        await citizen.is_put_down()

    assert "siedem, siedem; zero, pięć" in number.text
    assert stage.outcomes == [Outcome.EFFECTIVE, outcome]
    assert stage.instead == ["back"]
    assert stage.journal.one(DirectNumberTold).whole
    assert stage.ended is CallOutcome.SERVED
    if ask is by_transfer_key:
        assert zofia.told_progress[-1] is Progress.FAILED


async def test_a_colleague_passes_the_call_on_by_the_same_means(line: Opens) -> None:
    """Anna hands over to Piotr, who does not answer: back to Anna."""
    async with with_a_clerk(line) as (stage, citizen, _):
        anna = stage.world.phone("1001", Behaviour.TAKES_IT)
        stage.world.phone("1002", Behaviour.NEVER_ANSWERS)
        gives(stage, citizen, HandOver, whom=WhoeverIsCompetent(ID_CARD))
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await anna.presses("*21002#")
        await citizen.hears("announce.person.piotr")
        await citizen.hears("number.48447327706")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE, Outcome.NO_ANSWER]
    assert stage.journal.all(TransferAttempted)[-1].by == "anna"


async def test_a_clerk_has_served_a_caller_whom_a_transfer_then_left_in_silence(line: Opens) -> None:
    """The attempt is not proven, and the call is served: they had talked with the clerk."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        stage.world.phone("1001", Behaviour.ONE_WAY_AUDIO)
        await zofia.presses("*21001#")
        await citizen.hears("silence")
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.NOT_PROVEN]
    assert stage.ended is CallOutcome.SERVED
