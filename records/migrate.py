"""Bringing a database's tables up to this version: `upgrade`, `current`, `head`, `is_current`.

Alembic is synchronous; it runs on a connection of ours inside one transaction, so that an upgrade that fails,
or dies, leaves the tables as they were, on SQLite as well. Two processes that upgrade at once take turns: the
second finds nothing left to do.

It is loaded only where there is something to upgrade (`records.steps`): a service whose tables are those of its
version starts a tenth of a second sooner without it, and has 11 MiB of memory less for all its life.
"""

from functools import cache
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import SetColumnComment, SetTableComment

from records.all_tables import metadata
from records.database import open_database
from records.errors import TooNew
from records.migrations import VERSIONS

_TURN = 0x48414C4F
"""The number of PostgreSQL's advisory lock that means "halo is upgrading" ("HALO" in ASCII)."""


@cache
def head() -> str:
    """Return the revision that this version of the service needs."""
    return max(step.stem for step in VERSIONS.glob("r*_*.py"))[1:].partition("_")[0]


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
    from records import steps

    async with open_database(url) as database, database.write() as connection:
        await _take_turn(connection)
        before = await connection.run_sync(_revision)
        if before is not None and not steps.known(before):
            raise TooNew(
                f"The database {database.name} is at revision {before}, which this version does not know:"
                " a later version of the service has upgraded it."
            )
        await connection.run_sync(steps.upgrade)
        await connection.run_sync(_comment)
    return head()


async def differences(url: str) -> list[Any]:
    """Return where the tables of a database differ from those of the code: nowhere, if all is well."""
    from records import steps

    async with open_database(url) as database, database.read(within=None) as connection:
        return await connection.run_sync(steps.compare)


async def _take_turn(connection: AsyncConnection) -> None:
    """Wait until no other process upgrades. SQLite's BEGIN IMMEDIATE has done so already."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def _comment(connection: Connection) -> None:
    """Write what tables and columns mean beside them, for those who read the database with other tools."""
    if not connection.dialect.supports_comments:
        return
    for table in metadata.sorted_tables:
        connection.execute(SetTableComment(table))
        for column in table.columns:
            connection.execute(SetColumnComment(column))
