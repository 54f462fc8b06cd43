"""The service is killed (-9) and starts again: everybody goes on where they were (design: "nobody is orphaned")."""

import pytest

from callflows.facts import (
    CallEnded,
    ConsultBegan,
    ConsultEnded,
    HoldBegan,
    HoldEnded,
    PartiesConnected,
    PresenceChanged,
    QueueJoined,
    QueueLeft,
    TalkEnded,
    TransferEnded,
)
from callflows.outcomes import CallOutcome, Outcome
from tests.fakes.memory import Behaviour
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.phone import MemoryPhone
from tests.flows.clerks import clerk, staffed
from tests.flows.restarts import MortalStage, mortal

pytestmark = pytest.mark.looptime


async def with_zofia(stage: MortalStage) -> tuple[MemoryCitizen, MemoryPhone]:
    """A citizen who talks to a clerk, proven."""
    zofia = await clerk(stage, "1101")
    citizen = await stage.caller(presses="0")
    await zofia.answers()
    await citizen.is_talking_to(zofia)
    await citizen.listens(3)
    return citizen, zofia


def ended(stage: MortalStage) -> list[CallEnded]:
    """The ends on record of citizens' calls."""
    return stage.journal.all(CallEnded)


async def test_in_the_menu_they_are_greeted_again_briefly() -> None:
    """And choose again; what they chose before the restart counts no more."""
    async with mortal() as stage:
        anna = stage.world.phone("1001", Behaviour.TAKES_IT)
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("menu.entry.1")
        await stage.is_killed_and_starts_again()
        await citizen.hears("resumed")
        await citizen.presses("1")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert [fact.outcome for fact in ended(stage)] == [CallOutcome.TRANSFERRED]


async def test_in_their_own_language() -> None:
    """Who chose English is not greeted in Polish."""
    async with mortal() as stage:
        citizen = await stage.caller(presses="8")
        await citizen.hears("menu.polish")
        await stage.is_killed_and_starts_again()
        resumed = await citizen.hears("resumed")
        await citizen.hangs_up()

    assert "sorry" in resumed


@pytest.mark.parametrize("who", ["citizen", "clerk"])
async def test_a_talk_goes_on_and_its_end_is_on_record(who: str) -> None:
    """Nobody notices anything; the clerk is not offered to others, and wraps up afterwards."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        await stage.is_killed_and_starts_again()
        await citizen.listens(5)
        await citizen.is_talking_to(zofia)
        other = stage.world.citizen(number="+48601999888")
        await other.dials()
        await other.presses("0")
        await other.listens(20)
        assert other.hears_music
        await (citizen if who == "citizen" else zofia).hangs_up()
        await (zofia if who == "citizen" else citizen).is_put_down()
        await other.hangs_up()

    (talk,) = stage.journal.all(TalkEnded)
    assert talk.by == ("caller" if who == "citizen" else "colleague")
    assert talk.seconds > 25
    assert stage.outcomes == [Outcome.EFFECTIVE]
    assert {fact.outcome for fact in ended(stage)} == {CallOutcome.SERVED, CallOutcome.ABANDONED}
    assert [fact.presence for fact in stage.journal.all(PresenceChanged)][-2:] != ["talking", "offered"]


async def test_a_clerk_hands_over_after_the_restart() -> None:
    """By the code on the phone, with everything that belongs to it."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        anna = stage.world.phone("1001", Behaviour.TAKES_IT)
        await stage.is_killed_and_starts_again()
        await citizen.listens(1)
        await zofia.presses("*21001#")
        await citizen.is_talking_to(anna)
        await zofia.is_put_down()
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.EFFECTIVE]
    assert [fact.by for fact in stage.journal.all(TalkEnded)] == ["handed_over", "caller"]


async def test_a_talk_that_had_just_begun_is_proved_by_the_next_process() -> None:
    """Its proof was not on record yet."""
    async with mortal() as stage:
        zofia = await clerk(stage, "1101")
        citizen = await stage.caller(presses="0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        assert not stage.journal.all(TransferEnded)
        await stage.is_killed_and_starts_again()
        await citizen.listens(4)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE]
    assert stage.journal.one(TalkEnded).by == "caller"


