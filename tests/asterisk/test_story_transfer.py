"""The verified transfer on real Asterisk: what the citizen's phone heard, and what the database says."""

from collections.abc import AsyncIterator

import pytest

from callflows.outcomes import CallOutcome, Instead, Outcome
from tests.fakes.behaviour import Behaviour
from tests.flows.town import town
from tests.office.fixtures import HURRIED, OpensOffice
from tests.office.office import Office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ANNAS_TONE, CITIZENS_TONE = 700, 400


@pytest.fixture
async def in_a_hurry(opens_office: OpensOffice) -> AsyncIterator[Office]:
    """An office that does not wait long for anybody."""
    async with opens_office(town(**HURRIED)) as office:
        yield office
        await office.is_at_rest()


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
        (Behaviour.CONGESTED, Outcome.UNREACHABLE),
        (Behaviour.DEAD, Outcome.UNREACHABLE),
    ],
    ids=lambda value: value.value,
)
async def test_each_way_to_fail_brings_the_caller_back(
    in_a_hurry: Office, behaviour: Behaviour, outcome: Outcome
) -> None:
    """Told each time, never in a voicemail, and in the end reason, number and choice.

    Piotr's phone is not there, and the unit's line is behind a trunk where nobody says anything.
    """
    async with in_a_hurry.phone("1001", behaviour), in_a_hurry.citizen() as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("1")
        await citizen.hears("announce.person.anna")
        await citizen.hears("announce.unit.del")
        await citizen.hears("reason.no_answer")
        await citizen.hears("number.48447327706")
        await citizen.hears("back.repeat")
        await citizen.hangs_up()

    story = await in_a_hurry.story()
    assert [attempt.outcome for attempt in story.transfers] == [
        outcome,
        Outcome.NO_ANSWER,
    ]
    assert [attempt.instead for attempt in story.transfers] == [
        Instead.NEXT_CANDIDATE,
        Instead.DIRECT_NUMBER,
    ]
    assert all(attempt.connected is None for attempt in story.transfers)
    assert story.call.outcome is CallOutcome.INFORMED


async def test_one_way_audio_is_not_proven(in_a_hurry: Office) -> None:
    """Taken and bridged, but not a packet comes: both are told, and it is on record."""
    async with in_a_hurry.phone("1001", Behaviour.ONE_WAY_AUDIO) as anna, in_a_hurry.citizen() as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("1")
        await citizen.hears("introduction.person.anna")
        await citizen.hears("silence")
        assert anna.ear is not None
        await anna.ear.hears("silence")
        await citizen.hangs_up()

    story = await in_a_hurry.story()
    assert [attempt.outcome for attempt in story.transfers] == [Outcome.NOT_PROVEN]
    assert story.call.outcome is CallOutcome.ABANDONED


async def test_a_phone_behind_the_trunk_without_accept_key(office: Office) -> None:
    """Ewa's phone is at the hall's other PBX and cannot take keys: counted apart as unconfirmed."""
    async with (
        office.phone("1003", Behaviour.SAYS_NOTHING, behind_trunk=True) as ewa,
        office.citizen() as citizen,
    ):
        ewa.speaks(ANNAS_TONE)
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("2")
        await citizen.hears("announce.person.ewa")
        await citizen.hears_tone(ANNAS_TONE)
        await office.has_an_outcome()
        await ewa.hangs_up()
        await citizen.is_put_down()

    story = await office.story()
    (attempt,) = story.transfers
    assert attempt.outcome is Outcome.UNCONFIRMED
    assert ewa.prompts == []
    assert "introduction.person.ewa" not in citizen.prompts


@pytest.mark.parametrize("moment", ["greeting", "announce", "ring", "whisper", "introduction", "talk"])
async def test_the_caller_leaves_at_each_step(office: Office, moment: str) -> None:
    """The phone is free within a moment, the outcome is on record, and nothing is left on the PBX."""
    async with office.phone("1001") as anna, office.citizen() as citizen:
        await citizen.dials()
        await citizen.begins_to_hear("greeting")
        if moment != "greeting":
            await citizen.presses("1")
            await citizen.begins_to_hear("announce.person.anna")
        if moment in ("ring", "whisper", "introduction", "talk"):
            await anna.rings()
        if moment in ("whisper", "introduction", "talk"):
            await anna.answers()
            await anna.hears("whisper")
        if moment in ("introduction", "talk"):
            await anna.presses("1")
            await citizen.begins_to_hear("introduction.person.anna")
        if moment == "talk":
            await office.has_an_outcome()
        await citizen.hangs_up()
        await anna.is_free()

    outcomes = [attempt.outcome for attempt in (await office.story()).transfers]
    expected = {"greeting": [], "talk": [Outcome.EFFECTIVE]}.get(moment, [Outcome.CALLER_LEFT])
    assert outcomes == expected


async def test_the_caller_leaves_while_the_number_is_told(in_a_hurry: Office) -> None:
    """Nobody took the call: that is on record, and every phone is free."""
    async with in_a_hurry.phone("1001") as anna, in_a_hurry.citizen() as citizen:
        await citizen.dials()
        await citizen.begins_to_hear("greeting")
        await citizen.presses("1")
        await citizen.begins_to_hear("number.48447327706")
        await citizen.hangs_up()
        await anna.is_free()

    outcomes = [attempt.outcome for attempt in (await in_a_hurry.story()).transfers]
    assert outcomes == [Outcome.NO_ANSWER, Outcome.NO_ANSWER]


async def test_accepts_in_the_instant_the_caller_leaves(office: Office) -> None:
    """Key and BYE at once: one outcome, no ghost leg."""
    async with office.phone("1001") as anna, office.citizen() as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("1")
        await anna.answers()
        await anna.hears("whisper")
        anna.presses_by_info("1")
        await citizen.hangs_up()
        await anna.is_free()

    (attempt,) = (await office.story()).transfers
    assert attempt.outcome is Outcome.CALLER_LEFT


async def test_two_calls_do_not_notice_each_other(office: Office) -> None:
    """One talks while another's transfer fails."""
    async with (
        office.phone("1001", Behaviour.TAKES_IT) as anna,
        office.citizen(number="601111111") as talker,
        office.citizen(number="602222222") as other,
    ):
        anna.speaks(ANNAS_TONE)
        await talker.dials()
        await talker.hears("greeting")
        await talker.presses("1")
        await talker.hears_tone(ANNAS_TONE)
        await other.dials()
        await other.hears("greeting")
        await other.presses("1")
        await other.hears("announce.person.anna")
        await other.hangs_up()
        await talker.hears_tone(ANNAS_TONE)
        await talker.hangs_up()

    stories = await office.has_closed(2)
    assert sorted(story.call.outcome.value for story in stories if story.call.outcome) == [
        "abandoned",
        "transferred",
    ]
