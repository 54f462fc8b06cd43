"""The floor alone: clerks come, go, take a break, and do not answer; at any moment."""

from dataclasses import replace

import pytest

from callflows.command import Command, CommandId
from callflows.facts import CommandAnswered, PresenceChanged
from callflows.floor.clerk import ASKED_AGAIN, Kept
from callflows.floor.ports import News, NotAClerk
from callflows.floor.presence import Presence
from directory.model import Extension, PersonId, Reached
from tests.unit.callflows.desk import ADAM, WRAP_UP, ZOFIA, Desk, seconds

pytestmark = pytest.mark.looptime


async def test_two_offers_missed_in_a_row() -> None:
    """Away; the caller is offered to the next one."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        await caller.asks()
        caller.offered.missed()
        assert desk.presence(ZOFIA) is Presence.READY
        await caller.asks()
        caller.offered.missed()
        assert desk.presence(ZOFIA) is Presence.AWAY
        await caller.asks()
        assert caller.got is News.NOBODY_ON_DUTY
        desk.log_on(ZOFIA)
        await caller.asks()
        caller.offered.missed()
        assert desk.presence(ZOFIA) is Presence.READY


async def test_a_talk_between_two_missed_offers() -> None:
    """They are in a row only if nothing was taken in between."""
    desk = Desk(ZOFIA, wrap_up=1)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        for how in ("missed", "taken", "missed"):
            await caller.asks()
            offered = caller.offered
            getattr(offered, how)()
            offered.talk_over()
            await seconds(2)

        assert desk.presence(ZOFIA) is Presence.READY


async def test_a_busy_phone_is_not_rung_all_the_time() -> None:
    """In a hall without wrap-up: a phone that says busy in a millisecond would be asked a hundred times a second."""
    desk = Desk(ZOFIA, wrap_up=0)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        await caller.asks()
        caller.offered.busy()
        await caller.asks()
        await seconds(ASKED_AGAIN - 1)
        assert caller.got is None
        await seconds(1)
        assert caller.offered.clerk is ZOFIA


async def test_a_phone_that_is_answered_and_put_down_again_and_again() -> None:
    """Taken up each time, and nobody had the caller: that is missed, too, and tells nothing of how long talks are."""
    desk = Desk(ZOFIA, wrap_up=1)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        for _ in range(2):
            await seconds(2)
            await caller.asks()
            caller.offered.taken()
            caller.offered.missed()
        assert desk.presence(ZOFIA) is Presence.AWAY
        desk.log_on(ZOFIA)
        await caller.asks()
        caller.offered.taken()
        caller.offered.missed()
        assert desk.presence(ZOFIA) is Presence.WRAPPING_UP
        assert caller.place.expected is None


async def test_two_clerks_at_one_phone() -> None:
    """Logged on by a screen: the phone is rung for one caller at a time."""
    desk = Desk(ZOFIA, replace(ADAM, extension=ZOFIA.extension))
    desk.log_on(ZOFIA, ADAM)
    async with desk.caller() as first, desk.caller() as second:
        await first.asks()
        await second.asks()
        assert second.got is None
        first.offered.busy()
        await seconds(0)
        assert second.offered.clerk.id == ADAM.id


async def test_who_is_no_clerk_any_more_is_not_waited_for() -> None:
    """The hall's data changed: who was ready is away, who is rung is called off, and callers are sent home."""
    desk = Desk(ZOFIA, ADAM)
    desk.log_on(ZOFIA, ADAM)
    desk.floor.pause(ADAM.id)
    async with desk.caller() as rung, desk.caller() as waits:
        await rung.asks()
        await waits.asks()
        called_off: list[str] = []
        rung.offered.when_called_off(lambda: called_off.append("ringing"))
        people = {one: person for one, person in desk.hall.people.items() if one not in (ZOFIA.id, ADAM.id)}
        desk.hall = replace(desk.hall, people=people)
        desk.floor.hall_changed()
        await seconds(0)
        assert called_off == ["ringing"]
        assert waits.got is News.NOBODY_ON_DUTY
        assert not desk.floor.staffed
        rung.offered.withdrawn()

    assert desk.told(ZOFIA)[-1] == desk.told(ADAM)[-1] == "away: logged_off"


