"""A clerk's transfer: told to whom, effective or back to the same clerk with reason and number (bylaw §6.4)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from callflows.facts import (
    CommandAnswered,
    ConsultBegan,
    ConsultEnded,
    DirectNumberTold,
    HoldBegan,
    HoldEnded,
    LeftMeanwhile,
    PromptPlayed,
    TalkEnded,
    TransferAttempted,
)
from callflows.outcomes import CallOutcome, Outcome, Way
from callflows.talk.commands import (
    AtExtension,
    Cancel,
    Command,
    Complete,
    HandOver,
    Hold,
    How,
    Leave,
    Resume,
    TakeBack,
    ThisPerson,
    WhoeverIsCompetent,
    new_command,
)
from telephony.values import Ended, Progress
from tests.fakes.memory import Behaviour
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.phone import MemoryPhone
from tests.flows.clerks import on_duty, staffed
from tests.flows.conftest import Opens, Stage
from tests.flows.town import ANNA, ID_CARD

pytestmark = pytest.mark.looptime

Together = tuple[Stage, MemoryCitizen, MemoryPhone]


@asynccontextmanager
async def with_a_clerk(line: Opens, **policy: float) -> AsyncIterator[Together]:
    """A citizen who talks to Zofia, proven."""
    async with line(staffed(**policy)) as stage:
        zofia = stage.world.phone("1101")
        await on_duty(stage, zofia)
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.presses("0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.listens(3)
        yield stage, citizen, zofia


def gives(stage: Stage, citizen: MemoryCitizen, kind: Callable[..., Command], **more: object) -> None:
    """A screen gives a command about this caller."""
    command = kind(id=new_command(), by="screen", **more)
    assert stage.house.switchboard.give(citizen.call.id, command), "nobody has this caller"


Ask = Callable[[Stage, MemoryCitizen, MemoryPhone], Awaitable[None]]


async def _by_rest(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    gives(stage, citizen, HandOver, whom=AtExtension("1001"))


async def _by_keys(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    await zofia.presses("*21001#")


async def _by_keys_and_a_pause(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    await zofia.presses("*21001")


async def _by_transfer_key(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    await zofia.transfers_to("1001")


async def _by_transfer_key_from_hold(stage: Stage, citizen: MemoryCitizen, zofia: MemoryPhone) -> None:
    await zofia.holds()
    await zofia.transfers_to("1001")


WAYS = [
    pytest.param(_by_rest, id="rest"),
    pytest.param(_by_keys, id="keys"),
    pytest.param(_by_keys_and_a_pause, id="keys-and-a-pause"),
    pytest.param(_by_transfer_key, id="refer"),
    pytest.param(_by_transfer_key_from_hold, id="refer-from-hold"),
]


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
    if ask is _by_transfer_key:
        assert zofia.told_progress[-1] is Progress.FAILED


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
        await citizen.hears("announce.person.anna")
        await anna.answers()
        await anna.hears("whisper.keys")
        await anna.presses("1")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]


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
