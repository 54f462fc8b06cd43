"""The service is killed, the file is locked, the server falls over: no fact twice, none lost, no promise lost."""

import asyncio
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing

import pytest
from sqlalchemy import select

from callbacks.ports import TicketsAway
from callflows.facts import TicketId
from records.database import Database, open_database
from records.errors import DatabaseAway
from records.journal import Journal
from records.migrate import upgrade
from records.stores.calls import CallStore
from records.stores.tickets import SqlTicketStore
from records.tables import calls, facts, transfer_attempts
from telephony.values import CallId
from tests.records.cluster import FrailCluster, frail_cluster
from tests.records.made import transferred_call
from tests.records.writer_process import a_ticket

CALL = len(transferred_call(""))
"""Facts of one call."""


@asynccontextmanager
async def killed(what: str, url: str, after_lines: int) -> AsyncIterator[list[str]]:
    """Run the writer process until it has said so many lines, kill it there, and give all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.records.writer_process", what, url, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    said = [(await _line(process)) for _ in range(after_lines)]
    process.send_signal(signal.SIGKILL)
    rest, errors = await process.communicate()
    assert errors.decode() == ""
    yield [*said, *rest.decode().split("\n")[:-1]]


async def _line(process: Process) -> str:
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    if not line:
        assert process.stderr is not None
        raise AssertionError((await process.stderr.read()).decode())
    return line.rstrip("\n")


@pytest.mark.parametrize("lines", [1, 8])
async def test_a_writer_killed_in_the_middle_leaves_whole_bursts_and_all_that_was_flushed(
    database_url: str, lines: int
) -> None:
    async with killed("facts", database_url, lines) as said:
        flushed = int(said[-1].removeprefix("flushed "))
    async with open_database(database_url) as database:
        async with database.read() as connection:
            numbers = list(
                await connection.scalars(select(facts.c.number_in_run).order_by(facts.c.number_in_run))
            )
            known = set(await connection.scalars(select(calls.c.call)))
            ended = set(await connection.scalars(select(calls.c.call).where(calls.c.ended.is_not(None))))
            rows = (await connection.execute(select(facts.c.call, facts.c.kind))).all()
            tried = set(await connection.scalars(select(transfer_attempts.c.call)))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= flushed * CALL
        assert known == {row.call for row in rows}
        assert ended == {row.call for row in rows if row.kind == "call_ended"}
        assert tried == {row.call for row in rows if row.kind == "transfer_attempted"}
        async with Journal(database) as journal:  # the next service goes on where this one fell
            for fact in transferred_call("next"):
                journal.state(fact)
            await journal.flush()
        story = await CallStore(database).story(CallId("next"))
        assert story is not None
        assert len(story.facts) == CALL


async def test_no_promise_that_was_given_is_lost_when_the_service_is_killed(database_url: str) -> None:
    async with killed("promises", database_url, 30) as said:
        promised = [line.removeprefix("promised ") for line in said]
    async with open_database(database_url) as database:
        store = SqlTicketStore(database)
        listed = await store.listed(limit=100_000)
        assert {ticket.id for ticket in listed} >= set(promised)
        assert all([await store.find(TicketId(ticket)) is not None for ticket in promised])


@pytest.fixture
def locked(migrated_sqlite: str) -> Iterator[sqlite3.Connection]:
    """A backup, say, that holds the SQLite file's write lock until it commits."""
    with closing(sqlite3.connect(migrated_sqlite.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@pytest.fixture
async def impatient(migrated_sqlite: str) -> AsyncIterator[Database]:
    """A database that waits for a lock only shortly."""
    async with open_database(migrated_sqlite + "?timeout=0.05") as database:
        yield database


async def test_while_the_file_is_locked_facts_wait_and_reading_goes_on(
    locked: sqlite3.Connection, impatient: Database, waiting: asyncio.Event
) -> None:
    async with Journal(impatient) as journal:
        for fact in transferred_call("c"):
            journal.state(fact)
        await asyncio.wait_for(waiting.wait(), 30)
        assert (await CallStore(impatient).listed()).items == ()
        locked.execute("COMMIT")
        await asyncio.wait_for(journal.flush(), 30)
    story = await CallStore(impatient).story(CallId("c"))
    assert story is not None
    assert [view.fact for view in story.facts] == transferred_call("c")


async def test_while_the_file_is_locked_no_promise_is_made(
    locked: sqlite3.Connection, impatient: Database
) -> None:
    store = SqlTicketStore(impatient)
    with pytest.raises(TicketsAway, match="locked"):
        await store.add(a_ticket("100200"))
    locked.execute("COMMIT")
    assert await store.listed() == []
    assert await store.add(a_ticket("100200")) == a_ticket("100200")


async def test_a_lock_held_for_a_moment_is_waited_for(
    locked: sqlite3.Connection, migrated_sqlite: str
) -> None:
    async with open_database(migrated_sqlite) as database:
        adding = asyncio.create_task(SqlTicketStore(database).add(a_ticket("100200")))
        assert not (await asyncio.wait([adding], timeout=0.2))[0]
        locked.execute("COMMIT")
        assert await adding == a_ticket("100200")


@pytest.fixture(scope="module")
def frail() -> Iterator[FrailCluster]:
    """A PostgreSQL of this module's own, to be stopped and started."""
    with frail_cluster() as cluster:
        asyncio.run(upgrade(cluster.url))
        yield cluster


async def test_facts_survive_a_postgresql_that_falls_over_and_comes_back(
    frail: FrailCluster, waiting: asyncio.Event
) -> None:
    told = [fact for number in range(6) for fact in transferred_call(f"fell-{number}")]
    async with open_database(frail.url) as database, Journal(database, linger=0.0, burst=5) as journal:
        async with journal.subscribe() as heard:
            for fact in told[:30]:
                journal.state(fact)
            await anext(heard)
            await asyncio.to_thread(frail.stop)
            for fact in told[30:]:
                journal.state(fact)
            await asyncio.wait_for(waiting.wait(), 30)
            with pytest.raises(DatabaseAway):
                await database.ping()
            with pytest.raises(TicketsAway):
                await SqlTicketStore(database).add(a_ticket("100300"))
            frail.start()  # in the main thread: the server ends with the thread that started it
            await asyncio.wait_for(journal.flush(), 60)
            rest = [await anext(heard) for _ in told[1:]]
        assert rest == told[1:]
        assert journal.statistics.failures > 0
        for number in range(6):
            story = await CallStore(database).story(CallId(f"fell-{number}"))
            assert story is not None
            assert [view.fact for view in story.facts] == transferred_call(f"fell-{number}")


async def test_a_server_that_freezes_keeps_no_caller_waiting(frail: FrailCluster) -> None:
    async with open_database(frail.url) as database:
        store = SqlTicketStore(database, patience=0.3)
        assert await store.find(TicketId("no such")) is None
        frail.freeze()
        try:
            async with asyncio.timeout(10):
                with pytest.raises(TicketsAway, match="not durable within"):
                    await store.add(a_ticket("100500"))
        finally:
            frail.thaw()
        assert await store.add(a_ticket("100500")) == a_ticket("100500")


async def test_a_server_that_freezes_keeps_no_reader_waiting(frail: FrailCluster) -> None:
    async with open_database(frail.url) as database:
        store = CallStore(database)
        await store.listed()
        frail.freeze()
        try:
            async with asyncio.timeout(40):
                with pytest.raises(DatabaseAway, match="no answer in time"):
                    await store.listed()
        finally:
            frail.thaw()
        await store.listed()


async def test_a_promise_is_still_there_after_postgresql_fell_over(frail: FrailCluster) -> None:
    async with open_database(frail.url) as database:
        store = SqlTicketStore(database)
        await store.add(a_ticket("100400"))
        await asyncio.to_thread(frail.stop)
        with pytest.raises(TicketsAway):
            await store.find(TicketId("100400"))
        frail.start()  # in the main thread: the server ends with the thread that started it
        assert await store.find(TicketId("100400")) == a_ticket("100400")


async def test_a_story_that_is_cancelled_while_it_promises_spoils_no_connection(database: Database) -> None:
    store = SqlTicketStore(database)
    await store.add(a_ticket("100000"))
    for steps in range(60):
        adding = asyncio.create_task(store.add(a_ticket(str(200_000 + steps))))
        for _ in range(steps):
            await asyncio.to_thread(int)
        adding.cancel()
        await asyncio.wait([adding])
        assert adding.cancelled() or adding.exception() is None
    added = await asyncio.gather(*(store.add(a_ticket(str(300_000 + number))) for number in range(20)))
    assert {ticket.id for ticket in added} <= {ticket.id for ticket in await store.listed(limit=1000)}
