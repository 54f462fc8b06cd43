"""The queue: who wants a person gets one in turn, and nobody waits into silence."""

from dataclasses import replace
from datetime import datetime

import pytest

from callflows.facts import (
    CallEnded,
    IntroductionPlayed,
    PositionTold,
    PresenceChanged,
    QueueJoined,
    QueueLeft,
    TransferAttempted,
)
from callflows.outcomes import CallOutcome, Outcome, Way
from tests.fakes.memory import Behaviour
from tests.flows.clerks import ADAM, ZOFIA, clerk, on_duty, staffed
from tests.flows.conftest import Opens, Stage
from tests.flows.town import WARSAW

pytestmark = pytest.mark.looptime


def presences(stage: Stage, clerk: str) -> list[str]:
    """Every presence that a clerk has had, in order."""
    return [fact.presence for fact in stage.journal.all(PresenceChanged) if fact.clerk == clerk]


async def test_a_caller_who_wants_a_person_gets_the_clerk_who_is_free(line: Opens) -> None:
    """Key 0: rung at once, taken by answering, introduced by name and unit, and both hear each other."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        citizen = await stage.caller(presses="0")
        await zofia.answers()
        told = await citizen.hears_all_of("introduction.person.zofia")
        await zofia.hears("offer")
        await citizen.is_talking_to(zofia)
        await citizen.listens(5)
        await citizen.hangs_up()
        await zofia.is_put_down()

    assert told.text == "Rozmawia z Państwem Zofia Umowna, Biuro Obsługi Mieszkańców."
    assert stage.journal.one(TransferAttempted).way is Way.QUEUE
    assert stage.outcomes == [Outcome.EFFECTIVE]
    assert stage.ended is CallOutcome.SERVED
    assert stage.journal.one(QueueLeft).why == "served"
    assert presences(stage, ZOFIA) == ["ready", "offered", "talking", "wrapping_up"]


async def test_callers_wait_in_the_order_of_their_arrival(line: Opens) -> None:
    """The second one hears music and their place, and is next when the clerk has wrapped up."""
    async with line(staffed(wrap_up=5)) as stage:
        zofia = await clerk(stage, "1101")
        first, second = stage.world.citizen(number="+48601000001"), stage.world.citizen(number="+48601000002")
        await first.dials()
        await first.presses("0")
        await zofia.answers()
        await first.is_talking_to(zofia)
        await second.dials()
        await second.presses("0")
        position = await second.hears("queue.position.1")
        await second.is_on_hold()
        await first.hangs_up()
        await zofia.is_put_down()
        await zofia.answers()
        await second.is_talking_to(zofia)
        await second.hangs_up()

    assert "jeden" in position
    assert [fact.position for fact in stage.journal.all(QueueJoined)] == [1, 1]
    assert [fact.expected for fact in stage.journal.all(PositionTold)] == [None]


async def test_a_callback_is_offered_after_a_while_and_taken(line: Opens) -> None:
    """Each word on their place repeats the offer; key 2 orders it, with the matter that is known."""
    async with line(staffed(queue_says=30, queue_callback=60)) as stage:
        zofia = await clerk(stage, "1101")
        await (await zofia.dials("*13")).is_put_down()
        citizen = await stage.caller(presses="0")
        await citizen.hears("queue.callback")
        await citizen.hears("queue.callback")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert stage.ended is CallOutcome.CALLBACK
    assert stage.journal.one(QueueLeft).why == "callback"
    assert citizen.prompts.count("queue.position.1") >= 3


async def test_two_missed_offers_in_a_row_make_a_clerk_away(line: Opens) -> None:
    """The caller is offered to the other one, and never notices."""
    async with line(staffed()) as stage:
        await clerk(stage, "1101", Behaviour.NEVER_ANSWERS)
        adam = await clerk(stage, "1102")
        await (await adam.dials("*13")).is_put_down()
        citizen = await stage.caller(presses="0")
        await citizen.is_on_hold()
        await citizen.listens(40)
        await on_duty(stage, adam)
        await adam.answers()
        await citizen.is_talking_to(adam)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.EFFECTIVE]
    assert presences(stage, ZOFIA) == ["ready", "offered", "ready", "offered", "away"]


async def test_who_is_cut_off_in_the_queue_has_not_given_up(line: Opens) -> None:
    """The PBX restarts: the record does not count them among those for whom the wait was too long."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        await (await zofia.dials("*13")).is_put_down()
        gives_up, waits = (
            stage.world.citizen(number="+48601000001"),
            stage.world.citizen(number="+48601000002"),
        )
        for citizen in (gives_up, waits):
            await citizen.dials()
            await citizen.presses("0")
            await citizen.is_on_hold()
        await gives_up.hangs_up()
        stage.world.pbx_restarts()

    assert [fact.why for fact in stage.journal.all(QueueLeft)] == ["left", "broken_off"]


