"""The door to the database: addresses, transactions, and errors told in one sentence without secrets."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from records.database import Database, open_database
from records.errors import BadDatabaseUrl, DatabaseAway, NotMigrated, Rejected
from records.tables import calls, facts
from tests.records.made import NOON


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "cannot be read"),
        ("halo.db", "cannot be read"),
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
        ("mysql://hall/halo", "'mysql' is not known"),
        ("postgresql://hall:port/halo", "cannot be read"),
    ],
)
def test_an_address_that_is_none_is_refused_in_one_sentence(url: str, says: str) -> None:
    with pytest.raises(BadDatabaseUrl, match=says):
        open_database(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg", "postgresql+psycopg"])
def test_every_way_of_writing_postgresql_is_understood(scheme: str) -> None:
    database = open_database(f"{scheme}://halo:s3cret@db.hall/halo")
    assert database.name == "postgresql://halo:***@db.hall/halo"
    assert not database.is_sqlite


def test_the_name_of_a_file_is_as_it_was_written() -> None:
    assert open_database("sqlite:///var/halo.db").name == "sqlite:///var/halo.db"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://halo:s3cret@127.0.0.1:9/halo",
        "postgresql://halo:s3cret@/halo?host=/nowhere",
        "sqlite:////nowhere/at/all/halo.db",
        "sqlite:////",
    ],
)
async def test_a_database_that_is_not_there_is_away_and_no_password_is_told(url: str) -> None:
    async with open_database(url) as database:
        with pytest.raises(DatabaseAway, match="cannot be used now") as caught:
            await database.ping()
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_file_that_is_no_database_is_away(tmp_path: Path) -> None:
    path = tmp_path / "halo.db"
    path.write_text("Drodzy Państwo, to nie jest baza danych. " * 100)
    async with open_database(f"sqlite:///{path}") as database:
        with pytest.raises(DatabaseAway, match="not a database"):
            await database.ping()


async def test_a_database_that_answers_answers(database: Database) -> None:
    await database.ping()


async def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    async def half_done() -> None:
        async with database.write() as connection:
            await connection.execute(insert(calls).values(call="c", arrived=NOON))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half_done()
    async with database.read() as connection:
        assert (await connection.execute(select(calls))).all() == []


async def test_a_reader_sees_one_moment(database: Database) -> None:
    async with database.read() as reader:
        assert (await reader.execute(select(calls))).all() == []
        async with database.write() as writer:
            await writer.execute(insert(calls).values(call="c", arrived=NOON))
        assert (await reader.execute(select(calls))).all() == []
    async with database.read() as reader:
        assert len((await reader.execute(select(calls))).all()) == 1


async def test_a_fact_of_no_call_is_refused_and_the_sentence_has_no_values(database: Database) -> None:
    row = {"run": 1, "number_in_run": 1, "call": "600100200", "at": NOON, "kind": "", "payload": {}}
    with pytest.raises(Rejected) as caught:
        async with database.write() as connection:
            await connection.execute(insert(facts).values(row))
    assert "600100200" not in str(caught.value)


async def test_a_number_beyond_64_bits_is_refused_and_not_repeated(database: Database) -> None:
    row = {"run": 2**70, "number_in_run": 1, "call": "c", "at": NOON, "kind": "", "payload": {}}
    with pytest.raises(Rejected) as caught:
        async with database.write() as connection:
            await connection.execute(insert(facts).values(row))
    assert str(2**70) not in str(caught.value)


async def test_a_table_that_is_not_there_is_told_apart(database: Database) -> None:
    with pytest.raises(NotMigrated):
        async with database.read() as connection:
            await connection.execute(text("SELECT * FROM something_else"))


async def test_twenty_writers_at_once_take_turns(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.write() as connection:
            await connection.execute(insert(calls).values(call=f"c{number}", arrived=NOON))

    await asyncio.gather(*(write(number) for number in range(20)))
    async with database.read() as connection:
        assert len((await connection.execute(select(calls))).all()) == 20


async def test_sqlite_is_in_wal_mode_with_foreign_keys_and_forgets_thoroughly(migrated_sqlite: str) -> None:
    async with open_database(migrated_sqlite) as database, database.read() as connection:
        asked = ("journal_mode", "foreign_keys", "secure_delete", "synchronous", "busy_timeout")
        answers = [await connection.scalar(text(f"PRAGMA {name}")) for name in asked]
    assert answers == ["wal", 1, 1, 1, 3000]
