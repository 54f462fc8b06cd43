"""Where unended calls stood: what the next process reads, and how long two hundred of them take."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from callflows.facts import CallArrived, Fact, QueueJoined
from callflows.restart.standing import standings
from records.database import Database, open_database
from records.journal import Journal
from records.migrate import upgrade
from records.past import RecordedPast
from records.spool import FolderSpool
from records.stores.standing import StandingStore
from telephony.values import CallId, NumberShown
from tests.records.made import NOON, in_utc, transferred_call

IN_TALK = -2
"""Without the ends of talk and call, the facts of a call are those of one that is connected."""


async def written(database: Database, *told: Fact) -> int:
    """Write these facts in a run of their own; returns the run."""
    async with Journal(database) as journal:
        for fact in told:
            journal.state(fact)
        await journal.flush()
    return journal.run


async def test_calls_without_an_end_are_read_as_their_facts_tell_them(database: Database) -> None:
    talking, over = transferred_call("talking")[:IN_TALK], transferred_call("over")
    waiting = [
        CallArrived(
            call=CallId("waiting"),
            at=NOON,
            number="",
            name="",
            shown=NumberShown.WITHHELD,
            dialled="447327700",
        ),
        QueueJoined(call=CallId("waiting"), at=NOON, position=1, matter="", language="en"),
    ]
    await written(database, *talking, *over, *waiting)
    found = await StandingStore(database).unended(run=0)
    assert found == standings(in_utc(fact) for fact in (*talking, *waiting))
    assert set(found) == {"talking", "waiting"}


async def test_a_call_that_came_to_this_process_is_none_of_the_past(database: Database) -> None:
    await written(database, *transferred_call("old")[:5])
    ours = await written(database, *transferred_call("old")[5:7], *transferred_call("new")[:5])
    assert set(await StandingStore(database).unended(run=ours)) == {"old"}


async def test_two_hundred_calls_take_no_time_that_a_caller_notices(database: Database) -> None:
    told = [fact for number in range(200) for fact in transferred_call(f"up-{number}")[:IN_TALK]]
    told += [fact for number in range(400) for fact in transferred_call(f"over-{number}")]
    await written(database, *told)
    store = StandingStore(database)
    await store.unended(run=0)
    began = time.process_time()  # our own work: the machine may be busy with other tests
    found = await store.unended(run=0)
    assert len(found) == 200
    assert time.process_time() - began < 0.5


@asynccontextmanager
async def past_of(database: Database, folder: Path, **how: float) -> AsyncIterator[RecordedPast]:
    """The past as the next process reads it."""
    async with (
        Journal(database, spool=FolderSpool(folder), drain=0.05) as journal,
        RecordedPast(journal, database, **how) as past,
    ):
        yield past


def left_in_spool(folder: Path, told: list[Fact], database: Database) -> None:
    """What a process leaves that was killed before it wrote anything to the database."""
    journal = Journal(database, spool=FolderSpool(folder))
    for fact in told:
        journal.state(fact)
    journal.spool_now()


async def test_what_is_still_in_the_spool_is_part_of_the_past(database: Database, tmp_path: Path) -> None:
    left_in_spool(tmp_path / "spool", transferred_call("c")[:IN_TALK], database)
    async with past_of(database, tmp_path / "spool") as past:
        (standing,) = (await past.standing()).values()
        assert standing.attempts[0].connected is not None
        assert await past.whole() == await past.standing()


async def test_while_the_database_is_away_callers_do_not_wait_for_it(
    empty_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = transferred_call("c", at=NOON - timedelta(hours=1))[:IN_TALK]
    async with open_database(empty_url) as database:
        left_in_spool(tmp_path / "spool", told, database)
        async with past_of(database, tmp_path / "spool", patience=0.05) as past:
            assert await past.standing() == {}
            assert "cannot be read" in caplog.text
            await upgrade(empty_url)
            async with asyncio.timeout(30):
                assert set(await past.whole()) == {"c"}
            assert set(await past.standing()) == {"c"}
