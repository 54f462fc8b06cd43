"""A caller who presses 8 hears English from then on, names as they are; staff hear Polish, and what to expect."""

from dataclasses import replace

import pytest

from callflows.facts import LanguageChosen, MatterChosen, MenuAnswered
from callflows.outcomes import CallOutcome, Outcome
from tests.fakes.memory import Behaviour, MemoryCitizen
from tests.flows.conftest import Opens
from tests.flows.town import TOWN, TUESDAY_NIGHT, town

pytestmark = pytest.mark.looptime


async def chooses_english(citizen: MemoryCitizen) -> None:
    """Greeted in Polish, offered English before anything else of the menu."""
    await citizen.dials()
    assert (await citizen.hears("greeting")).startswith("Dzień dobry.")
    assert await citizen.hears("menu.english") == "For English, press eight."
    await citizen.presses("8")
    assert await citizen.hears("menu.intro") == "Please choose your matter."


async def test_a_transfer_in_english(line: Opens) -> None:
    """The announcement is English with the Polish name; the colleague is told what to expect, in Polish."""
    async with line() as stage:
        anna = stage.world.phone("1001")
        citizen = stage.world.citizen(number="+48601234567")
        await chooses_english(citizen)
        entry = await citizen.hears("menu.entry.1")
        await citizen.presses("1")
        announced = await citizen.hears("announce.person.anna")
        await anna.answers()
        whispered = [await anna.hears(name) for name in ("whisper", "whisper.english")]
        await anna.presses("1")
        introduced = await citizen.hears("introduction.person.anna")
        await citizen.is_talking_to(anna)
        await citizen.listens(10)
        await citizen.hangs_up()

    assert entry == "Dowody osobiste: one."
    assert announced == "Connecting you to Anna Przykładowa, Referat Ewidencji Ludności. Please hold."
    assert whispered == [
        "Rozmowa do przejęcia. Biuro Obsługi Mieszkańców. Sprawa: dowód osobisty.",
        "Rozmówca mówi po angielsku.",
    ]
    assert introduced == "You are talking to Anna Przykładowa, Referat Ewidencji Ludności."
    assert stage.outcomes == [Outcome.EFFECTIVE]
    assert stage.journal.one(LanguageChosen).language == "en"
    assert [fact.meaning for fact in stage.journal.all(MenuAnswered)] == ["speak:en", "about:id-card"]


async def test_a_failed_transfer_and_a_callback_in_english(line: Opens) -> None:
    """Reason, number and way on are English; the ticket says so to whoever calls back."""
    async with line(town(candidates=1)) as stage:
        stage.world.phone("1001", Behaviour.BUSY)
        citizen = stage.world.citizen(number="+48601234567")
        await chooses_english(citizen)
        await citizen.presses("1")
        reason = await citizen.hears("reason.busy")
        number = await citizen.hears("number.48447327706")
        await citizen.hears("back.callback")
        await citizen.presses("2")
        yours = await citizen.hears("callback.yours")
        await citizen.presses("1")
        promised = await citizen.hears_all_of("callback.promised")
        await citizen.hears_all_of("goodbye")
        await citizen.is_put_down()

    assert reason == "That phone is busy."
    assert number.startswith("Referat Ewidencji Ludności. Direct number: four, four; seven, three, two;")
    assert yours.startswith("We will call you back at six, zero, one; two, three, four; five, six, seven.")
    assert promised.text.startswith(
        "We will call you back today by two in the afternoon. Your ticket number:"
    )
    assert stage.ended is CallOutcome.CALLBACK
    assert [wish.language for wish in stage.house.promises.wishes] == ["en"]


async def test_english_after_hours(line: Opens) -> None:
    """Key 8 works when the hall is closed too."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen(number="+48601234567")
        await citizen.dials()
        await citizen.hears("menu.english")
        await citizen.presses("8")
        closed = await citizen.hears("closed")
        opens = await citizen.hears("closed.opens")
        await citizen.hears("closed.choice")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.is_put_down()

    assert closed.startswith(
        "The city hall is closed now. Our hours: Monday to Friday from eight in the morning"
    )
    assert opens == "We open tomorrow at eight in the morning."
    assert [wish.language for wish in stage.house.promises.wishes] == ["en"]


async def test_back_to_polish(line: Opens) -> None:
    """Whoever pressed 8 by mistake presses it again."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await chooses_english(citizen)
        await citizen.hears("menu.repeat")
        await citizen.presses("8")
        assert await citizen.hears("menu.intro") == "Proszę wybrać sprawę."
        await citizen.presses("2")
        await citizen.hears("announce.person.ewa")
        await citizen.hangs_up()

    assert [fact.language for fact in stage.journal.all(LanguageChosen)] == ["en", "pl"]
    assert stage.journal.one(MatterChosen).matter == "marriage"


async def test_key_8_is_no_language_key_in_a_submenu_or_in_a_hall_of_one_language(line: Opens) -> None:
    """There it means what the hall wants, or nothing."""
    async with line() as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("menu.english")
        await citizen.presses("3")
        await citizen.hears("menu.back")
        await citizen.presses("8")
        await citizen.hears("menu.wrong")
        await citizen.hangs_up()
    async with line(replace(TOWN, languages=("pl",))) as stage:
        citizen = stage.world.citizen()
        await citizen.dials()
        await citizen.hears("menu.intro")
        await citizen.presses("8")
        await citizen.hears("menu.wrong")
        await citizen.hangs_up()

    assert "menu.english" not in citizen.prompts
