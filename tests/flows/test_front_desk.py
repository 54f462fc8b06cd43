"""What a citizen meets first: greeting, privacy, menu, hours."""

from dataclasses import replace

import pytest

from callflows.facts import CallAnswered, CallEnded, LineWasClosed, MatterChosen, NobodyToRing
from callflows.outcomes import CallOutcome
from tests.fakes.memory import Behaviour
from tests.flows.conftest import Opens
from tests.flows.town import TOWN, TUESDAY_NIGHT, town

pytestmark = pytest.mark.looptime


async def test_the_line_says_who_it_is(line: Opens) -> None:
    """§6.1: answered at once, with the name of the hall and the unit; then privacy, then the menu."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        greeting = await citizen.hears("greeting")
        await citizen.hears("privacy")
        await citizen.hears("menu.intro")
        await citizen.hangs_up()

    assert "Urząd Miasta Przykładowa" in greeting
    assert "Biuro Obsługi Mieszkańców" in greeting
    assert stage.journal.kinds[:2] == ["CallArrived", "CallAnswered"]
    assert CallOutcome.ABANDONED is stage.ended
    assert stage.journal.one(CallEnded).waiting_for == "menu matter"


async def test_nine_tells_more_about_privacy_and_comes_back(line: Opens) -> None:
    """The second layer of the privacy notice is one key away, also while the first one plays."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("privacy")
        await citizen.presses("9")
        await citizen.hears_all_of("privacy.more")
        await citizen.hears("menu.intro")
        await citizen.hangs_up()


async def test_the_notice_of_the_day_is_said_once(line: Opens) -> None:
    """A notice comes before the first menu, and not again with each repetition."""
    async with line(replace(TOWN, notice="Dziś kasa jest nieczynna.")) as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("notice")
        await citizen.hears("menu.repeat")
        await citizen.presses("*")
        await citizen.hears("menu.repeat")
        await citizen.hangs_up()

    assert citizen.prompts.count("notice") == 1


async def test_a_submenu_leads_down_and_back(line: Opens) -> None:
    """Two levels; * goes back up."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("menu.intro")
        await citizen.presses("3")
        await citizen.hears("menu.entry.31")
        await citizen.presses("*")
        await citizen.hears("menu.entry.1")
        await citizen.hangs_up()


async def test_keys_pressed_ahead_are_taken(line: Opens) -> None:
    """Who knows the way presses it during the greeting."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("33")
        await citizen.hears("announce.unit.del")
        await citizen.hangs_up()

    assert stage.journal.one(MatterChosen).unit == "del"


async def test_who_presses_nothing_meets_a_person(line: Opens) -> None:
    """No dead end: three silent menus lead to the desk."""
    async with line() as stage:
        clerk = stage.world.phone("1900", Behaviour.TAKES_IT)
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.is_talking_to(clerk)
        await citizen.listens(4)
        await citizen.hangs_up()

    assert citizen.prompts.count("menu.nothing") == 2
    assert CallOutcome.TRANSFERRED is stage.ended


async def test_a_wrong_key_is_told_and_asked_again(line: Opens) -> None:
    """7 means nothing here."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("menu.repeat")
        await citizen.presses("7")
        await citizen.hears("menu.wrong")
        await citizen.hears("menu.intro")
        await citizen.hangs_up()


async def test_a_flood_of_keys_ends_in_the_menu_or_at_the_desk(line: Opens) -> None:
    """Too many digits do no harm."""
    async with line() as stage:
        stage.world.phone("1900", Behaviour.BUSY)
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("##58#7" * 20)
        await citizen.hangs_up()

    assert stage.ended in (CallOutcome.ABANDONED, CallOutcome.INFORMED)


async def test_after_hours(line: Opens) -> None:
    """When we work, when we open, the crisis number, and a callback."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen(number="+48601234567")
        await citizen.dials()
        hours = await citizen.hears("closed")
        opens = await citizen.hears("closed.opens")
        crisis = await citizen.hears("closed.crisis")
        await citizen.hears("closed.choice")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears_all_of("callback.promised")
        await citizen.is_put_down()

    assert "od ósmej" in hours
    assert "jutro o ósmej" in opens
    assert "dziewięć, osiem, sześć" in crisis
    assert TUESDAY_NIGHT.date() < stage.journal.one(LineWasClosed).opens.date()
    assert [wish.number for wish in stage.house.promises.wishes] == ["+48601234567"]
    assert CallOutcome.CALLBACK is stage.ended


async def test_after_hours_without_a_word(line: Opens) -> None:
    """Who only listens was informed, and is bidden goodbye."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears_all_of("goodbye")
        await citizen.is_put_down()

    assert CallOutcome.INFORMED is stage.ended


async def test_a_body_outside_the_hall_is_named_with_its_number(line: Opens) -> None:
    """The caller gets *their* number, and nothing is rung."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("31")
        await citizen.hears("outside.mopr")
        number = await citizen.hears("number.48447339003")
        await citizen.hears_all_of("goodbye")
        await citizen.is_put_down()

    assert "cztery, cztery" in number
    assert stage.journal.one(NobodyToRing).unit == "mopr"
    assert CallOutcome.INFORMED is stage.ended


async def test_a_matter_without_a_unit_goes_to_the_desk(line: Opens) -> None:
    """Three cards of the catalogue name no unit: a person helps."""
    async with line() as stage:
        clerk = stage.world.phone("1900", Behaviour.TAKES_IT)
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("32")
        await citizen.hears("announce.unit.bom")
        await citizen.is_talking_to(clerk)
        await citizen.listens(4)
        await citizen.hangs_up()

    assert CallOutcome.TRANSFERRED is stage.ended


@pytest.mark.parametrize("after", [0.0, 0.5, 3.0, 6.0, 9.0, 12.0, 20.0, 40.0])
async def test_the_caller_may_leave_at_any_moment(line: Opens, after: float) -> None:
    """Wherever the caller leaves, the call is closed on record and nothing is left."""
    async with line(town(ring=15)) as stage:
        stage.world.phone("1001", Behaviour.NEVER_ANSWERS)
        citizen = await stage.caller(presses="1")
        await citizen.listens(after)
        await citizen.hangs_up()

    assert stage.journal.one(CallEnded).by == "caller"
    assert len(stage.journal.all(CallAnswered)) == 1
