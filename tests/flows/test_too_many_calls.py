"""Too many calls of one number: politely asked to call later, at little cost, and nobody else notices."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callflows.facts import CallAnswered, CallEnded, PromptPlayed, TooManyCalls
from callflows.often import TOLD_AT_ONCE
from callflows.outcomes import CallOutcome
from telephony.values import Arrival, HangUpCause, NumberShown
from tests.flows.conftest import Opens, Stage
from tests.flows.town import TOWN, TUESDAY_NIGHT, WARSAW, town

pytestmark = pytest.mark.looptime

LIMITED = town(calls_per_minute=3, calls_at_once=2, withheld_at_once=2)
BUSY = "+48601234567"


async def calls_and_leaves(stage: Stage, number: str = BUSY, times: int = 3) -> None:
    """Calls that are let in, one after another."""
    for _ in range(times):
        citizen = stage.world.citizen(number=number)
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.hangs_up()


async def calls_in_vain(stage: Stage, why: str = "often", **who: object) -> None:
    """A call that hears why not, in both languages, and is put down."""
    citizen = stage.world.citizen(**({"number": BUSY} | who))  # type: ignore[arg-type]
    await citizen.dials()
    await citizen.hears("greeting")
    polish = await citizen.hears(f"too_many.{why}")
    await citizen.hears("closed.crisis")
    await citizen.hears(f"too_many.{why}")
    await citizen.hears("closed.crisis")
    await citizen.is_put_down()
    assert "Prosimy zadzwonić" in polish
    assert not [prompt for prompt in citizen.prompts if prompt.startswith("menu")]


def limits(stage: Stage) -> list[str]:
    """Why calls were turned away, in order."""
    return [fact.why for fact in stage.journal.all(TooManyCalls)]


async def test_the_fourth_call_in_a_minute(line: Opens) -> None:
    """Why, and when to call again; the record says so, and another caller is served meanwhile."""
    async with line(LIMITED) as stage:
        await calls_and_leaves(stage, times=1)
        for _ in range(2):
            await calls_and_leaves(stage, times=1)
        other = stage.world.citizen(number="+48602222222")
        await other.dials()
        await calls_in_vain(stage)
        await other.hears("menu.intro")
        await other.hangs_up()

    (fact,) = stage.journal.all(TooManyCalls)
    assert (fact.why, fact.limit, fact.told) == ("often", 3, True)
    (ended,) = [one for one in stage.journal.all(CallEnded) if one.call == fact.call]
    assert (ended.outcome, ended.by) == (CallOutcome.LIMITED, "line")


async def test_one_answer_one_playback(line: Opens) -> None:
    """It is cheap: all sentences are one thing said."""
    async with line(LIMITED) as stage:
        await calls_and_leaves(stage)
        await calls_in_vain(stage)

    (limited,) = stage.journal.all(TooManyCalls)
    assert len([one for one in stage.journal.all(CallAnswered) if one.call == limited.call]) == 1
    assert len([one for one in stage.journal.all(PromptPlayed) if one.call == limited.call]) == 1


async def test_ways_of_writing_a_number_are_one(line: Opens) -> None:
    """The network may show it in any form."""
    async with line(LIMITED) as stage:
        for number in ("601234567", "0048601234567", "48601234567"):
            await calls_and_leaves(stage, number, times=1)
        await calls_in_vain(stage, number="+48601234567")

    assert limits(stage) == ["often"]


async def test_a_minute_later_they_are_welcome(line: Opens) -> None:
    """What they were told is true."""
    async with line(LIMITED) as stage:
        await calls_and_leaves(stage)
        await calls_in_vain(stage)
        await stage.world.citizen(number="+48602222222").listens(60)
        await calls_and_leaves(stage, times=1)

    assert limits(stage) == ["often"]


async def test_one_who_waits_in_the_queue_goes_on_waiting(line: Opens) -> None:
    """The limit is for new calls: whoever is in, stays in."""
    async with line(LIMITED) as stage:
        waiting = stage.world.citizen(number=BUSY)
        await waiting.dials()
        await waiting.presses("1")
        await calls_and_leaves(stage, times=2)
        await calls_in_vain(stage)
        assert not waiting.line_is_dead
        await waiting.hangs_up()

    assert limits(stage) == ["often"]


async def test_too_many_at_once(line: Opens) -> None:
    """A third call while two are up; when one has ended, there is a place."""
    async with line(town(calls_per_minute=0, calls_at_once=2)) as stage:
        first, second = stage.world.citizen(number=BUSY), stage.world.citizen(number=BUSY)
        for citizen in (first, second):
            await citizen.dials()
            await citizen.hears("greeting")
        await calls_in_vain(stage, "at_once")
        await first.hangs_up()
        await calls_and_leaves(stage, times=1)
        await second.hangs_up()

    assert limits(stage) == ["at_once"]


async def test_a_flood_hears_the_busy_tone(line: Opens) -> None:
    """More than a few at once are not even answered."""
    async with line(LIMITED) as stage:
        flood = [stage.world.citizen(number=BUSY) for _ in range(2 + TOLD_AT_ONCE + 30)]
        for citizen in flood:
            await citizen.dials()
        for citizen in flood[2 + TOLD_AT_ONCE :]:
            await citizen.is_put_down()
            assert citizen.told is HangUpCause.BUSY
            assert citizen.prompts == []
        for citizen in flood[2 : 2 + TOLD_AT_ONCE]:
            await citizen.is_put_down()
            assert "too_many.at_once" in citizen.prompts
        for citizen in flood[:2]:
            await citizen.hangs_up()

    assert [fact.told for fact in stage.journal.all(TooManyCalls)].count(True) == TOLD_AT_ONCE


@pytest.mark.parametrize("shown", [NumberShown.WITHHELD, NumberShown.ABSENT])
async def test_callers_without_a_number(line: Opens, shown: NumberShown) -> None:
    """Not by the minute, for they would share one number; only how many are up at once."""
    async with line(LIMITED) as stage:
        for _ in range(10):
            citizen = stage.world.citizen(shown=shown)
            await citizen.dials()
            await citizen.hears("greeting")
            await citizen.hangs_up()
        up = [stage.world.citizen(shown=NumberShown.WITHHELD) for _ in range(2)]
        for citizen in up:
            await citizen.dials()
            await citizen.hears("greeting")
        await calls_in_vain(stage, "withheld", shown=shown)
        await calls_and_leaves(stage, times=1)
        for citizen in up:
            await citizen.hangs_up()

    assert limits(stage) == ["withheld"]


async def test_a_call_that_was_on_the_line_before_us_is_never_turned_away(line: Opens) -> None:
    """Our restart must not cost anybody their place; but they count as calls that are up."""
    async with line(LIMITED) as stage:
        before = [stage.world.citizen(number=BUSY, arrival=Arrival.RESUMED) for _ in range(5)]
        for citizen in before:
            await citizen.dials()
        for citizen in before:
            await citizen.hears("resumed")
        await calls_in_vain(stage)
        for citizen in before:
            await citizen.hangs_up()

    assert limits(stage) == ["often"]


@pytest.mark.parametrize("number", ["+48447321890", "447327705", "1001"])
async def test_the_halls_own_numbers_are_not_limited(line: Opens, number: str) -> None:
    """Behind the hall's number are all its officials."""
    async with line(LIMITED) as stage:
        await calls_and_leaves(stage, number, times=8)

    assert limits(stage) == []


