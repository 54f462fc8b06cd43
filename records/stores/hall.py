"""The hall's directory in the database: saved whole, loaded whole, with a history of what was in force."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Hall
from records import hall_tables as t
from records.database import Database
from records.errors import NoHall
from records.hall_read import hall_of
from records.hall_rows import Row, rows_of, version_of
from records.staff_tables import people
from records.views import HallVersion


class HallStore:
    """Saves and loads the hall; `load_hall` gives exactly what `save_hall` was given."""

    def __init__(
        self, database: Database, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._database = database
        self._now = now

    async def save_hall(self, hall: Hall, by: str) -> int:
        """Save the hall, take it into force by this person's word, and return its version.

        All or nothing. A hall equal to the one in force changes nothing: its version is returned. Raises
        Rejected if the hall names a unit, matter or person that it does not have.
        """
        async with self._database.write() as connection:
            current = await _version_in_force(connection)
            if current is not None and await _load(connection, current) == hall:
                return current
            version = {"saved": self._now(), "saved_by": by, "source": "", "note": "", **version_of(hall)}
            added = await connection.execute(
                t.hall_versions.insert().values(version).returning(t.hall_versions.c.version)
            )
            number = int(added.scalar_one())
            for table, rows in rows_of(hall):
                if rows:
                    await connection.execute(table.insert(), [{"version": number, **row} for row in rows])
            await self._take_into_force(connection, number, by)
            return number

    async def load_hall(self, version: int | None = None) -> Hall:
        """Return the hall that is in force, or that of a version; raises NoHall."""
        async with self._database.read() as connection:
            if version is None:
                version = await _version_in_force(connection)
            if version is None:
                raise NoHall("No directory of a hall is in the database yet: import one.")
            return await _load(connection, version)

    async def take_into_force(self, version: int, by: str) -> None:
        """Let new calls use this version again (an undo); raises NoHall if there is none."""
        async with self._database.write() as connection:
            known = await connection.scalar(_where(t.hall_versions, version, t.hall_versions.c.version))
            if known is None:
                raise NoHall(f"No version {version} of the directory is in the database.")
            await self._take_into_force(connection, version, by)

    async def versions(self, *, limit: int = 50) -> tuple[HallVersion, ...]:
        """Return the newest versions first: when and by whom, and which one is in force."""
        async with self._database.read() as connection:
            in_force = await _version_in_force(connection)
            since = _counted(t.hall_in_force, func.max(t.hall_in_force.c.since))
            counts = [_counted(table, func.count()) for table in (t.units, t.matters, people)]
            rows = await connection.execute(
                select(t.hall_versions, since, *counts)
                .order_by(t.hall_versions.c.version.desc())
                .limit(limit)
            )
            return tuple(
                HallVersion(
                    version=row.version,
                    saved=row.saved,
                    saved_by=row.saved_by,
                    in_force_since=row[-4],
                    in_force=row.version == in_force,
                    units=row[-3],
                    matters=row[-2],
                    people=row[-1],
                )
                for row in rows
            )

    async def _take_into_force(self, connection: AsyncConnection, version: int, by: str) -> None:
        row = {"version": version, "since": self._now(), "decided_by": by}
        await connection.execute(t.hall_in_force.insert(), row)


def _counted(table: Table, what: Any) -> Any:
    """Something counted over a version's rows in a table."""
    return (
        select(what)
        .select_from(table)
        .where(table.c.version == t.hall_versions.c.version)
        .correlate(t.hall_versions)
        .scalar_subquery()
    )


def _where(table: Table, version: int, *columns: Any) -> Select[Any]:
    """The rows of a version, in the order of their list."""
    order = [table.c.ordinal] if "ordinal" in table.c else list(table.primary_key)
    return select(*(columns or (table,))).where(table.c.version == version).order_by(*order)


async def _version_in_force(connection: AsyncConnection) -> int | None:
    query = select(t.hall_in_force.c.version).order_by(t.hall_in_force.c.id.desc()).limit(1)
    found: int | None = await connection.scalar(query)
    return found


async def _load(connection: AsyncConnection, version: int) -> Hall:
    """The hall of a version; raises NoHall."""
    own = (await connection.execute(_where(t.hall_versions, version))).mappings().first()
    if own is None:
        raise NoHall(f"No version {version} of the directory is in the database.")
    rows: dict[Table, list[Row]] = {}
    for table in t.PARTS:
        found = await connection.execute(_where(table, version))
        rows[table] = [dict(row) for row in found.mappings()]
    return hall_of(dict(own), rows)