async def test_a_wait_that_proved_too_short_is_not_promised_again(line: Opens) -> None:
    """Talks took a minute, this one goes on and on: after that minute only the place is said."""
    async with line(staffed(wrap_up=1, queue_says=30)) as stage:
        zofia = await clerk(stage, "1101")
        for n in range(4):
            served = stage.world.citizen(number=f"+4860100000{n}")
            await served.dials()
            await served.presses("0")
            await zofia.answers()
            await served.is_talking_to(zofia)
            if n < 3:
                await served.listens(60)
                await served.hangs_up()
                await zofia.is_put_down()
        citizen = stage.world.citizen(number="+48601000009")
        await citizen.dials()
        await citizen.presses("0")
        await citizen.hears("queue.wait.2")
        await citizen.listens(200)
        await served.hangs_up()
        await citizen.hangs_up()

    expected = [fact.expected for fact in stage.journal.all(PositionTold)]
    assert None not in expected[:2]
    assert set(expected[4:]) == {None}


async def test_a_phone_that_answers_and_puts_down_makes_its_clerk_away(line: Opens) -> None:
    """As by itself, without anybody there: the caller is not bounced for ever, and gets the other clerk."""
    async with line(staffed(wrap_up=5)) as stage:
        zofia, adam = stage.world.phone("1101", Behaviour.HANGS_UP_AT_ONCE), stage.world.phone("1102")
        await on_duty(stage, zofia)
        await on_duty(stage, adam)
        await (await adam.dials("*13")).is_put_down()
        citizen = await stage.caller(presses="0")
        await citizen.is_on_hold()
        await citizen.listens(60)
        await on_duty(stage, adam)
        await adam.answers()
        await citizen.is_talking_to(adam)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.NOT_PROVEN, Outcome.NOT_PROVEN, Outcome.EFFECTIVE]
    assert presences(stage, ZOFIA)[-1] == "away"


async def test_a_caller_whom_nobody_hears_is_promised_a_callback(line: Opens) -> None:
    """Two clerks had them and heard nothing: a third would not either, and each offer costs a clerk's time."""
    async with line(staffed(wrap_up=1)) as stage:
        zofia = await clerk(stage, "1101", sends_audio=False)
        citizen = await stage.caller(presses="0")
        for _ in range(2):
            await zofia.answers()
            await zofia.hears("silence")
            await zofia.hangs_up()
        await citizen.hears("reason.not_proven")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert stage.outcomes == [Outcome.NOT_PROVEN, Outcome.NOT_PROVEN]
    assert stage.journal.one(QueueLeft).why == "not_heard"
    assert stage.ended is CallOutcome.CALLBACK
    assert "away" not in presences(stage, ZOFIA), "it is not their phone's fault"


