"""The verified transfer as the caller, the colleague and the record live it (bylaw §6.4)."""

import pytest

from callflows.facts import (
    DirectNumberTold,
    IntroductionPlayed,
    PartiesConnected,
    TalkEnded,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import CallOutcome, Outcome
from telephony.values import NumberShown
from tests.fakes.memory import Behaviour
from tests.flows.conftest import Opens
from tests.flows.town import town

pytestmark = pytest.mark.looptime


async def test_a_transfer_that_is_taken(line: Opens) -> None:
    """Announced, rung, whispered, taken with 1, introduced, connected, heard: effective."""
    async with line() as stage:
        anna = stage.world.phone("1001", Behaviour.TAKES_IT, after=4)
        citizen = stage.world.citizen(number="+48601234567")
        await citizen.dials()
        await citizen.presses("1")
        announced = await citizen.hears_all_of("announce.person.anna")
        await citizen.is_on_hold()
        whisper = await anna.hears("whisper")
        introduced = await citizen.hears("introduction.person.anna")
        await citizen.is_talking_to(anna)
        await citizen.listens(10)
        await citizen.hangs_up()

    assert announced.text == "Łączę z panią Anną Przykładową, Referat Ewidencji Ludności. Proszę czekać."
    assert "dowód osobisty" in whisper
    assert introduced == "Rozmawia z Państwem Anna Przykładowa, Referat Ewidencji Ludności."
    assert stage.outcomes == [Outcome.EFFECTIVE]
    assert stage.ended is CallOutcome.TRANSFERRED
    assert stage.instead == []
    assert stage.journal.one(TransferEnded).ring_seconds == pytest.approx(4, abs=0.5)
    assert stage.journal.one(TalkEnded).by == "caller"
    assert "whisper" not in citizen.prompts
    kinds = stage.journal.kinds
    steps = ["TransferAttempted", "TransferAnnounced", "PhoneRang", "PhoneTakenUp", "TransferAccepted"]
    steps += ["IntroductionPlayed", "PartiesConnected", "TransferEnded", "TalkEnded", "CallEnded"]
    assert [kind for kind in kinds if kind in steps] == steps


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (Behaviour.NEVER_ANSWERS, Outcome.NO_ANSWER),
        (Behaviour.GIVES_UP, Outcome.NO_ANSWER),
        (Behaviour.BUSY, Outcome.BUSY),
        (Behaviour.DECLINES, Outcome.DECLINED),
        (Behaviour.DECLINES_BY_KEY, Outcome.DECLINED),
        (Behaviour.VOICEMAIL, Outcome.NOT_ACCEPTED),
        (Behaviour.SAYS_NOTHING, Outcome.NOT_ACCEPTED),
        (Behaviour.HANGS_UP_AT_ONCE, Outcome.NOT_ACCEPTED),
        (Behaviour.HANGS_UP_WHILE_ANNOUNCED, Outcome.NOT_ACCEPTED),
        (Behaviour.FORWARDS, Outcome.UNREACHABLE),
        (Behaviour.UNAVAILABLE, Outcome.UNREACHABLE),
        (Behaviour.NOT_REGISTERED, Outcome.UNREACHABLE),
        (Behaviour.DEAD, Outcome.UNREACHABLE),
    ],
)
async def test_each_way_to_fail_brings_the_caller_back(
    line: Opens, behaviour: Behaviour, outcome: Outcome
) -> None:
    """The next candidate is tried; at the end come the reason, the number and a way on."""
    async with line() as stage:
        stage.world.phone("1001", behaviour)
        citizen = await stage.caller(presses="1")
        await citizen.hears("announce.person.anna")
        await citizen.hears("announce.person.piotr")
        await citizen.hears("announce.unit.del")
        number = await citizen.hears("number.48447327706")
        await citizen.hears("back.repeat")
        await citizen.hears_all_of("goodbye")
        await citizen.is_put_down()

    assert number == (
        "Referat Ewidencji Ludności. Numer bezpośredni: cztery, cztery; siedem, trzy, dwa; siedem, siedem; "
        "zero, sześć."
    )
    assert stage.outcomes[0] is outcome
    assert stage.outcomes[1:] == [Outcome.UNREACHABLE, Outcome.UNREACHABLE]
    assert stage.instead == ["next_candidate", "next_candidate", "direct_number"]
    assert stage.ended is CallOutcome.INFORMED
    assert stage.journal.all(PartiesConnected) == []


