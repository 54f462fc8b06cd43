"""Killed at any moment, as often as you like: every fact that had reached the disk is on record once, in its order.

A kill is a journal that is dropped without a farewell, its spool cut at any byte of the last line that was written; the
database has what it had committed.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from callflows.facts import CallAnswered
from records.database import Database, open_database
from records.entry import from_line
from records.journal import Journal
from records.spool import FolderSpool
from records.tables import facts
from telephony.values import CallId
from tests.records.made import NOON


@dataclass(frozen=True)
class Life:
    """What one process does until it is killed: states facts in turns of the loop, and lets the writer work."""

    turns: Sequence[int]
    """Facts stated in each turn."""
    commits: Sequence[bool]
    """Whether the writer may finish after that turn."""
    cut: int
    """Bytes of the last line that never got to the disk."""
    leaves_politely: bool


LIVES = st.lists(
    st.builds(
        Life,
        turns=st.lists(st.integers(0, 4), min_size=1, max_size=5),
        commits=st.lists(st.booleans(), min_size=5, max_size=5),
        cut=st.integers(0, 60),
        leaves_politely=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


class World:
    """A database and a spool that outlive the processes, and what must be on record at the end."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database, self._folder = database, folder
        self._stated = 0
        self.certain: list[str] = []
        """Facts that had reached the disk or the database, in order."""

    async def lives(self, life: Life) -> None:
        journal = Journal(
            self._database, spool=FolderSpool(self._folder, segment_bytes=300), linger=0.0, burst=3
        )
        await journal.__aenter__()
        told = []
        for number, commits in zip(life.turns, life.commits, strict=False):
            for _ in range(number):
                self._stated += 1
                name = f"fact-{self._stated}"
                told.append(name)
                journal.state(CallAnswered(call=CallId(name), at=NOON + timedelta(seconds=self._stated)))
            if commits:
                await journal.flush()
        if life.leaves_politely:
            await journal.__aexit__()
            self.certain += told
            return
        journal.spool_now()
        await kill(journal)
        torn = self._tear(life.cut)
        self.certain += [name for name in told if name not in torn]

    def _tear(self, cut: int) -> set[str]:
        """Cut the last line; returns the calls that were in it and are in no line any more."""
        files = sorted(self._folder.glob("*.jsonl"))
        text = files[-1].read_bytes() if files else b""
        last = text[text.rfind(b"\n", 0, -1) + 1 :]
        entry = from_line(last) if last else None
        if entry is None or cut < 2:
            return set()
        files[-1].write_bytes(text[: len(text) - min(cut, len(last))])
        return {entry.call}

    async def on_record(self) -> list[str]:
        async with self._database.read() as connection:
            rows = await connection.scalars(select(facts.c.call).order_by(facts.c.run, facts.c.number_in_run))
            return list(rows)


async def kill(journal: Journal) -> None:
    """End its writer in the middle of whatever it does, without a word to the spool."""
    writer = next(task for task in asyncio.all_tasks() if task.get_name() == "journal writer")
    writer.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await writer


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=LIVES)
def test_killed_at_any_point_nothing_is_lost_doubled_or_out_of_order(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, lives: list[Life]
) -> None:
    folder = tmp_path_factory.mktemp("killed")
    file = folder / "halo.db"
    file.write_bytes(sqlite_template.read_bytes())

    async def plays() -> None:
        async with open_database(f"sqlite:///{file}") as database:
            world = World(database, folder / "spool")
            for life in lives:
                await world.lives(life)
            async with Journal(database, spool=FolderSpool(folder / "spool")) as last:
                await last.flush()
            found = await world.on_record()
            assert len(found) == len(set(found))
            assert [name for name in found if name in world.certain] == world.certain
        assert list((folder / "spool").iterdir()) == []

    asyncio.run(plays())
