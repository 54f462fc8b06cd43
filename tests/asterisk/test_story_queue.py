"""The queue on real Asterisk: clerks log on by dialling, callers wait in turn, and nobody waits into silence."""

from datetime import datetime

import pytest

from api.clock import SetClock
from callflows.outcomes import CallOutcome, Outcome, Way
from tests.fakes.behaviour import Behaviour
from tests.flows.town import WARSAW
from tests.office.desk import dials, hear_each_other, hears_music, open_desk, quick
from tests.office.fixtures import OpensOffice
from tests.office.office import open_office
from tests.pbx.asterisk import Pbx

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def test_clerks_come_and_go_by_their_phones(opens_office: OpensOffice) -> None:
    """The phone has proved whose it is (digest); an official's phone is none of the desk's."""
    async with open_desk(opens_office(quick())) as desk:
        zofia, anna = await desk.phone("1101"), await desk.phone("1001")
        await dials(zofia, "*11", "presence.on")
        await dials(zofia, "*13", "presence.paused")
        await dials(zofia, "*11", "presence.on")
        await dials(zofia, "*12", "presence.off")
        await dials(anna, "*11", "presence.refused")
        await desk.screen.sees("presence_changed", clerk="zofia", presence="away")

    assert desk.screen.presences("zofia") == ["ready", "paused", "ready", "away"]
    assert {change["clerk"] for change in desk.screen.all("presence_changed")} == {"zofia"}


async def test_two_callers_and_one_clerk(opens_office: OpensOffice) -> None:
    """The first is taken at once; the second hears music and their place, and is next after the wrap-up."""
    async with open_desk(opens_office(quick())) as desk:
        zofia = await desk.on_duty("1101")
        first = await desk.waits(number="601000001")
        await zofia.answers()
        await first.hears("introduction.person.zofia")
        await hear_each_other(first, zofia)
        assert "offer" in zofia.prompts

        second = await desk.waits(number="601000002")
        position = await second.hears("queue.position.1")
        await hears_music(second, not_of=zofia)
        await desk.proven(1)
        await first.hangs_up()
        await zofia.is_free()
        await zofia.until(lambda: zofia.times_rung == 2, "to be rung again")
        await zofia.answers()
        await hear_each_other(second, zofia)
        await desk.proven(2)
        await zofia.hangs_up()
        await second.is_put_down()
        stories = await desk.office.has_closed(2)
        await desk.screen.sees("presence_changed", times=3, clerk="zofia", presence="ready")

    assert "jeden" in position.text
    for story in stories:
        (attempt,) = story.transfers
        assert (attempt.way, attempt.person, attempt.outcome) == (Way.QUEUE, "zofia", Outcome.EFFECTIVE)
        assert (story.call.queue_left_why, story.call.clerk) == ("served", "zofia")
        assert story.call.outcome is CallOutcome.SERVED
    assert [story.transfers[0].talk_ended_by for story in stories] == ["caller", "colleague"]
    waited = [story.call.queue_seconds or 0.0 for story in stories]
    assert waited[0] < waited[1]
    talks = ["offered", "talking", "wrapping_up", "ready"]
    assert desk.screen.presences("zofia") == ["ready", *talks, *talks]


async def test_two_offers_that_are_missed_make_a_clerk_away(opens_office: OpensOffice) -> None:
    """The caller is offered to the other one, and has heard nothing but music."""
    async with open_desk(opens_office(quick(offer_ring=3.0))) as desk:
        zofia = await desk.on_duty("1101", Behaviour.NEVER_ANSWERS)
        adam = await desk.on_duty("1102")
        await dials(adam, "*13", "presence.paused")
        citizen = await desk.waits()
        await desk.screen.sees("presence_changed", clerk="zofia", presence="away")
        # Not by the phone: it would be rung in the moment in which it puts down, and might be busy yet.
        assert (await desk.screen.orders("clerks/adam/log-on"))["done"]
        await adam.answers()
        await hear_each_other(citizen, adam)
        await desk.proven(1)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers] == [
        Outcome.NO_ANSWER,
        Outcome.NO_ANSWER,
        Outcome.EFFECTIVE,
    ]
    assert desk.screen.presences("zofia") == ["ready", "offered", "ready", "offered", "away"]
    assert zofia.times_rung == 2