async def test_the_number_is_told_again_on_request(line: Opens) -> None:
    """Key 1 repeats it, slowly as before."""
    async with line() as stage:
        citizen = await stage.caller(presses="1")
        await citizen.hears("back.repeat")
        await citizen.presses("1")
        await citizen.hears_all_of("number.48447327706")
        await citizen.hangs_up()

    assert [fact.whole for fact in stage.journal.all(DirectNumberTold)] == [True, True]


async def test_nobody_then_the_clerk(line: Opens) -> None:
    """Key 0 after a failed transfer leads to the desk, and that is on record of the failed attempt."""
    async with line() as stage:
        clerk = stage.world.phone("1900", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="1")
        await citizen.hears("back.clerk")
        await citizen.presses("0")
        await citizen.is_talking_to(clerk)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.instead == ["next_candidate", "next_candidate", "clerk"]
    assert stage.outcomes[-1] is Outcome.EFFECTIVE


async def test_nobody_then_a_callback(line: Opens) -> None:
    """Key 2: the number is read back, the promise is kept for the matter."""
    async with line() as stage:
        citizen = stage.world.citizen(number="+48601234567")
        await citizen.dials()
        await citizen.presses("1")
        await citizen.hears("back.callback")
        await citizen.presses("2")
        yours = await citizen.hears("callback.yours")
        await citizen.presses("1")
        promised = await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert "sześć, zero, jeden" in yours
    assert "dzisiaj do godziny czternastej" in promised
    (wish,) = stage.house.promises.wishes
    assert (wish.number, wish.matter, wish.unit) == ("+48601234567", "id-card", "del")
    assert stage.instead[-1] == "callback"
    assert stage.ended is CallOutcome.CALLBACK


async def test_the_desk_offers_no_desk(line: Opens) -> None:
    """Who could not reach the clerks is not sent to the clerks again."""
    async with line() as stage:
        citizen = await stage.caller(presses="0")
        await citizen.hears("number.48447321890")
        await citizen.hears_all_of("goodbye")
        await citizen.is_put_down()

    assert "back.clerk" not in citizen.prompts


async def test_one_way_audio_is_not_proven(line: Opens) -> None:
    """Taken, bridged, silent: both are told, they stay together, and it is on record."""
    async with line() as stage:
        anna = stage.world.phone("1001", Behaviour.ONE_WAY_AUDIO)
        citizen = await stage.caller(presses="1")
        await citizen.is_talking_to(anna)
        await citizen.hears("silence")
        await anna.hears("silence")
        await citizen.listens(5)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.NOT_PROVEN]
    assert stage.ended is CallOutcome.ABANDONED, "nobody was to be heard, and nobody counts that as served"


async def test_a_colleague_who_heard_nobody_does_not_take_the_caller_along(line: Opens) -> None:
    """Bridged, no audio, put down after "hello?": the caller is brought to the next one, never just dropped."""
    async with line() as stage:
        anna = stage.world.phone("1001", Behaviour.ONE_WAY_AUDIO)
        stage.world.phone("1002", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="1")
        await citizen.is_talking_to(anna)
        await citizen.hears("silence")
        await anna.hangs_up()
        await citizen.hears("next.not_proven")
        await citizen.hears("introduction.person.piotr")
        await citizen.listens(8)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.NOT_PROVEN, Outcome.EFFECTIVE]
    assert stage.instead == ["next_candidate"]


async def test_who_stays_without_proof_talks(line: Opens) -> None:
    """A phone that sends nothing while nobody speaks: nobody stays for half a minute on a dead line."""
    async with line() as stage:
        anna = stage.world.phone("1001", Behaviour.ONE_WAY_AUDIO)
        citizen = await stage.caller(presses="1")
        await citizen.is_talking_to(anna)
        await citizen.listens(60)
        await anna.hangs_up()
        await citizen.is_put_down()

    assert stage.outcomes == [Outcome.NOT_PROVEN]
    assert stage.ended is CallOutcome.TRANSFERRED


async def test_a_phone_without_accept_key_is_counted_apart(line: Opens) -> None:
    """Its answer takes the call; no whisper, no introduction (hers is turned off); `unconfirmed`."""
    async with line() as stage:
        ewa = stage.world.phone("1003", Behaviour.SAYS_NOTHING)
        citizen = await stage.caller(presses="2")
        await citizen.is_talking_to(ewa)
        await citizen.listens(5)
        await ewa.hangs_up()
        await citizen.is_put_down()

    assert ewa.prompts == []
    assert stage.outcomes == [Outcome.UNCONFIRMED]
    assert stage.journal.all(IntroductionPlayed) == []
    assert stage.journal.one(TalkEnded).by == "colleague"


