"""Forgetting: nothing personal is left, not even in the files; every statistic stays as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from callbacks.ticket import TicketState
from callflows.facts import CallArrived, CallbackPromised, Fact, TicketId
from records.columns import metadata
from records.database import Database, open_database
from records.erase import erase_number, forget_older_than
from records.journal import Journal
from records.stores.calls import CallFilter, CallStore
from records.stores.tickets import SqlTicketStore
from records.stores.transfers import TransferStore
from records.tables import calls, erasures, tickets
from telephony.values import CallId
from tests.records.made import NOON, transferred_call
from tests.records.writer_process import a_ticket

HERS = "+48600100200"
OTHERS = "+48600300400"
LATER = NOON + timedelta(days=1)


def promised(call: str, ticket: str, number: str) -> Fact:
    return CallbackPromised(
        call=CallId(call), at=NOON, ticket=TicketId(ticket), number=number, due=NOON, matter="", unit=""
    )


async def fill(database: Database) -> None:
    """Two calls from her number, one of others for which she is to be called back, one that is not hers."""
    told = [
        *transferred_call("hers-1", number="600100200"),
        *transferred_call("hers-2", NOON + timedelta(hours=1), number="0048600100200"),
        *transferred_call("for-her", number="600300400"),
        promised("for-her", "100001", HERS),
        *transferred_call("not-hers", number="600300400"),
        promised("not-hers", "100002", OTHERS),
    ]
    async with Journal(database) as journal:
        for fact in told:
            journal.state(fact)
    store = SqlTicketStore(database)
    await store.add(a_ticket("100001", call="for-her", number=HERS))
    await store.add(a_ticket("100002", call="not-hers", number=OTHERS))


async def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    async with database.read() as connection:
        return {table.name: await _rows(connection, table) for table in metadata.sorted_tables}


async def _rows(connection: Any, table: Table) -> list[dict[str, Any]]:
    found = await connection.execute(select(table).order_by(*table.primary_key))
    return [dict(row) for row in found.mappings()]


@pytest.mark.parametrize(
    "written", ["+48600100200", "600100200", "600 100 200", "(+48) 600-100-200", "0048 600100200"]
)
async def test_a_persons_calls_are_forgotten_however_their_number_is_written(
    database: Database, written: str
) -> None:
    await fill(database)
    done = await erase_number(database, written, asked_by="iod@example.org", at=LATER)
    assert (done.calls, done.tickets) == (3, 1)
    rows = await everything(database)
    assert "600100200" not in str(rows)
    assert [row["call"] for row in rows["calls"] if row["forgotten"]] == ["for-her", "hers-1", "hers-2"]
    assert {row["call"] for row in rows["facts"] if row["personal"]} == {"not-hers"}
    assert await SqlTicketStore(database).find(TicketId("100001")) is None
    assert [ticket.id for ticket in await SqlTicketStore(database).listed()] == ["100002"]
    [erasure] = rows["erasures"]
    assert (erasure["asked_by"], erasure["why"], erasure["calls"]) == ("iod@example.org", "number", 3)
    assert (erasure["tickets"], erasure["at"], erasure["facts"]) == (1, LATER, done.facts)


async def test_statistics_do_not_change_when_somebody_is_forgotten(database: Database) -> None:
    await fill(database)
    before, counted = await everything(database), await TransferStore(database).counted()
    await erase_number(database, HERS, asked_by="iod", at=LATER)
    after = await everything(database)
    assert after["transfer_attempts"] == before["transfer_attempts"]
    assert await TransferStore(database).counted() == counted
    personal = {"number", "number_e164", "name", "forgotten"}
    for then, now in zip(before["calls"], after["calls"], strict=True):
        assert {k: v for k, v in then.items() if k not in personal} == {
            k: v for k, v in now.items() if k not in personal
        }
    for then, now in zip(before["facts"], after["facts"], strict=True):
        assert {**then, "personal": None} == {**now, "personal": None}


async def test_the_open_ticket_of_a_forgotten_number_is_withdrawn(database: Database) -> None:
    await fill(database)
    await erase_number(database, HERS, asked_by="iod", at=LATER)
    async with database.read() as connection:
        rows = (await connection.execute(select(tickets).order_by(tickets.c.ticket))).all()
    assert [(row.ticket, row.number, row.state) for row in rows] == [
        ("100001", None, "withdrawn"),
        ("100002", OTHERS, "open"),
    ]


async def test_the_story_of_a_forgotten_call_can_still_be_read(database: Database) -> None:
    await fill(database)
    await erase_number(database, HERS, asked_by="iod", at=LATER)
    story = await CallStore(database).story(CallId("hers-1"))
    assert story is not None
    assert (story.call.number, story.call.name, story.call.forgotten) == (None, None, LATER)
    arrived = story.facts[0].fact
    assert isinstance(arrived, CallArrived)
    assert (arrived.number, arrived.name, arrived.dialled) == ("", "", "447327700")
    assert all(view.fact is not None for view in story.facts)
    assert (await CallStore(database).listed(CallFilter(number=HERS))).items == ()


async def test_an_unknown_number_touches_nothing_and_is_on_record(database: Database) -> None:
    await fill(database)
    before = await everything(database)
    for number in ("+48111222333", "", "nobody"):
        done = await erase_number(database, number, asked_by="iod", at=LATER)
        assert (done.calls, done.facts, done.tickets) == (0, 0, 0)
    after = await everything(database)
    assert len(after.pop("erasures")) == 3
    before.pop("erasures")
    assert after == before


async def test_retention_forgets_what_is_older_and_leaves_open_promises(database: Database) -> None:
    await fill(database)
    kept = replace(a_ticket("100003", call="hers-1", number=HERS), state=TicketState.KEPT)
    await SqlTicketStore(database).add(kept)
    limit = NOON + timedelta(minutes=30)
    done = await forget_older_than(database, limit, asked_by="halo", at=LATER)
    assert (done.calls, done.tickets) == (3, 1)
    rows = await everything(database)
    assert [row["call"] for row in rows["calls"] if row["forgotten"] is None] == ["hers-2"]
    assert {row["call"] for row in rows["facts"] if row["personal"]} == {"hers-2"}
    assert [ticket.id for ticket in await SqlTicketStore(database).listed()] == ["100001", "100002"]
    [erasure] = rows["erasures"]
    assert (erasure["why"], erasure["older_than"]) == ("retention", limit)
    again = await forget_older_than(database, limit, asked_by="halo", at=LATER + timedelta(days=1))
    assert (again.calls, again.facts, again.tickets) == (0, 0, 0)


async def test_retention_works_through_many_calls_in_pieces(database: Database) -> None:
    names = [f"call-{number:04}" for number in range(1203)]
    async with database.write() as connection:
        await connection.execute(
            calls.insert(), [{"call": name, "arrived": NOON, "number": "1"} for name in names]
        )
    done = await forget_older_than(database, LATER, asked_by="halo", at=LATER)
    assert done.calls == len(names)
    async with database.read() as connection:
        assert not list(await connection.scalars(select(calls.c.number).where(calls.c.number.is_not(None))))
        assert len(list(await connection.scalars(select(erasures.c.id)))) == 1


async def test_nothing_personal_is_left_in_sqlites_files(migrated_sqlite: str) -> None:
    path = Path(migrated_sqlite.removeprefix("sqlite:///"))

    def traces() -> Sequence[bytes]:
        files = [file.read_bytes() for file in path.parent.iterdir() if file.name.startswith(path.name)]
        return [trace for trace in (b"600100200", "Żaneta".encode()) if any(trace in data for data in files)]

    async with open_database(migrated_sqlite) as database:
        async with Journal(database) as journal:
            for number in range(30):
                for fact in transferred_call(f"hers-{number}", number="600100200"):
                    journal.state(fact)
        await SqlTicketStore(database).add(a_ticket("100001", call="hers-1", number=HERS))
        assert len(traces()) == 2
        await erase_number(database, HERS, asked_by="iod", at=LATER)
        assert traces() == []
