"""Odd callers on real Asterisk: every number, name, key and moment ends in a clear record."""

import pytest

from callflows.facts import MatterChosen
from callflows.outcomes import CallOutcome
from telephony.values import NumberShown
from tests.fakes.behaviour import Behaviour
from tests.flows.town import TUESDAY_NIGHT, town
from tests.office.fixtures import HURRIED, OpensOffice
from tests.office.office import Office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

REAL = "601234567"


@pytest.mark.parametrize(
    ("shown", "asserted", "recorded"),
    [
        (NumberShown.WITHHELD, "", NumberShown.WITHHELD),
        (NumberShown.WITHHELD, REAL, NumberShown.WITHHELD),
        (NumberShown.ABSENT, "", NumberShown.ABSENT),
    ],
    ids=["anonymous", "asserted-and-private", "no-number"],
)
async def test_a_withheld_number_reaches_neither_phone_nor_record(
    office: Office, shown: NumberShown, asserted: str, recorded: NumberShown
) -> None:
    """All three ways: no display shows it, no row holds it, the call goes on."""
    async with (
        office.phone("1001", Behaviour.TAKES_IT) as anna,
        office.citizen(shown=shown, asserted=asserted) as citizen,
    ):
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("1")
        await citizen.hears("introduction.person.anna")
        await citizen.hangs_up()
        await anna.is_free()

    story = await office.story()
    assert REAL not in anna.shown + anna.asserted
    assert story.call.number_shown is recorded
    assert story.call.number is None
    assert REAL not in repr(story)


@pytest.mark.parametrize("number", ["986", "004930123456", "abc", "0", "+48601234567", "1" * 30])
async def test_any_number_may_call(office: Office, number: str) -> None:
    """Short, foreign, malformed, too long: greeted like everybody, recorded as it came."""
    async with office.citizen(number=number) as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.hangs_up()

    call = (await office.story()).call
    assert call.number == number
    assert call.outcome is CallOutcome.ABANDONED


async def test_keys_as_sip_info(office: Office) -> None:
    """A phone that sends INFO instead of RFC 4733 chooses as well."""
    async with office.phone("1001", Behaviour.BUSY), office.citizen() as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        citizen.presses_by_info("1")
        await citizen.hears("announce.person.anna")
        await citizen.hangs_up()


async def test_keys_too_early_and_too_many(office: Office) -> None:
    """Pressed during the greeting: taken for the menus in turn; the rest does no harm."""
    async with office.citizen() as citizen:
        await citizen.dials()
        await citizen.is_answered()
        await citizen.presses("33")
        await citizen.hears("announce.unit.del")
        await citizen.presses("5#*77")
        await citizen.hangs_up()

    story = await office.story()
    assert [fact.fact.unit for fact in story.facts if isinstance(fact.fact, MatterChosen)] == ["del"]


async def test_no_keys_at_all(opens_office: OpensOffice) -> None:
    """Silence leads to a person, and if nobody is there to the number and goodbye."""
    async with opens_office(town(**HURRIED)) as office:
        async with office.phone("1900", Behaviour.BUSY), office.citizen() as citizen:
            await citizen.dials()
            await citizen.hears("menu.nothing")
            await citizen.hears("announce.unit.bom")
            await citizen.hears("reason.busy")
            await citizen.hears("number.48447321890")
            await citizen.hears("goodbye")
            await citizen.is_put_down()

        assert (await office.story()).call.outcome is CallOutcome.INFORMED


async def test_gone_before_the_answer(office: Office) -> None:
    """INVITE and CANCEL in one breath: a record that says so, or none if Asterisk never told us of it."""
    async with office.citizen() as citizen:
        await citizen.changes_their_mind()

    await office.is_at_rest()
    assert all(story.call.ended for story in await office.stories())


async def test_a_body_outside_the_hall(office: Office) -> None:
    """Their number, and nothing rings."""
    async with office.citizen() as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("31")
        await citizen.hears("outside.mopr")
        await citizen.hears("number.48447339003")
        await citizen.hears("goodbye")
        await citizen.is_put_down()

    story = await office.story()
    assert story.transfers == ()
    assert story.call.outcome is CallOutcome.INFORMED


async def test_a_matter_without_a_unit_goes_to_the_desk(office: Office) -> None:
    """As three cards of the real catalogue."""
    async with office.phone("1900", Behaviour.TAKES_IT) as clerk, office.citizen() as citizen:
        clerk.speaks(700)
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("32")
        await citizen.hears("introduction.unit.bom")
        await citizen.hears_tone(700)
        await citizen.hangs_up()


async def test_a_callback_to_another_number_by_keypad(opens_office: OpensOffice) -> None:
    """Withheld caller, number typed, wrong once, read back, confirmed."""
    async with opens_office(at=TUESDAY_NIGHT) as office:
        async with office.citizen(shown=NumberShown.WITHHELD) as citizen:
            await citizen.dials()
            await citizen.hears("closed")
            await citizen.presses("2")
            await citizen.begins_to_hear("callback.type")
            await citizen.presses("112#")
            await citizen.hears("callback.refused")
            await citizen.begins_to_hear("callback.type")
            await citizen.presses("446450123#")
            await citizen.hears("callback.typed")
            await citizen.presses("1")
            await citizen.hears("callback.promised")
            await citizen.is_put_down()

        assert await office.tickets() == ["+48446450123"]


async def test_a_prompt_missing_on_disk(office: Office) -> None:
    """Somebody deleted a clip: the caller misses one sentence at most, and the call goes on."""
    office.voice.loses("privacy")
    async with office.citizen() as citizen:
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.hears("menu.intro")
        await citizen.hangs_up()

    assert (await office.story()).call.outcome is CallOutcome.ABANDONED
