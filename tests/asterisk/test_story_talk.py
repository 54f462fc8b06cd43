"""A clerk's transfer on real Asterisk: by screen, by keys, by the phone's own key; effective, or back to the clerk."""

from collections.abc import Awaitable, Callable

import pytest

from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from tests.fakes.behaviour import Behaviour
from tests.office.desk import Desk, hear_each_other, hears_music, with_a_clerk
from tests.office.fixtures import OpensOffice
from tests.phones.phone import Phone

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Ask = Callable[[Desk, Phone], Awaitable[None]]


async def _by_screen(desk: Desk, zofia: Phone) -> None:
    answered = await desk.screen.orders(f"{desk.call}/transfer", extension="1001")
    assert answered["done"]


async def _by_keys(desk: Desk, zofia: Phone) -> None:
    await zofia.presses("*21001#")


async def _by_keys_and_a_pause(desk: Desk, zofia: Phone) -> None:
    await zofia.presses("*21001")


async def _by_transfer_key(desk: Desk, zofia: Phone) -> None:
    await zofia.refers("1001")
    assert zofia.refer_answer == "202"


async def _by_transfer_key_from_hold(desk: Desk, zofia: Phone) -> None:
    await zofia.holds()
    await _by_transfer_key(desk, zofia)


BY_REFER = (_by_transfer_key, _by_transfer_key_from_hold)
WAYS = {
    "screen": _by_screen,
    "keys": _by_keys,
    "pause": _by_keys_and_a_pause,
    "refer": _by_transfer_key,
    "refer-from-hold": _by_transfer_key_from_hold,
}


@pytest.mark.parametrize("ask", WAYS.values(), ids=WAYS)
async def test_each_way_of_asking_is_the_same_verified_transfer(opens_office: OpensOffice, ask: Ask) -> None:
    """Announced, whispered with the clerk's name, taken by key, introduced, heard both ways; and the clerk is free."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        await ask(desk, zofia)
        await citizen.hears("announce.person.anna")
        await anna.rings()
        if ask is not _by_transfer_key_from_hold:
            await zofia.hears("handover.ringing")
        await anna.answers()
        await anna.hears("whisper.by")
        await anna.hears("whisper.keys")
        await anna.presses("1")
        await citizen.hears("introduction.person.anna")
        await hear_each_other(citizen, anna)
        await zofia.is_free()
        if ask in BY_REFER:
            await zofia.is_told("200")
        else:
            assert zofia.prompts[-3:] == ["handover.ringing", "handover.taken_up", "handover.done"]
        await desk.proven(2)
        await desk.screen.sees("presence_changed", times=2, clerk="zofia", presence="ready")
        await citizen.hangs_up()
        await anna.is_free()
        story = await desk.office.story()

    queue, handed = story.transfers
    assert (queue.way, queue.outcome, queue.talk_ended_by) == (Way.QUEUE, Outcome.EFFECTIVE, "handed_over")
    assert (handed.way, handed.by_person, handed.person) == (Way.HANDED_OVER, "zofia", "anna")
    assert (handed.outcome, handed.talk_ended_by) == (Outcome.EFFECTIVE, "caller")
    assert story.call.outcome is CallOutcome.TRANSFERRED
    assert [fact["done"] for fact in desk.screen.all("command_answered")] == [True]


FAILURES = [
    (Behaviour.BUSY, Outcome.BUSY),
    (Behaviour.NEVER_ANSWERS, Outcome.NO_ANSWER),
    (Behaviour.DECLINES_BY_KEY, Outcome.DECLINED),
    (Behaviour.VOICEMAIL, Outcome.NOT_ACCEPTED),
    (Behaviour.HANGS_UP_WHILE_ANNOUNCED, Outcome.NOT_ACCEPTED),
    (Behaviour.FORWARDS, Outcome.UNREACHABLE),
]


@pytest.mark.parametrize("ask", [_by_screen, _by_keys, _by_transfer_key], ids=["screen", "keys", "refer"])
async def test_a_transfer_that_fails_comes_back_to_the_same_clerk(
    opens_office: OpensOffice, ask: Ask
) -> None:
    """One talk, one failure after another: each time both hear why, and the direct number, and talk on."""
    async with with_a_clerk(opens_office, ring=3.0, accept=4.0) as (desk, citizen, zofia):
        outside, anna = await desk.outside(), await desk.phone("1001")
        for behaviour, outcome in FAILURES:
            anna.behaviour = behaviour
            await ask(desk, zofia)
            await citizen.hears("announce.person.anna")
            for party in (citizen, zofia):
                await party.hears(f"came_back.{outcome.value}")
                await party.hears("number.48447327705")
            await hear_each_other(citizen, zofia)
            await anna.is_free()
            if ask is _by_transfer_key:
                await zofia.is_told("503")
        await zofia.hangs_up()
        await citizen.is_put_down()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers[1:]] == [outcome for _, outcome in FAILURES]
    assert {(attempt.instead, attempt.by_person) for attempt in story.transfers[1:]} == {
        (Instead.BACK, "zofia")
    }
    assert story.call.direct_number == "+48447327705"
    assert story.call.outcome is CallOutcome.SERVED
    assert zofia.times_rung == 1
    assert outside.times_rung == 0


async def test_back_to_a_phone_on_hold_waits_for_it(opens_office: OpensOffice) -> None:
    """After a REFER from hold has failed the caller hears music, until the clerk takes the line; then both hear why."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001", Behaviour.BUSY)
        await _by_transfer_key_from_hold(desk, zofia)
        await citizen.hears("announce.person.anna")
        await zofia.is_told("503")
        await hears_music(citizen, not_of=zofia)
        assert "came_back.busy" not in citizen.prompts
        await zofia.resumes()
        for party in (citizen, zofia):
            await party.hears("came_back.busy")
            await party.hears("number.48447327705")
        await hear_each_other(citizen, zofia)
        await anna.is_free()
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers] == [Outcome.EFFECTIVE, Outcome.BUSY]


async def test_hold_and_resume_by_every_means(opens_office: OpensOffice) -> None:
    """By the phone's key, by *5, by the screen: music, and nothing of what the clerk says; each is on record."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await zofia.holds()
        await hears_music(citizen, not_of=zofia)
        await zofia.resumes()
        await hear_each_other(citizen, zofia)

        await zofia.presses("*5")
        await hears_music(citizen, not_of=zofia)
        await zofia.hears("hold.on")
        await zofia.presses("*5")
        await hear_each_other(citizen, zofia)

        assert (await desk.screen.orders(f"{desk.call}/hold"))["done"]
        await hears_music(citizen, not_of=zofia)
        assert (await desk.screen.orders(f"{desk.call}/resume"))["done"]
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await desk.office.story()

    assert [fact["by"] for fact in desk.screen.all("hold_began")] == ["zofia"] * 3
    assert len(desk.screen.all("hold_ended")) == 3


async def test_hold_on_both_sides(opens_office: OpensOffice) -> None:
    """Whoever comes back first hears music until the other does, in either order; a transfer's end changes nothing."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await zofia.holds()
        await citizen.holds()
        await zofia.resumes()
        await hears_music(zofia, not_of=citizen)
        await citizen.resumes()
        await hear_each_other(citizen, zofia)

        await citizen.holds()
        await zofia.holds(inactive=True)
        await citizen.resumes()
        await hears_music(citizen, not_of=zofia)
        await zofia.resumes()
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await desk.office.story()