async def test_held_by_the_line_they_stay_so_until_the_clerk_resumes() -> None:
    """Whoever wanted not to be heard is not heard."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        await zofia.presses("*5")
        await citizen.is_on_hold()
        await stage.is_killed_and_starts_again()
        await citizen.is_on_hold()
        await citizen.listens(5)
        await zofia.presses("*5")
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert len(stage.journal.all(HoldBegan)) == len(stage.journal.all(HoldEnded)) == 2
    assert stage.journal.one(TalkEnded).by == "caller"


async def test_held_by_the_phone_its_key_takes_the_line_back() -> None:
    """It was the phone's hold, and still is."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        await zofia.holds()
        await citizen.is_on_hold()
        await stage.is_killed_and_starts_again()
        await citizen.listens(2)
        await zofia.resumes()
        await citizen.is_talking_to(zofia)
        await zofia.hangs_up()
        await citizen.is_put_down()

    assert stage.journal.one(TalkEnded).by == "colleague"


@pytest.mark.parametrize("how", ["completed", "taken back", "colleague leaves", "caller leaves"])
async def test_a_consultation_goes_on(how: str) -> None:
    """The two talk on, the caller has music, and every way out of it works."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        anna = stage.world.phone("1001")
        await zofia.presses("*31001#")
        await anna.answers()
        await zofia.is_talking_to(anna)
        await citizen.listens(5)
        await stage.is_killed_and_starts_again()
        await citizen.is_on_hold()
        await zofia.is_talking_to(anna)
        await citizen.listens(3)
        if how == "completed":
            await zofia.presses("*4")
            await citizen.is_talking_to(anna)
            await zofia.is_put_down()
            await citizen.listens(3)
        elif how == "taken back":
            await zofia.presses("*0")
            await citizen.is_talking_to(zofia)
        elif how == "colleague leaves":
            await anna.hangs_up()
            await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.journal.one(ConsultBegan)
    assert stage.journal.one(ConsultEnded).seconds > 7
    assert len(stage.outcomes) == 2


async def test_a_transfer_that_rang_gives_the_caller_back_to_the_clerk() -> None:
    """The phone stops; the two are together again, and hear that something was interrupted."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        anna = stage.world.phone("1001", Behaviour.NEVER_ANSWERS)
        await zofia.presses("*21001#")
        await anna.rings()
        await stage.is_killed_and_starts_again()
        await anna.stops_ringing()
        await citizen.is_talking_to(zofia)
        await citizen.hears("resumed")
        await citizen.listens(2)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.EFFECTIVE, Outcome.CANCELLED]


