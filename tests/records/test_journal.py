"""The journal: facts in order and complete, told after the commit, whatever the database does meanwhile."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from callflows.facts import AttemptId, CallAnswered, Fact, PromptPlayed, TransferAttempted
from records.database import Database, open_database
from records.entry import Entry
from records.journal import Journal
from records.migrate import upgrade
from records.stores.calls import CallFilter, CallStore
from records.subscription import FellBehind
from records.tables import calls, facts
from telephony.values import CallId
from tests.records.made import NOON, transferred_call


def answered(call: str, second: int = 0) -> Fact:
    """A small fact."""
    return CallAnswered(call=CallId(call), at=NOON + timedelta(seconds=second))


async def in_journal(database: Database) -> list[tuple[str, str]]:
    """Call and kind of every fact that is written, in order."""
    async with database.read() as connection:
        rows = await connection.execute(
            select(facts.c.call, facts.c.kind).order_by(facts.c.run, facts.c.number_in_run)
        )
        return [(call, kind) for call, kind in rows]


class ListSpool:
    """A spool in memory that outlives its journal, as a folder would."""

    unspooled = 0
    failing = False

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.entries = list(entries)

    def take(self) -> Sequence[Entry]:
        return tuple(self.entries)

    def append(self, entries: Sequence[Entry]) -> None:
        self.entries.extend(entries)

    def drop(self, number: int) -> None:
        del self.entries[:number]

    def close(self) -> int:
        return 0


async def test_a_call_is_in_the_records_once_flushed(database: Database) -> None:
    told = transferred_call("c")
    async with Journal(database) as journal:
        for fact in told:
            journal.state(fact)
        await journal.flush()
        story = await CallStore(database).story(CallId("c"))
    assert story is not None
    assert [view.fact for view in story.facts] == told
    assert [view.number_in_call for view in story.facts] == list(range(1, len(told) + 1))
    assert story.call.ended == told[-1].at
    [transfer] = story.transfers
    assert transfer.person_name == "Anna Przykładowa"


async def test_facts_of_many_calls_at_once_are_complete_and_in_each_calls_order(database: Database) -> None:
    calls = [f"call-{number}" for number in range(40)]

    async with Journal(database, linger=0.001, burst=64) as journal:

        async def tell(call: str) -> None:
            for fact in transferred_call(call):
                journal.state(fact)
                await asyncio.sleep(0)

        await asyncio.gather(*(tell(call) for call in calls))
        await journal.flush()
        statistics = journal.statistics
    store = CallStore(database)
    for call in calls:
        story = await store.story(CallId(call))
        assert story is not None
        assert [view.fact for view in story.facts] == transferred_call(call)
    numbers = len(calls) * len(transferred_call(""))
    assert (statistics.stated, statistics.written, statistics.queued) == (numbers, numbers, 0)
    assert statistics.bursts < numbers / 4
    async with database.read() as connection:
        written = await connection.scalars(select(facts.c.number_in_run).order_by(facts.c.number_in_run))
        assert list(written) == list(range(1, numbers + 1))


async def test_leaving_the_block_writes_what_is_queued(database: Database) -> None:
    async with Journal(database, linger=60) as journal:
        for fact in transferred_call("c"):
            journal.state(fact)
    assert len(await in_journal(database)) == len(transferred_call("c"))


async def test_facts_stated_before_the_start_are_written(database: Database) -> None:
    journal = Journal(database)
    journal.state(answered("early"))
    async with journal:
        await journal.flush()
    assert await in_journal(database) == [("early", "call_answered")]


async def test_subscribers_hear_each_fact_once_after_its_commit(database: Database) -> None:
    told = transferred_call("c")
    async with Journal(database) as journal, journal.subscribe() as heard:
        for fact in told:
            journal.state(fact)
        for number, expected in enumerate(told, start=1):
            assert await anext(heard) == expected
            assert len(await in_journal(database)) >= number


async def test_a_subscription_ends_with_the_journal(database: Database) -> None:
    async with Journal(database) as journal:
        subscription = journal.subscribe()
        journal.state(answered("c"))
    assert [fact async for fact in subscription] == [answered("c")]


async def test_a_slow_reader_is_let_go_and_nobody_else_notices(database: Database) -> None:
    async with Journal(database) as journal, journal.subscribe(room=3) as slow, journal.subscribe() as quick:
        for second in range(5):
            journal.state(answered("c", second))
        await journal.flush()
        assert [await anext(quick) for _ in range(5)] == [answered("c", second) for second in range(5)]
        with pytest.raises(FellBehind):
            await anext(slow)
        with pytest.raises(StopAsyncIteration):
            await anext(slow)


async def test_a_closed_subscription_is_told_nothing(database: Database) -> None:
    async with Journal(database) as journal:
        subscription = journal.subscribe()
        subscription.close()
        journal.state(answered("c"))
        await journal.flush()
        assert [fact async for fact in subscription] == []


async def test_names_with_nul_and_half_surrogates_do_not_hold_anything_up(database: Database) -> None:
    nasty = "\x00\ud83d Zażółć \x1b[31m\r\n\u202e'; DROP TABLE facts; --"
    told: list[Fact] = [
        PromptPlayed(call=CallId(nasty), at=NOON, prompts=(nasty,), text=nasty, played="whole"),
        PromptPlayed(
            call=CallId("long"), at=NOON, prompts=("ź" * 100_000,), text="x" * 1_000_000, played="whole"
        ),
        answered("after"),
    ]
    async with Journal(database) as journal:
        for fact in told:
            journal.state(fact)
        await journal.flush()
        assert journal.statistics.rejected == 0
    listed = await CallStore(database).listed(CallFilter())
    assert {call.call for call in listed.items} == {
        nasty.replace("\x00", "\ufffd").replace("\ud83d", "\ufffd"),
        "long",
        "after",
    }
    story = await CallStore(database).story(CallId("long"))
    assert story is not None
    assert story.facts[0].fact == told[1]


async def test_a_fact_that_cannot_be_kept_is_set_aside_and_the_others_go_on(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    impossible = TransferAttempted(
        call=CallId("c"), at=NOON, attempt=AttemptId("a"), order=2**70, matter="", unit="", unit_name="", person="",
        person_name="", target="", why="",
    )  # fmt: skip
    strange = PromptPlayed(call=CallId("c"), at=NOON, prompts=(object(),), text="600100200", played="")  # type: ignore[arg-type]
    good = [answered("c", second) for second in range(6)]
    told = [*good[:2], strange, good[2], impossible, *good[3:]]
    async with Journal(database) as journal, journal.subscribe() as heard:
        for fact in told:
            journal.state(fact)
        await journal.flush()
        assert [await anext(heard) for _ in good] == good
        statistics = journal.statistics
    assert (statistics.rejected, statistics.written, statistics.queued) == (2, 6, 0)
    assert len(await in_journal(database)) == 6
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 2
    assert "prompt_played" in errors[0]
    assert "transfer_attempted" in errors[1]
    assert "600100200" not in caplog.text


async def test_facts_wait_until_the_tables_are_there_and_are_then_written_in_order(
    empty_url: str, waiting: asyncio.Event
) -> None:
    told = transferred_call("c")
    async with open_database(empty_url) as database, Journal(database) as journal:
        for fact in told[:5]:
            journal.state(fact)
        await asyncio.wait_for(waiting.wait(), 10)
        for fact in told[5:]:
            journal.state(fact)
        assert journal.statistics.queued == len(told)
        await upgrade(empty_url)
        await asyncio.wait_for(journal.flush(), 10)
        story = await CallStore(database).story(CallId("c"))
    assert story is not None
    assert [view.fact for view in story.facts] == told


async def test_what_the_database_never_took_goes_to_the_spool_and_comes_back_once(empty_url: str) -> None:
    told = transferred_call("c")
    spool = ListSpool()
    async with open_database(empty_url) as database:
        async with Journal(database, spool=spool, drain=0.05) as journal:
            for fact in told:
                journal.state(fact)
        assert [entry.fact for entry in spool.entries] == told
        await upgrade(empty_url)
        twice = ListSpool([*spool.entries, *spool.entries])
        async with Journal(database, spool=twice) as journal:
            journal.state(answered("next"))
            await journal.flush()
        assert await in_journal(database) == [
            *[("c", view) for view in await kinds_of(database, "c")],
            ("next", "call_answered"),
        ]
        assert len(await kinds_of(database, "c")) == len(told)


async def test_without_a_spool_the_log_says_how_many_were_lost(
    empty_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_database(empty_url) as database, Journal(database, drain=0.05) as journal:
        journal.state(answered("c"))
    assert "1 facts were never written" in caplog.text


async def kinds_of(database: Database, call: str) -> list[str]:
    return [kind for whose, kind in await in_journal(database) if whose == call]


async def test_the_journal_and_its_rows_are_one_transaction(
    database: Database, waiting: asyncio.Event
) -> None:
    async with database.write() as connection:
        await connection.execute(text("DROP TABLE transfer_attempts"))
    async with Journal(database, drain=0.05, spool=ListSpool()) as journal:
        for fact in transferred_call("c"):
            journal.state(fact)
        await asyncio.wait_for(waiting.wait(), 10)
    assert await in_journal(database) == []
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(calls)) == 0