async def test_the_callback_key_before_it_was_offered(line: Opens) -> None:
    """Pressed ahead, or out of impatience: nobody loses their place by a key of which they were told nothing."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        await (await zofia.dials("*13")).is_put_down()
        citizen = await stage.caller(presses="02")
        await citizen.hears("queue.position.1")
        await citizen.is_on_hold()
        await citizen.presses("2")
        await citizen.listens(5)
        await citizen.is_on_hold()
        await on_duty(stage, zofia)
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.journal.one(QueueLeft).why == "served"


async def test_a_clerk_hears_that_they_are_logged_on_before_their_phone_rings(line: Opens) -> None:
    """Somebody waits already: a phone that takes one call at a time would say that it is busy."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        await (await zofia.dials("*13")).is_put_down()
        citizen = await stage.caller(presses="0")
        await citizen.is_on_hold()
        logging_on = await zofia.dials("*11")
        await logging_on.hears_all_of("presence.on")
        assert zofia.times_rung == 0
        await logging_on.is_put_down()
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()


async def test_the_last_clerk_logs_off_with_callers_waiting(line: Opens) -> None:
    """Each is told, and promised a callback to the number that they called from."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        await (await zofia.dials("*13")).is_put_down()
        waiting = [stage.world.citizen(number=f"+4860100000{n}") for n in (1, 2)]
        for citizen in waiting:
            await citizen.dials()
            await citizen.presses("0")
            await citizen.is_on_hold()
        await (await zofia.dials("*12")).is_put_down()
        for citizen in waiting:
            await citizen.hears("queue.nobody")
            await citizen.hears("callback.promised")
            await citizen.is_put_down()

    assert [fact.why for fact in stage.journal.all(QueueLeft)] == ["nobody", "nobody"]
    assert [wish.number for wish in stage.house.promises.wishes] == ["+48601000001", "+48601000002"]
    assert {fact.outcome for fact in stage.journal.all(CallEnded)} == {CallOutcome.CALLBACK}


async def test_at_closing_time_nobody_is_left_in_the_queue(line: Opens) -> None:
    """The hall closes at half past three: who waits then is promised a callback, due tomorrow."""
    at = datetime(2026, 11, 24, 15, 29, tzinfo=WARSAW)
    async with line(staffed(), at) as stage:
        zofia = await clerk(stage, "1101")
        await (await zofia.dials("*13")).is_put_down()
        citizen = await stage.caller(presses="0")
        await citizen.hears("queue.closing")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert stage.journal.one(QueueLeft).why == "closed"
    assert stage.ended is CallOutcome.CALLBACK


async def test_fifty_callers_and_one_clerk(line: Opens) -> None:
    """Each is told their place, each is served, in the order in which they came, and one at a time."""
    async with line(staffed(wrap_up=1, ring=5)) as stage:
        zofia = await clerk(stage, "1101")
        callers = [stage.world.citizen(number=f"+486010000{n:02}") for n in range(50)]
        for citizen in callers:
            await citizen.dials()
            await citizen.presses("0")
        for citizen in callers:
            await zofia.answers()
            await citizen.is_talking_to(zofia)
            await citizen.listens(3)
            await citizen.hangs_up()
            await zofia.is_put_down()

    assert max(fact.position for fact in stage.journal.all(PositionTold)) >= 45
    assert {fact.why for fact in stage.journal.all(QueueLeft)} == {"served"}
    assert presences(stage, ZOFIA).count("talking") == 50


async def test_a_clerk_who_is_handed_a_caller_is_offered_no_other(line: Opens) -> None:
    """Adam was chosen by Zofia: while he is rung and talks, the queue leaves him alone."""
    async with line(staffed()) as stage:
        zofia, adam = stage.world.phone("1101"), stage.world.phone("1102")
        await on_duty(stage, zofia)
        first, second = stage.world.citizen(number="+48601000001"), stage.world.citizen(number="+48601000002")
        await first.dials()
        await first.presses("0")
        await zofia.answers()
        await first.is_talking_to(zofia)
        await first.listens(3)
        await on_duty(stage, adam)
        await zofia.presses("*21102#")
        await first.hears("announce.person.adam")
        await second.dials()
        await second.presses("0")
        await adam.answers()
        await adam.hears("whisper.keys")
        await adam.presses("1")
        await first.is_talking_to(adam)
        await second.is_on_hold()
        await first.listens(4)
        rung_for_the_first = adam.times_rung
        await first.hangs_up()
        await adam.is_put_down()
        await second.hangs_up()

    assert rung_for_the_first == 1


async def test_nobody_logged_on_rings_the_desk_as_before(line: Opens) -> None:
    """A hall that does not use the queue need not notice it."""
    async with line() as stage:
        clerk = stage.world.phone("1900", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="0")
        await citizen.is_talking_to(clerk)
        await citizen.hangs_up()

    assert stage.journal.all(QueueJoined) == []


async def test_a_clerk_who_logs_off_while_they_are_rung(line: Opens) -> None:
    """The phone stops; the caller goes on waiting for the other one, who is on a break."""
    async with line(staffed()) as stage:
        zofia, adam = stage.world.phone("1101"), stage.world.phone("1102")
        await on_duty(stage, adam)
        await (await adam.dials("*13")).is_put_down()
        await on_duty(stage, zofia)
        citizen = await stage.caller(presses="0")
        await zofia.rings()
        stage.house.floor.log_off(ZOFIA)
        await zofia.stops_ringing()
        await citizen.is_on_hold()
        await on_duty(stage, adam)
        await adam.answers()
        await citizen.is_talking_to(adam)
        await citizen.listens(3)
        await citizen.hangs_up()

    assert stage.outcomes == [Outcome.CANCELLED, Outcome.EFFECTIVE]


async def test_a_caller_who_leaves_the_queue_frees_the_clerk(line: Opens) -> None:
    """No phone rings on for somebody who has gone."""
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        citizen = await stage.caller(presses="0")
        await zofia.rings()
        await citizen.hangs_up()
        await zofia.stops_ringing()
        stage.world.assert_no_ghost_legs()

    assert presences(stage, ZOFIA) == ["ready", "offered", "ready"]
    assert stage.journal.one(QueueLeft).why == "left"
    assert stage.ended is CallOutcome.ABANDONED


async def test_who_speaks_english_is_brought_to_who_does(line: Opens) -> None:
    """Adam has been idle for longer, and speaks Polish only; Zofia knows of it before she has the caller."""
    async with line(staffed()) as stage:
        zofia, adam = stage.world.phone("1101"), stage.world.phone("1102")
        await on_duty(stage, adam)
        await on_duty(stage, zofia)
        citizen = await stage.caller(presses="8")
        await citizen.presses("0")
        await zofia.answers()
        await zofia.hears_all_of("whisper.english")
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    assert stage.journal.one(QueueJoined).language == "en"
    assert adam.times_rung == 0


async def test_an_introduction_that_is_not_played_is_prompted(line: Opens) -> None:
    """Who wants to say their name themselves is asked to."""
    hall = staffed()
    one = replace(hall.people[ADAM], introduction=False)
    hall = replace(hall, people={**hall.people, ADAM: one})
    async with line(hall) as stage:
        adam = await clerk(stage, "1102")
        citizen = await stage.caller(presses="0")
        await adam.answers()
        await adam.hears("clerk.introduce")
        await citizen.is_talking_to(adam)
        await citizen.hangs_up()

    assert stage.journal.all(IntroductionPlayed) == []


async def test_only_the_desks_phones_log_on(line: Opens) -> None:
    """Anna is an official, and no clerk."""
    async with line(staffed()) as stage:
        anna = stage.world.phone("1001")
        call = await anna.dials("*11")
        await call.hears("presence.refused")
        await call.is_put_down()

    assert stage.journal.all(PresenceChanged) == []


async def test_phones_of_the_hall_call_each_other(line: Opens) -> None:
    """Rung, answered, connected; and a number that nobody has is refused."""
    async with line(staffed()) as stage:
        zofia, anna = stage.world.phone("1101"), stage.world.phone("1001")
        call = await zofia.dials("1001")
        await anna.answers()
        await call.is_talking_to(anna)
        await anna.hangs_up()
        await call.is_put_down()
        await (await zofia.dials("1777")).is_refused()
