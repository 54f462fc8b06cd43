"""What ended while nobody listened gets its end on record; whom the PBX took with it gets a promise."""

from datetime import UTC, datetime, timedelta

import pytest

from callflows.facts import (
    AttemptId,
    CallArrived,
    CallbackPromised,
    CallEnded,
    ConsultBegan,
    ConsultEnded,
    Fact,
    HoldBegan,
    HoldEnded,
    PartiesConnected,
    QueueJoined,
    QueueLeft,
    TalkEnded,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import CallOutcome, Outcome, Way
from callflows.restart.aftermath import close_what_is_gone
from callflows.restart.ends import AWAY
from callflows.restart.standing import standings
from telephony.values import CallId, NumberShown, Settled
from tests.fakes.house import FakeHouse
from tests.flows.town import TOWN, TUESDAY_TEN

pytestmark = pytest.mark.looptime

CALL = CallId("1763850000.7")
RUNS_ON = Settled(frozenset(), datetime.fromtimestamp(1763840000, UTC))
RESTARTED = Settled(frozenset(), datetime.fromtimestamp(1763850001, UTC))
NUMBER = "+48601234567"


def after(seconds: float) -> datetime:
    """So long after the call came."""
    return TUESDAY_TEN + timedelta(seconds=seconds)


def arrived(number: str = NUMBER) -> CallArrived:
    """The call came."""
    return CallArrived(
        call=CALL, at=TUESDAY_TEN, number=number, name="", shown=NumberShown.SHOWN, dialled="447327700"
    )


def tried(way: Way = Way.QUEUE, attempt: str = "a1") -> TransferAttempted:
    """Somebody was tried."""
    return TransferAttempted(
        call=CALL,
        at=after(10),
        attempt=AttemptId(attempt),
        order=1,
        matter="",
        unit="bom",
        unit_name="BOM",
        person="zofia",
        person_name="Zofia Umowna",
        target="1101",
        why="",
        way=way,
    )


def connected() -> PartiesConnected:
    """And got the caller."""
    return PartiesConnected(call=CALL, at=after(20), attempt=AttemptId("a1"), leg="leg-1")


async def closed(settled: Settled, *facts: Fact, end: datetime | None = None) -> FakeHouse:
    """The house after the aftermath, a minute later."""
    house = FakeHouse(TOWN, after(60))
    ends = {CALL: end} if end is not None else {}
    assert await close_what_is_gone(house.house, standings(facts).values(), settled, ends) == 1
    assert not standings([*facts, *house.journal.facts])
    return house


async def test_a_caller_who_left_is_closed_at_the_time_that_asterisk_tells() -> None:
    """Everything that was open ends then, and with the best that they had got."""
    proved = TransferEnded(
        call=CALL, at=after(23), attempt=AttemptId("a1"), outcome=Outcome.EFFECTIVE, ring_seconds=4.0
    )
    house = await closed(RUNS_ON, arrived(), tried(), connected(), proved, end=after(31))
    talk, end = house.journal.one(TalkEnded), house.journal.one(CallEnded)
    assert (talk.by, talk.seconds, talk.at) == ("caller", 11.0, after(31))
    assert (end.outcome, end.by, end.at, end.waiting_for) == (CallOutcome.SERVED, "caller", after(31), AWAY)
    assert not house.journal.all(TransferEnded)


@pytest.mark.parametrize("told", [after(-5), after(500)])
async def test_a_clock_that_differs_makes_no_impossible_end(told: datetime) -> None:
    """Never before what is on record, nor after now."""
    house = await closed(RUNS_ON, arrived(), tried(), connected(), end=told)
    assert after(20) <= house.journal.one(CallEnded).at <= after(61)


async def test_an_attempt_without_an_outcome_gets_one() -> None:
    """It rang for a caller who left."""
    house = await closed(RUNS_ON, arrived(), tried(Way.LINE))
    assert house.journal.one(TransferEnded).outcome is Outcome.CALLER_LEFT
    assert house.journal.one(CallEnded).outcome is CallOutcome.ABANDONED


async def test_a_queue_a_hold_and_a_consultation_end_too() -> None:
    """Whatever had a beginning."""
    joined = QueueJoined(call=CALL, at=after(5), position=1, matter="", language="pl")
    held = HoldBegan(call=CALL, at=after(25), by="zofia")
    asked = ConsultBegan(call=CALL, at=after(26), attempt=AttemptId("a2"), leg="leg-2")
    facts = (joined, tried(), connected(), held, tried(Way.CONSULTED, "a2"), asked)
    house = await closed(RUNS_ON, arrived(), *facts, end=after(40))
    assert house.journal.one(QueueLeft).why == "left"
    assert house.journal.one(HoldEnded).seconds == 15.0
    assert house.journal.one(ConsultEnded).seconds == 14.0
    assert [fact.outcome for fact in house.journal.all(TransferEnded)] == [
        Outcome.NOT_PROVEN,
        Outcome.CALLER_LEFT,
    ]


async def test_whom_the_pbx_took_with_it_is_promised_a_callback() -> None:
    """Unheard, to the number that the network showed."""
    house = await closed(RESTARTED, arrived(), tried(Way.LINE))
    assert house.journal.one(CallbackPromised).number == NUMBER
    end = house.journal.one(CallEnded)
    assert (end.outcome, end.by) == (CallOutcome.PBX_RESTARTED, "pbx")
    assert house.journal.one(TransferEnded).outcome is Outcome.PBX_RESTARTED


@pytest.mark.parametrize("number", ["", "112", "+48700123456"])
async def test_no_promise_to_a_number_that_nobody_may_dial(number: str) -> None:
    """Withheld, emergency, premium."""
    house = await closed(RESTARTED, arrived(number))
    assert not house.promises.wishes
    assert house.journal.one(CallEnded).outcome is CallOutcome.PBX_RESTARTED


async def test_a_promise_that_cannot_be_made_is_on_record_as_such() -> None:
    """The database of tickets is away."""
    house = FakeHouse(TOWN, after(60))
    house.promises.is_locked = True
    await close_what_is_gone(house.house, standings([arrived()]).values(), RESTARTED, {})
    assert house.journal.kinds == ["CallbackNotPromised", "CallEnded"]


async def test_who_is_still_on_the_line_is_left_alone() -> None:
    """Their own story closes them."""
    house = FakeHouse(TOWN, after(60))
    on_the_line = Settled(frozenset({CALL}), None)
    assert await close_what_is_gone(house.house, standings([arrived()]).values(), on_the_line, {}) == 0
    assert house.journal.facts == []


def test_of_which_asterisk_a_call_was() -> None:
    """By the second in its channel's id; an id without one is of this Asterisk, for all we know."""
    since = Settled(frozenset(), datetime.fromtimestamp(1763850000, UTC))
    assert since.is_of_an_earlier_pbx(CallId("1763849999.7"))
    assert since.is_of_an_earlier_pbx(CallId("hall-1763849999.7"))
    assert not since.is_of_an_earlier_pbx(CallId("1763850000.7"))
    assert not since.is_of_an_earlier_pbx(CallId("4f2b"))
    assert not since.is_of_an_earlier_pbx(CallId("call-7"))
    assert not Settled(frozenset(), None).is_of_an_earlier_pbx(CallId("1.7"))