async def test_who_is_no_clerk_any_more_ends_their_talk_first() -> None:
    """The caller is theirs to the end; then they are away."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        await caller.asks()
        caller.offered.taken()
        desk.hall = replace(desk.hall, people={})
        desk.floor.hall_changed()
        caller.offered.talk_over()

    assert desk.told(ZOFIA)[-1] == "away: talk_over"


async def test_a_busy_phone_is_asked_again_later() -> None:
    """Not at once, and it is no missed offer."""
    desk = Desk(ZOFIA, wrap_up=WRAP_UP)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        for _ in range(3):
            await caller.asks()
            caller.offered.busy()
            await caller.asks()
            assert (caller.got, desk.presence(ZOFIA)) == (None, Presence.WRAPPING_UP)
            await seconds(WRAP_UP)
            caller.offered.busy()
            await seconds(WRAP_UP)
        assert desk.presence(ZOFIA) is Presence.READY


async def test_a_dead_phone_is_nobody_on_duty() -> None:
    """Its owner is away until they log on again."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        await caller.asks()
        caller.offered.unreachable()
        assert desk.presence(ZOFIA) is Presence.AWAY


async def test_the_work_after_a_talk() -> None:
    """The next caller is offered when its time is over, or when the clerk says so."""
    desk = Desk(ZOFIA, wrap_up=WRAP_UP)
    desk.log_on(ZOFIA)
    async with desk.caller() as first, desk.caller() as second:
        await first.asks()
        first.offered.taken()
        first.offered.talk_over()
        await second.asks()
        await seconds(WRAP_UP - 1)
        assert second.got is None
        await seconds(1)
        second.offered.taken()
        second.offered.talk_over()
        await first.asks()
        assert first.got is None
        desk.log_on(ZOFIA)
        await seconds(0)
        assert first.offered.clerk is ZOFIA
        await seconds(2 * WRAP_UP)
        assert desk.presence(ZOFIA) is Presence.OFFERED


@pytest.mark.parametrize(("verb", "then"), [("pause", Presence.PAUSED), ("log_off", Presence.AWAY)])
@pytest.mark.parametrize("when", ["ready", "offered", "taken", "wrapping_up"])
async def test_a_break_or_the_end_of_duty_at_any_moment(verb: str, then: Presence, when: str) -> None:
    """At once; an offer is called off; a talk goes on to its end."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    called_off: list[str] = []
    async with desk.caller() as caller:
        if when != "ready":
            await caller.asks()
            caller.offered.when_called_off(lambda: called_off.append("stop"))
        if when in ("taken", "wrapping_up"):
            caller.offered.taken()
        if when == "wrapping_up":
            caller.offered.talk_over()

        getattr(desk.floor, verb)(ZOFIA.id)

        if when == "taken":
            assert (desk.presence(ZOFIA).word, called_off) == ("talking", [])
            caller.offered.talk_over()
        if when == "offered":
            assert called_off == ["stop"]
            caller.offered.withdrawn()
        assert desk.presence(ZOFIA) is then
        await seconds(WRAP_UP + 1)
        assert desk.presence(ZOFIA) is then


async def test_called_off_before_the_phone_was_asked_to_ring() -> None:
    """Whoever rings learns it as soon as they ask."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    called_off: list[str] = []
    async with desk.caller() as caller:
        await caller.asks()
        desk.floor.log_off(ZOFIA.id)
        caller.offered.when_called_off(lambda: called_off.append("stop"))
        assert called_off == ["stop"]


async def test_who_answers_as_they_log_off_has_the_caller() -> None:
    """It is their last one."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        await caller.asks()
        desk.floor.log_off(ZOFIA.id)
        caller.offered.taken()
        assert desk.presence(ZOFIA) is Presence.LAST_TALK
        assert not desk.floor.staffed
        caller.offered.talk_over()
        assert desk.presence(ZOFIA) is Presence.AWAY


async def test_off_and_on_again_while_rung() -> None:
    """The offer that is being called off is still theirs: no second one until it has ended."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as first, desk.caller() as second:
        await first.asks()
        desk.floor.log_off(ZOFIA.id)
        desk.log_on(ZOFIA)
        await second.asks()
        assert second.got is None
        first.offered.withdrawn()
        await seconds(0)
        assert second.offered.clerk is ZOFIA


