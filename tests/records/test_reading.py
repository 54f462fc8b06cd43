"""What the API and supervisors read: calls newest first, page by page; transfers by outcome and unit."""

from datetime import timedelta
from typing import Any

import pytest

from callflows.facts import (
    AttemptId,
    CallArrived,
    CallbackPromised,
    CallEnded,
    Fact,
    LanguageChosen,
    MatterChosen,
    PartiesConnected,
    TicketId,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import CallOutcome, Outcome, Way
from records.database import Database
from records.journal import Journal
from records.stores.calls import CallFilter, CallStore
from records.stores.paging import BadMark, mark, unmark
from records.stores.tickets import SqlTicketStore
from records.stores.transfers import TRANSFERS, TransferFilter, TransferStore
from telephony.values import CallId, NumberShown
from tests.records.made import NOON, transferred_call
from tests.records.writer_process import a_ticket


def short_call(name: str, minute: int, *, unit: str = "rso", outcome: Outcome | None = None) -> list[Fact]:
    """A call that arrived so many minutes after noon; over if it has an outcome."""
    call, at = CallId(name), NOON + timedelta(minutes=minute)
    about: dict[str, Any] = {"call": call, "at": at, "attempt": AttemptId(f"{name}-1")}
    told: list[Fact] = [
        CallArrived(call=call, at=at, number="", name="", shown=NumberShown.WITHHELD, dialled="447327700"),
        MatterChosen(call=call, at=at, matter=f"m-{unit}", title="", unit=unit, unit_name=unit.upper()),
        TransferAttempted(
            **about,
            order=1,
            matter=f"m-{unit}",
            unit=unit,
            unit_name="",
            person="p",
            person_name="",
            target="1",
            why="",
        ),
    ]
    if outcome is not None:
        ended = CallOutcome.TRANSFERRED if outcome is Outcome.EFFECTIVE else CallOutcome.INFORMED
        told += [
            TransferEnded(**about, outcome=outcome, ring_seconds=20.0),
            CallEnded(call=call, at=at, outcome=ended, by="caller", waiting_for=""),
        ]
    return told


@pytest.fixture
async def filled(database: Database) -> Database:
    """Seven calls, two of them in the same instant, one still up."""
    told = [
        *short_call("a", 0, outcome=Outcome.EFFECTIVE),
        *short_call("b", 1, outcome=Outcome.NO_ANSWER),
        *short_call("c", 2, unit="bom", outcome=Outcome.NO_ANSWER),
        *short_call("d", 2, unit="bom", outcome=Outcome.BUSY),
        *short_call("e", 3, outcome=Outcome.EFFECTIVE),
        *short_call("f", 4),
        *transferred_call("g", NOON + timedelta(minutes=5), number="600100200"),
    ]
    async with Journal(database) as journal:
        for fact in told:
            journal.state(fact)
    return database


async def all_pages(store: CallStore, limit: int, wanted: CallFilter | None = None) -> list[str]:
    """The ids of calls over all pages."""
    found: list[str] = []
    after = ""
    while True:
        page = await store.listed(wanted, limit=limit, after=after)
        assert len(page.items) <= limit
        found += [call.call for call in page.items]
        if not page.next:
            return found
        after = page.next


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
async def test_calls_come_newest_first_and_none_is_missed_between_pages(filled: Database, limit: int) -> None:
    assert await all_pages(CallStore(filled), limit) == ["g", "f", "e", "d", "c", "b", "a"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CallFilter(since=NOON + timedelta(minutes=3)), "gfe"),
        (CallFilter(until=NOON + timedelta(minutes=2)), "ba"),
        (CallFilter(since=NOON + timedelta(minutes=1), until=NOON + timedelta(minutes=3)), "dcb"),
        (CallFilter(outcome=CallOutcome.INFORMED), "dcb"),
        (CallFilter(unit="bom"), "dc"),
        (CallFilter(matter="m-bom"), "dc"),
        (CallFilter(number="600100200"), "g"),
        (CallFilter(number="+48600100200"), "g"),
        (CallFilter(live=True), "f"),
        (CallFilter(live=False, unit="rso"), "geba"),
        (CallFilter(unit="nowhere"), ""),
    ],
)
async def test_calls_are_found_by_what_is_known_of_them(
    filled: Database, wanted: CallFilter, expected: str
) -> None:
    assert await all_pages(CallStore(filled), 2, wanted) == list(expected)


async def test_a_call_that_arrives_meanwhile_moves_nothing(filled: Database) -> None:
    first = await CallStore(filled).listed(limit=3)
    async with Journal(filled) as journal:
        for fact in short_call("z", 10):
            journal.state(fact)
    second = await CallStore(filled).listed(limit=3, after=first.next)
    assert [call.call for call in second.items] == ["d", "c", "b"]


async def test_the_story_of_a_call_has_its_ticket(filled: Database) -> None:
    ticket = await SqlTicketStore(filled).add(a_ticket("123456", call="b"))
    async with Journal(filled) as journal:
        journal.state(
            CallbackPromised(
                call=CallId("b"), at=NOON + timedelta(minutes=2), ticket=ticket.id, number=ticket.number,
                due=ticket.due, matter="", unit="",
            )
        )  # fmt: skip
    story = await CallStore(filled).story(CallId("b"))
    assert story is not None
    assert story.tickets == (ticket,)
    assert story.call.ticket == TicketId("123456")
    assert story.call.number is None
    assert story.call.number_shown is NumberShown.WITHHELD
    assert story.facts[-1].kind == "callback_promised"
    assert story.facts[-1].personal == {"number": "+48600100200"}
    assert "number" not in story.facts[-1].payload
    assert [view.number_in_call for view in story.facts] == list(range(1, 7))


