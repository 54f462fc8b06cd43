"""Odd days of a clerk on real Asterisk: REFER to anywhere, two things at once, phones that vanish, passing on."""

import asyncio

import pytest

from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from tests.fakes.behaviour import Behaviour
from tests.office.desk import hear_each_other, hears_music, with_a_clerk
from tests.office.fixtures import OpensOffice
from tests.pbx.asterisk import CITY, Pbx

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_refer_to_nowhere_reaches_nobody(opens_office: OpensOffice, pbx: Pbx) -> None:
    """Nonsense, oneself, the outside in every spelling, emergency, a code: told to the phone, and they talk on."""
    nowhere = [
        "nonsense",
        "601234567",
        "+48601234567",
        "00447700900123",
        "112",
        "*11",
        f"sip:601234567@{CITY}:{pbx.city_port}",
    ]
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        outside = await desk.outside()
        for to in (*nowhere, "1101"):
            await zofia.refers(to)
            await zofia.is_told("503")
            await zofia.hears("handover.to_oneself" if to == "1101" else "handover.no_such_number")
        await zofia.refers("tel:+48601234567")
        assert zofia.refer_answer == "400", "Asterisk itself knows no such address"
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        story = await desk.office.story()
        await zofia.is_free()

    refused = desk.screen.all("command_answered")
    assert [(fact["what"], fact["done"]) for fact in refused] == [("hand_over", False)] * 8
    assert all(fact["why"] for fact in refused)
    assert [attempt.outcome for attempt in story.transfers] == [Outcome.EFFECTIVE]
    assert outside.times_rung == 0


async def test_an_attended_transfer_to_the_outside_is_refused(opens_office: OpensOffice) -> None:
    """A clerk may call somebody out there, and may not connect the two: all of them stay where they are."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        outside = await desk.outside()
        await zofia.holds()
        second = await zofia.dials("601234567")
        await outside.answers()
        await hear_each_other(second, outside)
        await zofia.refers_to_consulted(second)
        await zofia.is_told("503")
        await hear_each_other(second, outside)
        await hears_music(citizen, not_of=outside)
        await second.hangs_up()
        await zofia.resumes()
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers] == [Outcome.EFFECTIVE]


async def test_two_transfers_of_one_call_at_once(opens_office: OpensOffice) -> None:
    """By screen, by keys and by the transfer key while one goes on: refused, each in its own way; the first counts."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna, piotr = await desk.phone("1001"), await desk.phone("1002")
        ids = await asyncio.gather(
            desk.screen.gives(f"{desk.call}/transfer", extension="1001"),
            desk.screen.gives(f"{desk.call}/transfer", extension="1001"),
        )
        await anna.rings()
        by_screen = [await desk.screen.sees("command_answered", command=id) for id in ids]
        await zofia.presses("*21002#")
        await zofia.hears("handover.busy_already")
        await zofia.refers("1002")
        await zofia.is_told("503")
        await anna.answers()
        await anna.hears("whisper.keys")
        await anna.presses("1")
        await hear_each_other(citizen, anna)
        await desk.proven(2)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert sorted(fact["done"] for fact in by_screen) == [False, True]
    assert [fact["done"] for fact in desk.screen.all("command_answered")].count(True) == 1
    assert [attempt.outcome for attempt in story.transfers] == [Outcome.EFFECTIVE] * 2
    assert piotr.times_rung == 0


async def test_accepted_in_the_instant_it_is_called_off(opens_office: OpensOffice) -> None:
    """Whichever comes first counts, and everybody ends with somebody."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        await desk.screen.orders(f"{desk.call}/transfer", extension="1001")
        await anna.answers()
        await anna.hears("whisper.keys")
        anna.presses_by_info("1")
        await desk.screen.gives(f"{desk.call}/take-back")
        ended = (await desk.screen.sees("transfer_ended", times=2))["outcome"]
        left, stays = (zofia, anna) if ended == "effective" else (anna, zofia)
        await left.is_free()
        await hear_each_other(citizen, stays)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert story.transfers[1].outcome in (Outcome.EFFECTIVE, Outcome.CANCELLED)


async def test_resumed_by_the_screen_while_the_phone_has_the_line_on_hold(opens_office: OpensOffice) -> None:
    """Joined with a phone on hold the caller would hear nothing: music goes on until the phone takes the line."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await zofia.holds()
        assert (await desk.screen.orders(f"{desk.call}/hold"))["done"]
        await hears_music(citizen, not_of=zofia)
        refused = await desk.screen.orders(f"{desk.call}/resume")
        assert (refused["done"], "telefon" in refused["why"]) == (False, True)
        await hears_music(citizen, not_of=zofia)
        await zofia.resumes()
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await desk.office.story()


