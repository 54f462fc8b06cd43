"""Bringing a database's tables up to this version: `upgrade`, `current`, `head`, `is_current`.

Alembic is synchronous; it runs on a connection of ours inside one transaction, so that an upgrade that fails,
or dies, leaves the tables as they were, on SQLite as well. Two processes that upgrade at once take turns: the
second finds nothing left to do.
"""

import io
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import SetColumnComment, SetTableComment

import records.hall_tables
import records.tables  # noqa: F401 - the tables register themselves
from records.columns import metadata
from records.database import open_database
from records.errors import TooNew

_TURN = 0x48414C4F
"""The number of PostgreSQL's advisory lock that means "halo is upgrading" ("HALO" in ASCII)."""


@cache
def head() -> str:
    """Return the revision that this version of the service needs."""
    return str(ScriptDirectory.from_config(config_for()).get_current_head())


async def current(url: str) -> str | None:
    """Return the revision of a database's tables, or None if it has none; raises DatabaseAway."""
    async with open_database(url) as database, database.read() as connection:
        return await connection.run_sync(_revision)


async def is_current(url: str) -> bool:
    """Return whether a database's tables are those of this version; raises DatabaseAway."""
    return await current(url) == head()


async def upgrade(url: str) -> str:
    """Bring a database's tables up to this version and return the revision; safe to run twice, or at once.

    Raises DatabaseAway, or TooNew if a later version of the service has been here.
    """
    async with open_database(url) as database, database.write() as connection:
        await _take_turn(connection)
        before = await connection.run_sync(_revision)
        if before is not None and not _known(before):
            raise TooNew(
                f"The database {database.name} is at revision {before}, which this version does not know:"
                " a later version of the service has upgraded it."
            )
        await connection.run_sync(_run_upgrade)
        await connection.run_sync(_comment)
    return head()


async def differences(url: str) -> list[Any]:
    """Return where the tables of a database differ from those of the code: nowhere, if all is well."""
    async with open_database(url) as database, database.read(within=None) as connection:
        return await connection.run_sync(_compare)


async def _take_turn(connection: AsyncConnection) -> None:
    """Wait until no other process upgrades. SQLite's BEGIN IMMEDIATE has done so already."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def config_for(connection: Connection | None = None, *, drafts: Path | None = None) -> Config:
    """Alembic's configuration, made of code: there is no ini file to lose. `drafts` is one more place to look."""
    here = Path(__file__).with_name("migrations")
    places = [here / "versions", *([drafts] if drafts else [])]
    config = Config(stdout=io.StringIO())
    for option, value in (
        ("script_location", str(here)),
        ("path_separator", "newline"),
        ("version_locations", "\n".join(str(place) for place in places)),
        ("file_template", "r%(rev)s_%(slug)s"),
    ):
        config.set_main_option(option, value.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _known(revision: str) -> bool:
    """Whether this version of the service knows that revision."""
    try:
        return ScriptDirectory.from_config(config_for()).get_revision(revision) is not None
    except CommandError:
        return False


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _run_upgrade(connection: Connection) -> None:
    command.upgrade(config_for(connection), "head")


def _comment(connection: Connection) -> None:
    """Write what tables and columns mean beside them, for those who read the database with other tools."""
    if not connection.dialect.supports_comments:
        return
    for table in metadata.sorted_tables:
        connection.execute(SetTableComment(table))
        for column in table.columns:
            connection.execute(SetColumnComment(column))


def _compare(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))