async def test_there_is_no_story_of_a_call_that_never_was(database: Database) -> None:
    assert await CallStore(database).story(CallId("nobody")) is None


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, "gfedcba"),
        (TransferFilter(outcomes=[Outcome.EFFECTIVE]), "gea"),
        (TransferFilter(outcomes=[Outcome.NO_ANSWER, Outcome.BUSY]), "dcb"),
        (TransferFilter(outcomes=[Outcome.NO_ANSWER, Outcome.BUSY], unit="rso"), "b"),
        (TransferFilter(since=NOON + timedelta(minutes=2), until=NOON + timedelta(minutes=4)), "edc"),
        (TransferFilter(person="anna"), "g"),
        (TransferFilter(matter="m-bom"), "dc"),
    ],
)
async def test_transfers_are_found_by_outcome_unit_and_time(
    filled: Database, wanted: TransferFilter | None, expected: str
) -> None:
    store, found, after = TransferStore(filled), "", ""
    while True:
        page = await store.listed(wanted, limit=2, after=after)
        found += "".join(item.call for item in page.items)
        if not page.next:
            break
        after = page.next
    assert found == expected


def offered(call: str, number: int, minute: int, clerk: str, **about: Any) -> list[Fact]:
    """A caller is offered to a clerk, who takes them unless `taken` is given as False."""
    way, taken = about.get("way", Way.QUEUE), about.get("taken", True)
    at = NOON + timedelta(minutes=minute)
    tried: dict[str, Any] = {"call": CallId(call), "at": at, "attempt": AttemptId(f"{call}-{number}")}
    outcome = Outcome.EFFECTIVE if taken else Outcome.NO_ANSWER
    return [
        TransferAttempted(
            **tried, order=number, matter="", unit="bom", unit_name="", person=clerk, person_name="",
            target="1", why="", way=way,
        ),
        *([PartiesConnected(**tried)] if taken else []),
        TransferEnded(**tried, outcome=outcome, ring_seconds=2.0),
    ]  # fmt: skip


@pytest.fixture
async def queued(database: Database) -> Database:
    """Three calls: missed by Jan and taken by Ewa; taken by Ewa, then handed over, then back to Jan; the line's."""
    told = [
        *offered("a", 1, 0, "jan", taken=False),
        *offered("a", 2, 1, "ewa"),
        *offered("b", 1, 2, "ewa"),
        *offered("b", 2, 3, "anna", way=Way.HANDED_OVER, taken=False),
        *offered("b", 3, 4, "jan", way=Way.RECALL),
        *offered("c", 1, 5, "ewa", way=Way.LINE),
        LanguageChosen(call=CallId("b"), at=NOON, language="en"),
    ]
    async with Journal(database) as journal:
        for fact in told:
            journal.state(fact)
    return database


async def test_the_clerk_of_a_call_is_who_took_it_from_the_queue_last(queued: Database) -> None:
    page = await CallStore(queued).listed()
    assert {call.call: call.clerk for call in page.items} == {"a": "ewa", "b": "jan", "c": None}
    story = await CallStore(queued).story(CallId("b"))
    assert story is not None
    assert story.call.clerk == "jan"
    assert [view.way for view in story.transfers] == [Way.QUEUE, Way.HANDED_OVER, Way.RECALL]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CallFilter(clerk="ewa"), {"a", "b"}),
        (CallFilter(clerk="jan"), {"b"}),
        (CallFilter(clerk="anna"), set()),
        (CallFilter(language="en"), {"b"}),
        (CallFilter(language="pl"), {"a", "c"}),
        (CallFilter(language="pl", clerk="ewa"), {"a"}),
    ],
)
async def test_calls_are_found_by_clerk_and_language(
    queued: Database, wanted: CallFilter, expected: set[str]
) -> None:
    assert set(await all_pages(CallStore(queued), 2, wanted)) == expected


async def test_offers_to_clerks_are_no_transfers(queued: Database) -> None:
    store = TransferStore(queued)
    register = TransferFilter(ways=TRANSFERS)
    assert [item.attempt for item in (await store.listed(register)).items] == ["c-1", "b-2"]
    assert await store.counted(register) == {Outcome.EFFECTIVE: 1, Outcome.NO_ANSWER: 1}
    offers = await store.listed(TransferFilter(ways=[Way.QUEUE], outcomes=[Outcome.NO_ANSWER]))
    assert [item.attempt for item in offers.items] == ["a-1"]


async def test_transfers_are_counted_by_outcome(filled: Database) -> None:
    store = TransferStore(filled)
    assert await store.counted() == {Outcome.EFFECTIVE: 3, Outcome.NO_ANSWER: 2, Outcome.BUSY: 1}
    assert await store.counted(TransferFilter(unit="bom")) == {Outcome.NO_ANSWER: 1, Outcome.BUSY: 1}


@pytest.mark.parametrize("text", ["x", "not a mark", "ż", "====", "AAAA", mark(NOON, "c")[:-4] + "!"])
async def test_what_is_no_mark_of_a_page_is_refused(filled: Database, text: str) -> None:
    with pytest.raises(BadMark):
        await CallStore(filled).listed(after=text)


def test_a_mark_is_read_as_it_was_written() -> None:
    moment = NOON + timedelta(microseconds=123_457)
    assert unmark(mark(moment, "a b ż")) == (moment, "a b ż")