async def test_a_callback_instead_of_waiting(opens_office: OpensOffice) -> None:
    """Offered with the place in the queue, ordered by key 2."""
    async with open_desk(opens_office(quick())) as desk:
        zofia = await desk.on_duty("1101")
        await dials(zofia, "*13", "presence.paused")
        citizen = await desk.waits()
        await citizen.hears("queue.callback")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()
        story = await desk.office.story()
        assert await desk.office.tickets() == ["+48601234567"]

    assert (story.call.outcome, story.call.queue_left_why) == (CallOutcome.CALLBACK, "callback")


async def test_the_last_clerk_logs_off_with_callers_waiting(opens_office: OpensOffice) -> None:
    """Each is told so and promised a callback, though one of them rings at the clerk's phone just then."""
    async with open_desk(opens_office(quick())) as desk:
        zofia = await desk.on_duty("1101")
        first = await desk.waits(number="601000001")
        await zofia.rings()
        second = await desk.waits(number="601000002")
        await second.begins_to_hear("queue.position.2")
        answered = await desk.screen.orders("clerks/zofia/log-off")
        for citizen in (first, second):
            await citizen.hears("queue.nobody")
            await citizen.hears("callback.promised")
            await citizen.is_put_down()
        await zofia.is_free()
        stories = await desk.office.has_closed(2)
        assert sorted(await desk.office.tickets()) == ["+48601000001", "+48601000002"]

    assert answered["done"]
    assert {story.call.queue_left_why for story in stories} == {"nobody"}
    assert {story.call.outcome for story in stories} == {CallOutcome.CALLBACK}
    assert [attempt.outcome for story in stories for attempt in story.transfers] == [Outcome.CANCELLED]


async def test_at_closing_time_nobody_is_left_in_the_queue(pbx: Pbx, database_url: str) -> None:
    """It is three seconds to the end of the hall's day; the clock of the hall stands still there."""
    clock = SetClock(datetime(2026, 11, 24, 15, 29, 57, tzinfo=WARSAW), elapsed=lambda: 0.0)
    async with open_desk(open_office(pbx, quick(), database_url, clock)) as desk:
        zofia = await desk.on_duty("1101")
        await dials(zofia, "*13", "presence.paused")
        citizen = await desk.waits()
        await citizen.hears("queue.closing")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()
        story = await desk.office.story()
        assert await desk.office.tickets() == ["+48601234567"]

    assert (story.call.outcome, story.call.queue_left_why) == (CallOutcome.CALLBACK, "closed")


async def test_who_speaks_english_is_brought_to_who_does(opens_office: OpensOffice) -> None:
    """Adam has been idle for longer, and speaks Polish only; Zofia is told what to expect."""
    async with open_desk(opens_office(quick())) as desk:
        adam = await desk.on_duty("1102")
        zofia = await desk.on_duty("1101")
        citizen = await desk.waits(in_english="8")
        await zofia.answers()
        introduced = await citizen.hears("introduction.person.zofia")
        await hear_each_other(citizen, zofia)
        await desk.proven(1)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert introduced.text.startswith("You are")
    assert "whisper.english" in zofia.prompts
    assert adam.times_rung == 0
    assert (story.call.language, story.call.outcome) == ("en", CallOutcome.SERVED)


@pytest.mark.parametrize("how", ["unregisters", "goes-dead"])
async def test_a_clerk_whose_phone_is_gone(opens_office: OpensOffice, how: str) -> None:
    """Found out by the first caller: the clerk is away, and as nobody is left, the caller is promised a callback."""
    async with open_desk(opens_office(quick())) as desk:
        zofia = await desk.on_duty("1101")
        if how == "unregisters":
            await zofia.unregisters()
        else:
            zofia.goes_dead()
        citizen = await desk.waits()
        await citizen.hears("queue.nobody")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers] == [Outcome.UNREACHABLE]
    assert desk.screen.presences("zofia") == ["ready", "offered", "away"]


async def test_a_caller_who_leaves_the_queue_frees_the_clerk(opens_office: OpensOffice) -> None:
    """The phone stops at once, and the clerk is ready for the next caller."""
    async with open_desk(opens_office(quick())) as desk:
        zofia = await desk.on_duty("1101")
        citizen = await desk.waits()
        await zofia.rings()
        await citizen.hangs_up()
        await zofia.is_free()
        await desk.screen.sees("presence_changed", times=2, clerk="zofia", presence="ready")
        story = await desk.office.story()

    assert (story.call.outcome, story.call.queue_left_why) == (CallOutcome.ABANDONED, "left")
    assert [attempt.outcome for attempt in story.transfers] == [Outcome.CALLER_LEFT]
