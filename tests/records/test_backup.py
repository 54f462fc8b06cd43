"""A backup that is made while the journal writes, and everything that is in it after it was restored."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from records.backup import back_up, restore
from records.database import Database, open_database
from records.errors import BackupFailed
from records.journal import Journal
from records.stores.calls import CallStore
from records.stores.tickets import SqlTicketStore
from telephony.values import CallId
from tests.pbx.postgres import Cluster
from tests.records.made import in_utc, transferred_call
from tests.records.writer_process import a_ticket


@pytest.fixture
def empty(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Where the backup is restored to: another machine's database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'other.db'}"
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.url(cluster.new_database())


async def test_a_backup_holds_what_was_committed_and_gives_it_back(
    database: Database, database_url: str, empty: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    async with Journal(database, linger=0.0, burst=3) as journal:
        for fact in transferred_call("before"):
            journal.state(fact)
        await journal.flush()
        await SqlTicketStore(database).add(a_ticket("100200"))
        backing_up = asyncio.create_task(back_up(database_url, file))
        for number in range(20):  # the line goes on meanwhile
            for fact in transferred_call(f"meanwhile-{number}"):
                journal.state(fact)
        await journal.flush()
        await backing_up
    assert file.stat().st_mode & 0o777 == 0o600
    assert await restore(empty, file) is None
    async with open_database(empty) as restored:
        story = await CallStore(restored).story(CallId("before"))
        assert story is not None
        assert [view.fact for view in story.facts] == [in_utc(fact) for fact in transferred_call("before")]
        assert await SqlTicketStore(restored).listed() == [a_ticket("100200")]
        async with Journal(restored) as journal:
            journal.state(transferred_call("after")[0])
            await journal.flush()
    assert list(tmp_path.glob("*.part")) == []


async def test_what_was_there_is_set_aside_with_its_log(migrated_sqlite: str, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    await back_up(migrated_sqlite, file)
    path = Path(migrated_sqlite.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as open_still:
        open_still.execute("CREATE TABLE later (it INTEGER)")
        aside = await restore(migrated_sqlite, file)
    assert aside is not None
    for where, expected in ((aside, 1), (path, 0)):
        with closing(sqlite3.connect(where)) as database:
            found = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone()
        assert found == (expected,)


async def test_a_damaged_backup_changes_nothing(migrated_sqlite: str, tmp_path: Path) -> None:
    path = Path(migrated_sqlite.removeprefix("sqlite:///"))
    before = path.read_bytes()
    for damaged in (b"", b"no database at all", before[: len(before) // 2]):
        file = tmp_path / "damaged"
        file.write_bytes(damaged)
        with pytest.raises(BackupFailed, match="was not restored"):
            await restore(migrated_sqlite, file)
    with pytest.raises(BackupFailed, match="gone was not restored"):
        await restore(migrated_sqlite, tmp_path / "gone")
    assert path.read_bytes() == before


async def test_a_backup_that_cannot_be_made_leaves_the_one_before(
    migrated_sqlite: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    await back_up(migrated_sqlite, file)
    before = file.read_bytes()
    Path(migrated_sqlite.removeprefix("sqlite:///")).write_bytes(before[:5000])
    with pytest.raises(BackupFailed, match="was not made"):
        await back_up(migrated_sqlite, file)
    assert file.read_bytes() == before


async def test_postgresql_is_restored_into_an_empty_database_only(
    migrated_postgres: str, tmp_path: Path
) -> None:
    await back_up(migrated_postgres, tmp_path / "backup")
    with pytest.raises(BackupFailed, match="createdb"):
        await restore(migrated_postgres, tmp_path / "backup")


async def test_what_pg_dump_says_is_passed_on_without_the_password(tmp_path: Path) -> None:
    assert shutil.which("pg_dump")
    with pytest.raises(BackupFailed, match=r"pg_dump failed: .*127\.0\.0\.1") as failed:
        await back_up("postgresql://u:pony@127.0.0.1:1/halo", tmp_path / "backup")
    assert "pony" not in str(failed.value)
    assert list(tmp_path.iterdir()) == []