async def test_taken_and_put_down_at_once_tries_the_next(line: Opens) -> None:
    """Pressed 1 and gone before any proof: the caller is not left with nobody."""
    async with line() as stage:
        anna = stage.world.phone("1001")
        stage.world.phone("1002", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="1")
        await anna.answers()
        await anna.hears("whisper")
        await anna.presses("1")
        await citizen.hears("introduction.person.anna")
        await anna.hangs_up()
        await citizen.hears("next.not_proven")
        await citizen.hears("introduction.person.piotr")
        await citizen.listens(8)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.NOT_PROVEN, Outcome.EFFECTIVE]


async def test_ringing_in_all_has_a_limit(line: Opens) -> None:
    """60 s of ringing in all, whoever is left."""
    async with line(town(ring=25, ring_in_all=27)) as stage:
        for number in ("1001", "1002", "1799"):
            stage.world.phone(number, Behaviour.NEVER_ANSWERS)
        citizen = await stage.caller(presses="1")
        await citizen.hears_all_of("goodbye")
        await citizen.is_put_down()

    assert len(stage.outcomes) == 1
    assert sum(fact.ring_seconds for fact in stage.journal.all(TransferEnded)) <= 27


async def test_at_most_as_many_candidates_as_the_hall_says(line: Opens) -> None:
    """The policy's number of candidates."""
    async with line(town(candidates=2)) as stage:
        citizen = await stage.caller(presses="1")
        await citizen.hears_all_of("goodbye")
        await citizen.is_put_down()

    assert [fact.order for fact in stage.journal.all(TransferAttempted)] == [1, 2]


async def test_accepts_in_the_instant_the_caller_leaves(line: Opens) -> None:
    """Whichever comes first, the outcome is that the caller left, and the phone is put down."""
    async with line() as stage:
        anna = stage.world.phone("1001")
        citizen = await stage.caller(presses="1")
        await anna.answers()
        await anna.hears("whisper")
        anna.leg.press("1")
        await citizen.hangs_up()
        await anna.is_put_down()
        stage.world.assert_no_ghost_legs()

    assert stage.outcomes == [Outcome.CALLER_LEFT]
    assert stage.instead == ["nothing"]
    assert stage.ended is CallOutcome.ABANDONED


@pytest.mark.parametrize("moment", ["announce", "ring", "whisper", "introduction", "talk"])
async def test_the_caller_leaves_at_each_step(line: Opens, moment: str) -> None:
    """No ghost leg, one outcome, and the record knows."""
    async with line() as stage:
        anna = stage.world.phone("1001")
        citizen = await stage.caller(presses="1")
        await citizen.hears("announce.person.anna")
        if moment != "announce":
            await anna.rings()
        if moment in ("whisper", "introduction", "talk"):
            await anna.answers()
            await anna.hears("whisper")
        if moment in ("introduction", "talk"):
            await anna.presses("1")
            await citizen.hears("introduction.person.anna")
        if moment == "talk":
            await citizen.is_talking_to(anna)
            await citizen.listens(3)
        await citizen.hangs_up()
        await stage.world.settles()
        stage.world.assert_no_ghost_legs()

    assert stage.outcomes == [Outcome.EFFECTIVE if moment == "talk" else Outcome.CALLER_LEFT]


async def test_a_withheld_number_is_not_told_to_the_colleague(line: Opens) -> None:
    """The whisper says that it is withheld."""
    async with line() as stage:
        anna = stage.world.phone("1001")
        citizen = stage.world.citizen(shown=NumberShown.WITHHELD)
        await citizen.dials()
        await citizen.presses("1")
        await anna.answers()
        whisper = await anna.hears("whisper.withheld")
        await anna.presses("1")
        await citizen.is_talking_to(anna)
        await citizen.hangs_up()

    assert whisper == "Numer zastrzeżony."
    assert anna.shown_number == ""


async def test_the_pbx_restarts_in_mid_ring(line: Opens) -> None:
    """The call is closed on record as what it was."""
    async with line() as stage:
        stage.world.phone("1001", Behaviour.NEVER_ANSWERS)
        citizen = await stage.caller(presses="1")
        await citizen.is_on_hold()
        stage.world.pbx_restarts()

    assert stage.outcomes == [Outcome.PBX_RESTARTED]
    assert stage.ended is CallOutcome.PBX_RESTARTED