async def test_the_last_clerk_goes_with_callers_waiting() -> None:
    """Each of them is told, also who asks only then; a break is no reason to go."""
    desk = Desk(ZOFIA, ADAM)
    desk.log_on(ZOFIA, ADAM)
    desk.floor.pause(ZOFIA.id)
    desk.floor.pause(ADAM.id)
    async with desk.caller() as first, desk.caller() as second, desk.caller() as third:
        await first.asks()
        await second.asks()
        desk.floor.log_off(ADAM.id)
        await seconds(0)
        assert (first.got, second.got) == (None, None)
        desk.floor.log_off(ZOFIA.id)
        await seconds(0)
        await third.asks()
        assert (first.got, second.got, third.got) == (News.NOBODY_ON_DUTY,) * 3
        assert not desk.floor.staffed


async def test_a_phone_that_is_in_use() -> None:
    """Its clerk is ready, and is offered nobody until it is free again."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        with desk.floor.on_the_phone("1101"), desk.floor.on_the_phone("1001"):
            with desk.floor.on_the_phone("1101"):
                await caller.asks()
            await seconds(1)
            assert (caller.got, desk.presence(ZOFIA)) == (None, Presence.READY)
        await seconds(0)
        assert caller.offered.clerk is ZOFIA


async def test_the_first_word_counts() -> None:
    """What is said of an offer or a talk that is over means nothing."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        await caller.asks()
        offered = caller.offered
        for verb in ("withdrawn", "missed", "busy", "unreachable", "talk_over", "taken"):
            getattr(offered, verb)()
        assert desk.presence(ZOFIA) is Presence.READY
        await caller.asks()
        assert caller.offered is not offered
        caller.offered.taken()
        caller.offered.taken()
        for verb in (
            "unreachable",
            "missed",
            "missed",
        ):  # the leg has gone: of a clerk who talks, the talk is over
            getattr(caller.offered, verb)()
        assert desk.presence(ZOFIA) is Presence.WRAPPING_UP


async def test_every_change_is_on_record_once() -> None:
    """In the words for people, with the call it is about."""
    desk = Desk(ZOFIA, wrap_up=5)
    desk.log_on(ZOFIA, ZOFIA)
    async with desk.caller() as caller:
        await caller.asks()
        caller.offered.taken()
        desk.floor.pause(ZOFIA.id)
        desk.log_on(ZOFIA)
        caller.offered.talk_over()
        await seconds(6)
    desk.floor.log_off(ZOFIA.id)

    assert desk.told(ZOFIA) == [
        "ready: logged_on",
        "offered: offered",
        "talking: taken",
        "wrapping_up: talk_over",
        "ready: wrapped_up",
        "away: logged_off",
    ]
    calls = [fact.with_call for fact in desk.journal.all(PresenceChanged)]
    assert calls == ["", "call-1", "call-1", "call-1", "", ""]


async def test_a_command_is_answered_once() -> None:
    """Also if it changes nothing."""
    desk = Desk(ZOFIA)
    desk.floor.log_on(ZOFIA.id, Command(id=CommandId("a"), by="screen"))
    desk.floor.log_on(ZOFIA.id, Command(id=CommandId("b"), by="screen"))
    desk.floor.pause(ZOFIA.id, Command(id=CommandId("c"), by="screen"))

    answered = [(fact.command, fact.what, fact.done) for fact in desk.journal.all(CommandAnswered)]
    assert answered == [("a", "logged_on", True), ("b", "logged_on", True), ("c", "paused", True)]


@pytest.mark.parametrize("verb", ["log_on", "log_off", "pause"])
@pytest.mark.parametrize("who", ["anna", "nobody"])
async def test_who_is_no_clerk(verb: str, who: str) -> None:
    """An official, or nobody at all: one sentence."""
    desk = Desk(ZOFIA)
    with pytest.raises(NotAClerk, match=f'"{who}" is no clerk'):
        getattr(desk.floor, verb)(PersonId(who), CommandId("x"))
    assert desk.journal.facts == []


async def test_a_clerk_whom_the_directory_loses() -> None:
    """They are offered nobody; the talk that they have ends as any other."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller, desk.caller() as other:
        await caller.asks()
        caller.offered.taken()
        desk.hall = replace(
            desk.hall,
            people={ZOFIA.id: replace(ZOFIA, extension=Extension("1101", Reached.TRUNK))},
        )
        assert desk.floor.clerks() == ()
        caller.offered.talk_over()
        await other.asks()
        await seconds(WRAP_UP + 1)
        assert desk.floor.reserve(ZOFIA.id, other.id) is None
        assert not isinstance(other.got, Kept)
