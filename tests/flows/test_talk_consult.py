"""A consultation: asked first, then handed over or not."""

import pytest

from callflows.facts import (
    ConsultBegan,
    ConsultEnded,
    DirectNumberTold,
    TransferAttempted,
)
from callflows.outcomes import Outcome, Way
from callflows.talk.commands import (
    Cancel,
    HandOver,
    How,
    Leave,
    TakeBack,
    ThisPerson,
)
from telephony.values import Progress
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.phone import MemoryPhone
from tests.flows.conftest import Opens
from tests.flows.talking import gives, with_a_clerk
from tests.flows.town import ANNA

pytestmark = pytest.mark.looptime


async def talk_as_announced(citizen: MemoryCitizen, anna: MemoryPhone) -> None:
    """The caller is told of Anna, she takes the call, and the two talk until the caller puts down."""
    await citizen.hears("announce.person.anna")
    await anna.answers()
    await anna.hears("whisper.keys")
    await anna.presses("1")
    await citizen.is_talking_to(anna)
    await citizen.listens(3)
    await citizen.hangs_up()


async def test_consult_and_complete(line: Opens) -> None:
    """The clerk asks first; the caller hears music, then to whom they go, and is with Anna."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        await zofia.presses("*31001#")
        await anna.answers()
        await anna.hears("consulted")
        await zofia.is_talking_to(anna)
        await citizen.is_on_hold()
        await citizen.listens(5)
        await zofia.presses("*4")
        await citizen.hears_all_of("announce.person.anna")
        await citizen.is_talking_to(anna)
        await zofia.is_put_down()
        await citizen.listens(3)
        await anna.hangs_up()
        await citizen.is_put_down()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]
    assert stage.journal.one(ConsultBegan)
    assert stage.journal.one(ConsultEnded).by == "host"


@pytest.mark.parametrize("who", ["clerk", "colleague"])
async def test_consult_and_come_back(line: Opens, who: str) -> None:
    """Asked, and not handed over: the clerk goes on with the caller."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=How.CONSULT)
        await anna.answers()
        await zofia.is_talking_to(anna)
        if who == "clerk":
            gives(stage, citizen, TakeBack)
        else:
            await anna.hangs_up()
        await anna.is_put_down()
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.CONSULTED]
    assert stage.journal.all(DirectNumberTold) == []


async def test_a_clerk_puts_down_during_a_consultation(line: Opens) -> None:
    """That completes it, as every desk phone does."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=How.CONSULT)
        await anna.answers()
        await zofia.is_talking_to(anna)
        await citizen.listens(3)
        await zofia.hangs_up()
        await citizen.hears("announce.person.anna")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]


@pytest.mark.parametrize("key", ["1", ""])
async def test_a_clerk_puts_down_as_the_consultation_is_answered(line: Opens, key: str) -> None:
    """Nobody has talked to whoever answered: a person takes it by key, and a voicemail does not get the caller."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=How.CONSULT)
        await anna.answers()
        await zofia.is_talking_to(anna)
        await zofia.hangs_up()
        await citizen.hears("announce.person.anna")
        await anna.hears("whisper.keys")
        if key:
            await anna.presses(key)
            await citizen.is_talking_to(anna)
            await citizen.listens(3)
        else:
            await zofia.answers()
            await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.outcomes[1] is (Outcome.EFFECTIVE if key else Outcome.NOT_ACCEPTED)


async def test_a_clerk_puts_down_while_the_consultation_rings(line: Opens) -> None:
    """It becomes a transfer, and the caller is told of it now."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=How.CONSULT)
        await anna.rings()
        await zofia.hangs_up()
        await talk_as_announced(citizen, anna)

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]


@pytest.mark.parametrize("then", ["puts_down", "leaves"])
async def test_after_a_consultation_that_led_to_nothing(line: Opens, then: str) -> None:
    """The clerk has asked, called it off, and is gone: the caller hears that, and a way on."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA), how=How.CONSULT)
        await anna.answers()
        await zofia.is_talking_to(anna)
        gives(stage, citizen, Cancel)
        if then == "puts_down":
            await citizen.is_on_hold()
            await anna.is_put_down()
        else:
            gives(stage, citizen, Leave)
        await zofia.hangs_up()
        await citizen.hears("reason.cancelled")
        await citizen.hangs_up()

    assert stage.outcomes[:2] == [Outcome.EFFECTIVE, Outcome.CONSULTED]


async def test_the_phones_own_attended_transfer(line: Opens) -> None:
    """Hold, a second call to Anna, REFER with Replaces: the leg of the second call is the one that the caller gets."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        await zofia.holds()
        await citizen.is_on_hold()
        second = await zofia.dials("1001")
        await anna.answers()
        await second.is_talking_to(anna)
        await zofia.transfers_to_consulted(second)
        await citizen.hears("announce.person.anna")
        await citizen.is_talking_to(anna)
        await zofia.is_told(Progress.ANSWERED)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert anna.times_rung == 1
    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]
    assert [fact.way for fact in stage.journal.all(TransferAttempted)] == [Way.QUEUE, Way.CONSULTED]


@pytest.mark.parametrize("by", ["refer", "refer-with-replaces", "keys", "screen"])
async def test_a_colleague_whom_the_clerk_is_still_ringing(line: Opens, by: str) -> None:
    """Whoever transfers to them wants them for the caller: the second call gives way to the verified transfer."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        anna = stage.world.phone("1001")
        anna.takes_one_call = True
        second = await zofia.dials("1001")
        await second.hears_ringing()
        match by:
            case "refer":
                await zofia.transfers_to("1001")
            case "refer-with-replaces":
                await zofia.transfers_to_consulted(second)
            case "keys":
                await zofia.presses("*21001#")
            case _:
                gives(stage, citizen, HandOver, whom=ThisPerson(ANNA))
        await second.is_refused()
        await talk_as_announced(citizen, anna)

    assert anna.times_rung == 2
    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]
    assert [fact.way for fact in stage.journal.all(TransferAttempted)] == [Way.QUEUE, Way.HANDED_OVER]