async def test_the_halls_own_phones_are_not_limited(line: Opens) -> None:
    """A clerk may dial a code as often as they like."""
    async with line(LIMITED) as stage:
        phone = stage.world.phone("1001")
        for _ in range(8):
            call = await phone.dials("*11")
            await call.is_put_down()

    assert limits(stage) == []


async def test_no_limit_if_the_hall_wants_none(line: Opens) -> None:
    """0 is off."""
    async with line(TOWN) as stage:
        await calls_and_leaves(stage, times=30)

    assert limits(stage) == []


async def test_a_limit_that_changes_counts_from_the_next_call(line: Opens) -> None:
    """The hall's data are taken over by new calls; what went before is known."""
    async with line(town(calls_per_minute=5)) as stage:
        await calls_and_leaves(stage, times=4)
        stage.house.hall = LIMITED
        await calls_in_vain(stage)
        stage.house.hall = town(calls_per_minute=10)
        await calls_and_leaves(stage, times=6)
        await calls_in_vain(stage)

    assert limits(stage) == ["often", "often"]


@pytest.mark.parametrize("hours", [-1, 1, -24])
async def test_a_clock_that_is_set_changes_nothing(line: Opens, hours: int) -> None:
    """Winter time, or an administrator: a minute stays a minute."""
    night = datetime(2026, 10, 25, 2, 59, 50, tzinfo=WARSAW)
    async with line(LIMITED, at=night) as stage:
        for _ in range(3):
            citizen = stage.world.citizen(number=BUSY)
            await citizen.dials()
            await citizen.hears("greeting")
            await citizen.hangs_up()
        stage.house.clock.is_set(timedelta(hours=hours))
        await calls_in_vain(stage)
        await stage.world.citizen().listens(60)
        citizen = stage.world.citizen(number=BUSY)
        await citizen.dials()
        await citizen.hears("closed")
        await citizen.hangs_up()

    assert limits(stage) == ["often"]


async def test_after_hours_too(line: Opens) -> None:
    """The limit does not depend on the hour."""
    async with line(LIMITED, at=TUESDAY_NIGHT) as stage:
        for _ in range(3):
            citizen = stage.world.citizen(number=BUSY)
            await citizen.dials()
            await citizen.hears("closed")
            await citizen.hangs_up()
        await calls_in_vain(stage)

    assert limits(stage) == ["often"]


async def test_who_leaves_while_hearing_why(line: Opens) -> None:
    """The place among those who are told is free again."""
    async with line(LIMITED) as stage:
        await calls_and_leaves(stage)
        for _ in range(3 * TOLD_AT_ONCE):
            citizen = stage.world.citizen(number=BUSY)
            await citizen.dials()
            await citizen.hears("greeting")
            await citizen.hangs_up()
        await calls_in_vain(stage)

    assert all(fact.told for fact in stage.journal.all(TooManyCalls))
    ended = [fact.outcome for fact in stage.journal.all(CallEnded)]
    assert ended.count(CallOutcome.LIMITED) == 3 * TOLD_AT_ONCE + 1


async def test_only_polish_where_the_hall_speaks_only_that(line: Opens) -> None:
    """One language, one sentence; and no crisis number if the hall has none."""
    async with line(replace(LIMITED, languages=("pl",), crisis_number="")) as stage:
        await calls_and_leaves(stage)
        citizen = stage.world.citizen(number=BUSY)
        await citizen.dials()
        await citizen.is_put_down()

    assert citizen.prompts == ["greeting", "too_many.often"]
