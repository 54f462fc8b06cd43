"""What is on record of a call on real Asterisk, on either database: the others of these stories are told on one."""

import pytest

from callflows.outcomes import CallOutcome, Outcome
from tests.fakes.behaviour import Behaviour
from tests.flows.town import TUESDAY_NIGHT
from tests.office.fixtures import OpensOffice
from tests.office.office import Office

ANNAS_TONE, CITIZENS_TONE = 700, 400
REAL = "601234567"


async def test_a_transfer_that_is_taken(office: Office) -> None:
    """Greeted, announced, music, introduced, and then both hear each other; on record as effective."""
    async with office.phone("1001", Behaviour.TAKES_IT) as anna, office.citizen() as citizen:
        anna.speaks(ANNAS_TONE)
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("1")
        await citizen.hears("announce.person.anna")
        await citizen.hears_music()
        await citizen.hears("introduction.person.anna")
        citizen.speaks(CITIZENS_TONE)
        await citizen.hears_tone(ANNAS_TONE)
        await anna.hears_tone(CITIZENS_TONE)
        await office.has_an_outcome()
        await citizen.hangs_up()
        await anna.is_free()

    story = await office.story()
    (attempt,) = story.transfers
    assert citizen.prompts[:2] == ["greeting", "privacy"]
    assert citizen.prompts[-2:] == ["announce.person.anna", "introduction.person.anna"]
    assert anna.prompts == ["whisper", "whisper.number", "whisper.keys", "whisper.taken"]
    assert attempt.outcome is Outcome.EFFECTIVE
    assert (attempt.person, attempt.unit, attempt.matter, attempt.target) == (
        "anna",
        "del",
        "id-card",
        "1001",
    )
    assert attempt.instead is None
    assert story.call.outcome is CallOutcome.TRANSFERRED
    assert story.call.ended_by == "caller"


@pytest.mark.parametrize("name", ["Łucja Żółć", "<script>", "Jan\tKowalski\x07", "'; DROP TABLE calls;--"])
async def test_any_name_may_call(office: Office, name: str) -> None:
    """Unicode stays; control characters do not reach the record."""
    async with office.citizen(name=name) as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.hangs_up()

    kept = (await office.story()).call.name or ""
    assert all(sign.isprintable() for sign in kept)
    assert set(kept) <= set(name)


async def test_after_hours_a_callback(opens_office: OpensOffice) -> None:
    """Hours, opening, crisis number; the number is read back; the ticket is in the database before it is spoken."""
    async with opens_office(at=TUESDAY_NIGHT) as office:
        async with office.citizen(number=REAL) as citizen:
            await citizen.dials()
            await citizen.hears("closed")
            await citizen.hears("closed.opens")
            await citizen.hears("closed.crisis")
            await citizen.presses("2")
            await citizen.hears("callback.yours")
            await citizen.presses("1")
            await citizen.begins_to_hear("callback.promised")
            assert await office.tickets() == ["+48601234567"]
            await citizen.hears("goodbye")
            await citizen.is_put_down()

        call = (await office.story()).call
        assert call.outcome is CallOutcome.CALLBACK
        assert call.closed_until is not None