async def test_a_caller_who_has_us_on_hold_is_handed_over(opens_office: OpensOffice) -> None:
    """No audio comes from them, so nothing is proven; when they come back, the two hear each other."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001", Behaviour.TAKES_IT)
        await citizen.holds()
        await zofia.presses("*21001#")
        await desk.screen.sees("transfer_ended", outcome="not_proven")
        await citizen.resumes()
        await hear_each_other(citizen, anna)
        await zofia.is_free()
        await citizen.hangs_up()
        await desk.office.story()


async def test_a_clerks_phone_unregisters_while_they_talk(opens_office: OpensOffice) -> None:
    """The talk goes on, and so does its transfer; the next caller finds out that nobody can be rung there."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await zofia.unregisters()
        await hear_each_other(citizen, zofia)
        await desk.phone("1001", Behaviour.DECLINES)
        await zofia.refers("1001")
        await citizen.hears("came_back.declined")
        await zofia.is_told("503")
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        other = await desk.waits(number="601000002")
        await other.hears("queue.nobody")
        await other.is_put_down()
        await desk.office.has_closed(2)

    assert desk.screen.presences("zofia")[-2:] == ["offered", "away"]


async def test_a_clerks_phone_dies_while_they_talk(opens_office: OpensOffice) -> None:
    """The caller hears nothing and puts down; the clerk is not stuck, and away for the next one."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        zofia.goes_dead()
        await citizen.ear.hears_silence()
        await citizen.hangs_up()
        other = await desk.waits(number="601000002")
        await other.hears("queue.nobody")
        await other.is_put_down()
        await desk.office.has_closed(2)

    assert desk.screen.presences("zofia")[-4:] == ["wrapping_up", "ready", "offered", "away"]


async def test_a_colleague_passes_the_call_on_by_the_same_means(opens_office: OpensOffice) -> None:
    """Anna to Piotr by REFER, who declines: back to Anna; by keys, who takes it; Piotr by screen to Zofia."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001", Behaviour.TAKES_IT)
        piotr = await desk.phone("1002", Behaviour.DECLINES_BY_KEY)
        await zofia.refers("1001")
        await desk.proven(2)
        await anna.refers("1002")
        await citizen.hears("came_back.declined")
        await anna.is_told("503")
        await hear_each_other(citizen, anna)
        piotr.behaviour = Behaviour.TAKES_IT
        await anna.presses("*21002#")
        await hear_each_other(citizen, piotr)
        await anna.is_free()
        await desk.proven(3)
        zofia.behaviour = Behaviour.TAKES_IT
        await desk.screen.orders(f"{desk.call}/transfer", person="zofia")
        await hear_each_other(citizen, zofia)
        await piotr.is_free()
        await desk.proven(4)
        await zofia.hangs_up()
        await citizen.is_put_down()
        story = await desk.office.story()

    assert [(attempt.by_person, attempt.person, attempt.outcome) for attempt in story.transfers[1:]] == [
        ("zofia", "anna", Outcome.EFFECTIVE),
        ("anna", "piotr", Outcome.DECLINED),
        ("anna", "piotr", Outcome.EFFECTIVE),
        ("piotr", "zofia", Outcome.EFFECTIVE),
    ]
    assert story.transfers[2].instead is Instead.BACK
    assert story.call.outcome is CallOutcome.TRANSFERRED


async def test_a_colleague_is_told_that_the_caller_speaks_english(opens_office: OpensOffice) -> None:
    """Remembered through the queue and the transfer: what failed is told in English, the colleague in Polish."""
    async with with_a_clerk(opens_office, in_english="8") as (desk, citizen, zofia):
        anna = await desk.phone("1001", Behaviour.DECLINES_BY_KEY)
        await zofia.presses("*21001#")
        failed = await citizen.hears("came_back.declined")
        assert "whisper.english" in anna.prompts
        await citizen.hangs_up()
        story = await desk.office.story()

    assert "official" in failed.text
    assert (story.call.language, story.transfers[1].way) == ("en", Way.HANDED_OVER)