async def test_a_blonde_transfer_that_rang_is_begun_anew() -> None:
    """The clerk has gone: the line connects the caller with who is competent."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        anna = stage.world.phone("1001")
        await zofia.presses("*21001#")
        await anna.rings()
        await zofia.hangs_up()
        await citizen.listens(1)
        await stage.is_killed_and_starts_again()
        await citizen.hears("resumed")
        await anna.stops_ringing()
        await anna.answers()
        await anna.hears("whisper")
        await anna.presses("1")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()
        other = stage.world.citizen(number="+48601999888")
        await other.listens(30)
        await other.dials()
        await other.presses("0")
        await zofia.rings()
        await other.hangs_up()

    assert stage.outcomes[:3] == [Outcome.EFFECTIVE, Outcome.CANCELLED, Outcome.EFFECTIVE]


async def test_a_phone_that_rang_for_the_line_is_rung_again() -> None:
    """The caller is told so, and the matter is known."""
    async with mortal() as stage:
        anna = stage.world.phone("1001")
        citizen = await stage.caller(presses="1")
        await anna.rings()
        await stage.is_killed_and_starts_again()
        await citizen.hears("resumed")
        await citizen.hears("announce.person.anna")
        await anna.rings()
        await anna.answers()
        await anna.hears("whisper")
        await anna.presses("1")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.CANCELLED, Outcome.EFFECTIVE]


async def test_a_colleague_who_was_just_being_told_is_let_go_of_and_rung_again() -> None:
    """They had not taken the call: nobody keeps them on a silent line."""
    async with mortal() as stage:
        anna = stage.world.phone("1001")
        citizen = await stage.caller(presses="1")
        await anna.answers()
        await anna.hears("whisper")
        await stage.is_killed_and_starts_again()
        await anna.is_put_down()
        await citizen.hears("announce.person.anna")
        await anna.answers()
        await anna.hears("whisper")
        await anna.presses("1")
        await citizen.is_talking_to(anna)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.CANCELLED, Outcome.EFFECTIVE]


async def test_callers_in_the_queue_keep_their_places() -> None:
    """By the time of their arrival on the line."""
    async with mortal(staffed(wrap_up=1)) as stage:
        citizen, zofia = await with_zofia(stage)
        second, third = (stage.world.citizen(number=f"+4860100000{n}") for n in (2, 3))
        for one in (second, third):
            await one.dials()
            await one.presses("0")
            await one.is_on_hold()
        await stage.is_killed_and_starts_again()
        for one in (third, second):
            await one.hears("resumed")
        await second.listens(5)
        await citizen.hangs_up()
        await zofia.is_put_down()
        await zofia.rings()
        await zofia.answers()
        await second.is_talking_to(zofia)
        await second.listens(3)
        await third.hangs_up()
        await second.hangs_up()

    assert [fact.position for fact in stage.journal.all(QueueJoined)][:1] == [1]
    whys = [fact.why for fact in stage.journal.all(QueueLeft)]
    assert sorted(whys) == ["broken_off", "broken_off", "left", "served", "served"]


async def test_after_a_failed_transfer_the_number_is_said_again() -> None:
    """Nobody is rung a second time for it."""
    async with mortal() as stage:
        for extension in ("1001", "1002", "1799"):
            stage.world.phone(extension, Behaviour.BUSY)
        citizen = await stage.caller(presses="1")
        await citizen.hears("number.48447327706")
        tried = len(stage.outcomes)
        await stage.is_killed_and_starts_again()
        await citizen.hears("resumed")
        await citizen.hears_all_of("number.48447327706")
        await citizen.hangs_up()

    assert len(stage.outcomes) == tried
    assert ended(stage)[0].outcome is CallOutcome.INFORMED


async def test_a_promise_is_said_again_and_made_once() -> None:
    """Who was just hearing until when we call hears it to the end."""
    async with mortal() as stage:
        stage.world.phone("1001", Behaviour.BUSY)
        citizen = await stage.caller(presses="1")
        await citizen.hears("back.callback")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await stage.is_killed_and_starts_again()
        await citizen.hears("resumed")
        await citizen.hears_all_of("callback.promised")
        await citizen.is_put_down()

    assert len(stage.house.promises.wishes) == 1
    assert ended(stage)[0].outcome is CallOutcome.CALLBACK


async def test_a_clerk_who_put_down_meanwhile_ends_the_talk() -> None:
    """The caller is not left alone in silence."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        await stage.dies()
        await zofia.hangs_up()
        await stage.starts()
        await citizen.is_put_down()

    assert stage.journal.one(TalkEnded).by == "colleague"
    assert ended(stage)[0].outcome is CallOutcome.SERVED


async def test_a_caller_who_put_down_meanwhile_is_closed_on_record() -> None:
    """With everything that was open; the clerk is let go of, and on duty."""
    async with mortal() as stage:
        citizen, zofia = await with_zofia(stage)
        await stage.dies()
        await citizen.hangs_up()
        await stage.starts()
        await zofia.is_put_down()
        other = stage.world.citizen(number="+48601999888")
        await other.listens(30)
        await other.dials()
        await other.presses("0")
        await zofia.rings()
        await other.hangs_up()

    assert [fact.by for fact in stage.journal.all(TalkEnded)] == ["caller"]
    assert stage.journal.all(PartiesConnected)
    assert ended(stage)[0].outcome is CallOutcome.SERVED
