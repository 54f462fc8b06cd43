"""Promises: durable when `add` returns, one per call and number, listed by due time."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from callbacks.ports import TicketIdTaken, TicketsAway, TicketStore
from callbacks.ticket import TicketState
from callflows.facts import TicketId
from records.database import Database, open_database
from records.stores.tickets import SqlTicketStore
from records.tables import tickets
from telephony.values import CallId
from tests.records.made import NOON, WARSAW
from tests.records.writer_process import a_ticket


@pytest.fixture
def store(database: Database) -> TicketStore:
    return SqlTicketStore(database)


async def test_a_ticket_is_found_as_it_was_added(store: TicketStore) -> None:
    ticket = a_ticket("123456")
    assert await store.add(ticket) == ticket
    found = await store.find(ticket.id)
    assert found == ticket
    assert found.due.tzinfo is UTC
    assert await store.find(TicketId("654321")) is None


async def test_the_same_call_and_number_again_is_the_first_ticket_unchanged(store: TicketStore) -> None:
    first = await store.add(a_ticket("123456", call="c"))
    again = replace(a_ticket("999999", call="c"), due=first.due + timedelta(days=1), matter="other")
    assert await store.add(again) == first
    assert await store.listed() == [first]


async def test_another_number_in_the_same_call_is_another_ticket(store: TicketStore) -> None:
    await store.add(a_ticket("123456", call="c"))
    await store.add(a_ticket("123457", call="c", number="+48447327705"))
    assert [ticket.id for ticket in await store.listed()] == ["123456", "123457"]


async def test_what_is_owed_to_a_number_about_a_matter(store: TicketStore) -> None:
    first = await store.add(a_ticket("123456"))
    later = await store.add(replace(a_ticket("123457"), due=NOON + timedelta(hours=5)))
    for number, over in enumerate((TicketState.KEPT, TicketState.BROKEN, TicketState.WITHDRAWN)):
        await store.add(replace(a_ticket(f"12346{number}"), state=over, matter="usc-v"))
    about = ("+48600100200", "del-i", "rso")

    assert await store.owed(*about, NOON) == first
    assert await store.owed(*about, first.due) == later
    assert await store.owed(*about, later.due) is None
    assert await store.owed("+48600100200", "usc-v", "rso", NOON) is None
    assert await store.owed("+48600100201", "del-i", "rso", NOON) is None
    assert await store.owed("+48600100200", "", "", NOON) is None


async def test_an_id_that_another_promise_has_is_refused_and_nothing_is_stored(store: TicketStore) -> None:
    await store.add(a_ticket("123456", call="one"))
    with pytest.raises(TicketIdTaken):
        await store.add(a_ticket("123456", call="two"))
    assert [ticket.call for ticket in await store.listed()] == ["one"]


async def test_ten_at_once_for_one_caller_are_one_promise(store: TicketStore, database: Database) -> None:
    added = await asyncio.gather(*(store.add(a_ticket(str(100_000 + n), call="c")) for n in range(10)))
    assert len({ticket.id for ticket in added}) == 1
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(tickets)) == 1


async def test_tickets_are_listed_by_due_time_and_by_state(store: TicketStore) -> None:
    late = replace(a_ticket("100001"), due=NOON + timedelta(hours=2))
    soon = replace(a_ticket("100002"), due=NOON + timedelta(hours=1))
    kept = replace(a_ticket("100003"), state=TicketState.KEPT, due=NOON)
    same = replace(a_ticket("100000"), due=late.due)
    for ticket in (late, soon, kept, same):
        await store.add(ticket)
    assert [ticket.id for ticket in await store.listed()] == ["100003", "100002", "100000", "100001"]
    assert [t.id for t in await store.listed(state=TicketState.OPEN)] == ["100002", "100000", "100001"]
    assert [ticket.id for ticket in await store.listed(state=TicketState.OPEN, limit=1)] == ["100002"]
    assert await store.listed(state=TicketState.BROKEN) == []


@pytest.mark.parametrize("hour", [0, 1, 2, 3])
@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("day", [datetime(2026, 3, 29), datetime(2026, 10, 25)])
async def test_moments_around_a_change_of_the_clocks_stay_the_same_moments(
    store: TicketStore, day: datetime, hour: int, fold: int
) -> None:
    due = day.replace(hour=hour, minute=30, fold=fold, tzinfo=WARSAW)
    await store.add(replace(a_ticket("123456"), due=due))
    found = await store.find(TicketId("123456"))
    assert found is not None
    assert found.due == due.astimezone(UTC)
    assert found.due.utcoffset() == timedelta()


async def test_strange_text_is_kept_as_far_as_it_can_be(store: TicketStore) -> None:
    await store.add(replace(a_ticket("123456"), matter="a\x00b", unit="\ud800 źdźbło " + "x" * 100_000))
    found = await store.find(TicketId("123456"))
    assert found is not None
    assert found.matter == "a\ufffdb"
    assert found.unit == "\ufffd źdźbło " + "x" * 100_000


async def test_without_its_tables_no_promise_is_made(empty_url: str) -> None:
    async with open_database(empty_url) as database:
        store = SqlTicketStore(database)
        with pytest.raises(TicketsAway, match="upgrade it"):
            await store.add(a_ticket("123456"))
        with pytest.raises(TicketsAway):
            await store.listed()


async def test_a_ticket_is_committed_so_that_a_power_cut_cannot_take_it(database: Database) -> None:
    said: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    await SqlTicketStore(database).add(a_ticket("123456", call=CallId("c")))
    asked = "PRAGMA synchronous=FULL" if database.is_sqlite else "SET LOCAL synchronous_commit = on"
    assert asked in said
    assert said.index(asked) < next(number for number, sql in enumerate(said) if "INSERT" in sql)
