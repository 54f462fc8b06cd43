"""The tables come from migrations, agree with the code, and come whole or not at all."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from callflows.facts import PresenceChanged, TransferAttempted
from callflows.outcomes import Way
from directory.model import Extension, PersonId, UnitId
from records import migrate, steps
from records.database import open_database
from records.errors import NotMigrated, TooNew
from records.journal import Journal
from records.migrations.__main__ import draft
from records.stores.calls import CallStore
from records.stores.hall import HallStore
from records.stores.history import HistoryStore
from records.stores.presence import PresenceStore
from telephony.values import CallId
from tests.records.made import NOON, transferred_call

_ATTEMPTED = (
    '{"attempt": "a", "order": 1, "matter": "m", "unit": "u", "unit_name": "U", "person": "p",'
    ' "person_name": "P", "target": "1", "why": "w"}'
)
_AT = "'2026-11-23 11:00:00.000000'"
WRITTEN_AT_0002 = (
    f"INSERT INTO calls (call, arrived) VALUES ('c', {_AT})",
    f"INSERT INTO transfer_attempts (attempt, call, order_in_call, chosen) VALUES ('a', 'c', 1, {_AT})",
    "INSERT INTO facts (run, number_in_run, call, at, kind, payload)"
    f" VALUES (1, 1, 'c', {_AT}, 'transfer_attempted', '{_ATTEMPTED}')",
    "INSERT INTO hall_versions (version, saved, saved_by, name, desk, notice, crisis_number, timezone)"
    f" VALUES (7, {_AT}, 'x', 'Hall', 'u', '', '', 'Europe/Warsaw')",
    "INSERT INTO units (version, unit, ordinal, name, spoken, address, line, line_reached, own_hours, outside,"
    " short, source) VALUES (7, 'u', 0, 'U', 'U', '', '12', 'here', false, false, '', '')",
    f"INSERT INTO hall_in_force (version, since, decided_by) VALUES (7, {_AT}, 'x')",
    "INSERT INTO people (version, person, ordinal, name, unit, spoken, announced, accept_key, introduction, post)"
    " VALUES (7, 'anna', 0, 'A', 'u', 'A', 'A', true, true, '')",
)
"""A call, its attempt, its fact and a directory, as the version before wrote them."""


async def test_upgrade_from_empty_makes_exactly_the_tables_of_the_code(empty_url: str) -> None:
    assert await migrate.current(empty_url) is None
    assert not await migrate.is_current(empty_url)
    assert await migrate.upgrade(empty_url) == migrate.head()
    assert await migrate.is_current(empty_url)
    assert await migrate.differences(empty_url) == []


def test_the_newest_step_is_known_without_alembic() -> None:
    """By its number; and no service loads what only an upgrade needs."""
    assert migrate.head() == steps.newest()
    code = "import sys, api.bootstrap; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    assert await migrate.upgrade(database_url) == migrate.head() == await migrate.current(database_url)
    assert await migrate.differences(database_url) == []


async def test_a_column_too_many_is_noticed(database_url: str) -> None:
    async with open_database(database_url) as database, database.write() as connection:
        await connection.execute(text("ALTER TABLE calls ADD COLUMN surprise TEXT"))
    assert len(await migrate.differences(database_url)) == 1


async def test_every_column_says_in_the_database_what_it_means(migrated_postgres: str) -> None:
    async with open_database(migrated_postgres) as database, database.read() as connection:
        silent = await connection.execute(
            text(
                "SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class ON oid = attrelid"
                " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0"
                " AND relname <> 'alembic_version' AND col_description(attrelid, attnum) IS NULL"
            )
        )
        assert silent.scalars().all() == []


async def test_three_processes_that_upgrade_at_once_take_turns(empty_url: str) -> None:
    program = (
        f"import asyncio; from records.migrate import upgrade; print(asyncio.run(upgrade({empty_url!r})))"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    ended = [await asyncio.to_thread(process.communicate, timeout=60) for process in processes]
    assert [(out.strip(), error) for out, error in ended] == [(migrate.head(), "")] * 3
    assert await migrate.differences(empty_url) == []


async def test_a_later_versions_tables_are_left_alone(database_url: str) -> None:
    async with open_database(database_url) as database, database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TooNew, match="9999"):
        await migrate.upgrade(database_url)
    assert not await migrate.is_current(database_url)


async def test_an_upgrade_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    async with open_database(empty_url) as database:
        async with database.write() as connection:
            await connection.execute(text("CREATE TABLE people (somebody_elses TEXT)"))
        with pytest.raises(Exception, match="people"):
            await migrate.upgrade(empty_url)
        async with database.write() as connection:
            await connection.execute(text("DROP TABLE people"))
    assert await migrate.current(empty_url) is None
    assert await migrate.upgrade(empty_url) == migrate.head()
    assert await migrate.differences(empty_url) == []


async def test_what_an_older_version_wrote_stays_and_goes_on_as_it_was(empty_url: str) -> None:
    async with open_database(empty_url) as database:
        async with database.write() as connection:
            await connection.run_sync(lambda plain: command.upgrade(steps.config_for(plain), "0002"))
            for statement in WRITTEN_AT_0002:
                await connection.exec_driver_sql(statement)
        await migrate.upgrade(empty_url)
        story = await CallStore(database).story(CallId("c"))
        async with database.read() as connection:
            languages = await connection.execute(
                text("SELECT version, ordinal, language FROM hall_languages")
            )
            spoken = await connection.execute(text("SELECT person, ordinal, language FROM person_languages"))
            assert (languages.all(), spoken.all()) == ([(7, 0, "pl")], [("anna", 0, "pl")])
        hall = await HallStore(database).load_hall()
        [version] = await HistoryStore(database).versions()
    assert await migrate.differences(empty_url) == []
    assert hall.units[UnitId("u")].line == Extension("12")
    assert (hall.people[PersonId("anna")].room, hall.people[PersonId("anna")].mobile) == ("", None)
    assert (version.saved_by, version.source, version.changes, version.whole) == ("x", None, 0, True)
    assert story is not None
    assert (story.call.language, story.call.clerk, story.call.queued) == (None, None, None)
    [attempt] = story.transfers
    assert (attempt.way, attempt.by_person, attempt.consulted) == (Way.LINE, "", None)
    [told] = story.facts
    assert isinstance(told.fact, TransferAttempted)
    assert (told.fact.way, told.fact.by) == (Way.LINE, "")


async def test_the_last_step_can_be_taken_back_and_loses_only_the_facts_of_no_call(database_url: str) -> None:
    async with open_database(database_url) as database:
        async with Journal(database) as journal:
            for fact in transferred_call("c"):
                journal.state(fact)
            journal.state(PresenceChanged(at=NOON, clerk=PersonId("ewa"), presence="ready", why="logged_on"))
        async with database.write() as connection:
            await connection.run_sync(lambda plain: command.downgrade(steps.config_for(plain), "0002"))
        await migrate.upgrade(database_url)
        story = await CallStore(database).story(CallId("c"))
        assert story is not None
        assert [view.fact for view in story.facts] == transferred_call("c")
        assert (await PresenceStore(database).listed()).items == ()
    assert await migrate.differences(database_url) == []


async def test_reading_before_the_upgrade_says_so(empty_url: str) -> None:
    async with open_database(empty_url) as database:
        with pytest.raises(NotMigrated, match="upgrade it"):
            await CallStore(database).listed()


async def test_a_draft_of_a_new_step_is_empty_while_code_and_migrations_agree(tmp_path: Path) -> None:
    await draft("What changes", into=tmp_path)
    [written] = tmp_path.glob("*.py")
    body = written.read_text().partition("def upgrade")[2]
    assert "op." not in body
    assert f"down_revision = '{migrate.head()}'" in written.read_text()
