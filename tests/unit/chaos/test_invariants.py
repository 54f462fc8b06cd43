"""The judge of the matrix itself: a true record passes, and each way of cooking it is noticed, by its right name."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from callbacks.ticket import Ticket
from callflows.facts import (
    AttemptId,
    CallArrived,
    CallbackPromised,
    CallEnded,
    Fact,
    HoldBegan,
    PartiesConnected,
    StoryFailed,
    TalkEnded,
    TicketId,
    TransferAttempted,
    TransferEnded,
)
from records.codec import kind_of
from records.views import CallStory, CallView, FactView
from telephony.values import Arrival, CallId
from tests.chaos.invariants import Kind, Seen, Trouble, judged
from tests.chaos.record import Record
from tests.records.made import NOON, transferred_call

CALL = CallId("call-1")
NUMBER = "+48600100200"
TICKET = Ticket(
    id=TicketId("123456"),
    call=CALL,
    number=NUMBER,
    matter="",
    unit="",
    language="pl",
    created=NOON,
    due=NOON + timedelta(hours=4),
)
SEEN = Seen(answered=1, kinds=Counter({"call_arrived": 1, "parties_connected": 1}))

Facts = list[Fact]


def of(facts: Facts, tickets: tuple[Ticket, ...] = ()) -> Record:
    """The record of one call with these facts, numbered as the journal does."""
    views = tuple(
        FactView(
            run=1,
            number_in_run=number,
            call=CALL,
            number_in_call=number,
            at=fact.at,
            kind=kind_of(type(fact)),
            payload={},
            fact=fact,
        )
        for number, fact in enumerate(facts, start=1)
    )
    ended = next((fact.at for fact in facts if isinstance(fact, CallEnded)), None)
    story = CallStory(
        call=CallView(call=CALL, arrived=facts[0].at, ended=ended), facts=views, transfers=(), tickets=tickets
    )
    return Record(
        stories=(story,),
        tickets=tickets,
        numbers=tuple((view.run, view.number_in_run) for view in views),
        kinds=tuple(view.kind for view in views),
    )


def promised(ticket: str = "123456") -> Fact:
    return CallbackPromised(
        call=CALL, at=NOON, ticket=TicketId(ticket), number=NUMBER, due=NOON, matter="", unit=""
    )


def resumed(fact: CallArrived) -> CallArrived:
    return replace(fact, arrival=Arrival.RESUMED)


def without(*kinds: type[Fact]) -> Callable[[Facts], Facts]:
    return lambda facts: [fact for fact in facts if not isinstance(fact, kinds)]


def twice(kind: type[Fact]) -> Callable[[Facts], Facts]:
    return lambda facts: [one for fact in facts for one in [fact] * (1 + isinstance(fact, kind))]


def moved_to_the_end(facts: Facts) -> Facts:
    return [*facts[1:-1], facts[0], facts[-1]]


def after_the_end(facts: Facts) -> Facts:
    return [*facts[:-2], facts[-1], facts[-2]]


def test_a_true_record_passes() -> None:
    assert judged(of(transferred_call(CALL)), SEEN) == []


def test_a_call_may_be_taken_up_again() -> None:
    """By the next process: it arrived once, and was resumed."""
    facts = transferred_call(CALL)
    assert isinstance(facts[0], CallArrived)
    facts.insert(3, replace(resumed(facts[0]), at=facts[3].at))
    assert judged(of(facts), SEEN) == []


@pytest.mark.parametrize(
    ("cook", "kind"),
    [
        (without(CallEnded), Kind.LOST),
        (without(CallArrived), Kind.LOST),
        (without(TransferEnded), Kind.LOST),
        (without(TalkEnded), Kind.LOST),
        (without(TransferAttempted), Kind.LOST),
        (without(PartiesConnected, TalkEnded), Kind.LOST),
        (twice(CallArrived), Kind.DOUBLE),
        (twice(CallEnded), Kind.DOUBLE),
        (twice(TransferEnded), Kind.DOUBLE),
        (moved_to_the_end, Kind.WRONG),
        (after_the_end, Kind.WRONG),
        (lambda facts: [*facts[:-1], HoldBegan(call=CALL, at=facts[-1].at, by="anna"), facts[-1]], Kind.LOST),
        (lambda facts: [*facts[:-1], StoryFailed(call=CALL, at=facts[-1].at, error="Oops"), facts[-1]], Kind.WRONG),
        (lambda facts: [replace(facts[4], attempt=AttemptId("other")), *facts], Kind.WRONG),
    ],
)  # fmt: skip
def test_a_cooked_record_is_noticed(cook: Callable[[Facts], Facts], kind: Kind) -> None:
    assert kind in {trouble.kind for trouble in judged(of(cook(transferred_call(CALL))), SEEN)}


def test_a_gap_in_the_numbers_of_a_run_is_a_lost_fact() -> None:
    record = of(transferred_call(CALL))
    (trouble,) = judged(replace(record, numbers=record.numbers[:3] + record.numbers[4:]), SEEN)
    assert (trouble.kind, trouble.what) == (Kind.LOST, "run 1 has 14 facts, without [4]")


def test_the_same_number_twice_is_a_double_fact() -> None:
    record = of(transferred_call(CALL))
    (trouble,) = judged(replace(record, numbers=(*record.numbers, record.numbers[-1])), SEEN)
    assert trouble.kind is Kind.DOUBLE


def test_what_somebody_has_witnessed_must_be_on_record() -> None:
    (trouble,) = judged(of(transferred_call(CALL)), replace(SEEN, kinds=Counter({"hold_began": 1})))
    assert trouble.kind is Kind.LOST


@pytest.mark.parametrize(("answered", "kind"), [(2, Kind.LOST), (0, Kind.DOUBLE)])
def test_every_citizen_has_one_call(answered: int, kind: Kind) -> None:
    (trouble,) = judged(of(transferred_call(CALL)), replace(SEEN, answered=answered))
    assert trouble.kind is kind


class TestPromises:
    def test_what_was_spoken_is_in_the_books(self) -> None:
        facts = [*transferred_call(CALL)[:2], replace(promised(), at=NOON + timedelta(seconds=1))]
        facts.append(replace(transferred_call(CALL)[-1]))
        seen = Seen(answered=1, promised=(NUMBER,))
        assert judged(of(facts, (TICKET,)), seen) == []

    def test_a_promise_without_a_ticket_is_lost(self) -> None:
        assert Kind.LOST in kinds_of(judged(of(transferred_call(CALL)), replace(SEEN, promised=(NUMBER,))))

    def test_two_tickets_for_one_number_are_double(self) -> None:
        tickets = (TICKET, replace(TICKET, id=TicketId("123457")))
        assert Kind.DOUBLE in kinds_of(judged(of(transferred_call(CALL), tickets), SEEN))

    def test_a_ticket_of_which_no_call_tells_is_lost_unless_the_database_was_away(self) -> None:
        record = of(transferred_call(CALL), (TICKET,))
        assert kinds_of(judged(record, SEEN)) == {Kind.LOST}
        assert judged(record, replace(SEEN, promises_may_fail=True)) == []

    def test_a_fact_whose_ticket_is_in_no_book_is_lost(self) -> None:
        facts = transferred_call(CALL)
        facts.insert(-1, replace(promised(), at=facts[-1].at))
        assert kinds_of(judged(of(facts), SEEN)) == {Kind.LOST}


def kinds_of(troubles: list[Trouble]) -> set[Kind]:
    return {trouble.kind for trouble in troubles}
