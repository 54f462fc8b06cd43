"""The hall's directory in the database: saved whole with all that was changed, loaded whole.

Of old versions only the changes are kept (`records.stores.history` reads them): the rows of a whole hall are many.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, select, text, update

from directory.changes import Change, Source, changes, created
from directory.model import Hall
from records import hall_tables as t
from records.database import Database
from records.errors import NoHall, Stale
from records.hall_json import to_json
from records.hall_read import hall_of
from records.hall_rows import Row, Rows, rows_of, version_of
from records.history_tables import directory_changes
from records.history_views import InForce, Saved, title_of

KEPT_WHOLE = 100
"""So many of the newest versions can be loaded whole."""

AT_ONCE = 500
"""Rows that are sent to the database in one go."""


class HallStore:
    """Saves and loads the hall; `load_hall` gives exactly what `save_hall` was given."""

    def __init__(
        self,
        database: Database,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        kept_whole: int = KEPT_WHOLE,
    ) -> None:
        self._database = database
        self._now = now
        self._kept_whole = kept_whole

    async def save_hall(
        self,
        hall: Hall,
        by: str,
        *,
        source: Source,
        note: str = "",
        based_on: InForce | None = None,
        undoes: int | None = None,
    ) -> Saved:
        """Save the hall with what it changes, and take it into force by this person's word.

        All or nothing. A hall equal to the one in force changes nothing. Raises Stale if `based_on` is not in force
        any more (version 0: nothing was yet), and Rejected if the hall names a unit, matter or person that it does
        not have.
        """
        rows = await asyncio.to_thread(rows_of, hall)  # calls shall not wait for so many
        own = {
            "saved_by": by, "source": source.value, "note": note, "undoes": undoes, **version_of(hall),
        }  # fmt: skip

        def save(connection: Connection) -> Saved:
            current = _current(connection)
            made = _made(connection, current, based_on, hall)
            if current is not None and not made:
                return Saved(InForce(current, based_on.hall if based_on else hall), ())
            added = t.hall_versions.insert().values(saved=self._now(), **own)
            version = int(connection.execute(added.returning(t.hall_versions.c.version)).scalar_one())
            for table, its_rows in (*rows, (directory_changes, _change_rows(made))):
                _insert(connection, table, version, its_rows)
            force = {"version": version, "since": self._now(), "decided_by": by}
            connection.execute(t.hall_in_force.insert(), force)
            self._prune(connection)
            return Saved(InForce(version, hall), made)

        return await self._database.transact(save)

    async def load_hall(self, version: int | None = None) -> Hall:
        """Return the hall that is in force, or that of a version; raises NoHall."""
        if version is None:
            return (await self.in_force()).hall
        async with self._database.read() as connection:
            read = await connection.run_sync(_read, version)
        return await asyncio.to_thread(hall_of, *read)

    async def in_force(self, known: InForce | None = None) -> InForce:
        """Return the hall in force with its version; raises NoHall. `known` is returned if it still is that."""
        async with self._database.read() as connection:
            version = await connection.scalar(_IN_FORCE)
            if version is None:
                raise NoHall("No directory of a hall is in the database yet: import one.")
            if known is not None and known.version == version:
                return known
            read = await connection.run_sync(_read, version)
        return InForce(version, await asyncio.to_thread(hall_of, *read))

    def _prune(self, connection: Connection) -> None:
        """Drop the rows of versions that are too old to be loaded."""
        versions = t.hall_versions
        whole = select(versions.c.version).where(versions.c.pruned.is_(None))
        newest_first = whole.order_by(versions.c.version.desc())
        old = list(connection.scalars(newest_first.offset(self._kept_whole)))
        for version in old:
            for table in reversed(t.PARTS):
                connection.execute(table.delete().where(table.c.version == version))
        if old:
            pruned = update(versions).where(versions.c.version.in_(old)).values(pruned=self._now())
            connection.execute(pruned)


_IN_FORCE = select(t.hall_in_force.c.version).order_by(t.hall_in_force.c.id.desc()).limit(1)


def _current(connection: Connection) -> int | None:
    """The version in force, which nobody else changes before this transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text("LOCK TABLE hall_in_force IN EXCLUSIVE MODE"))
    found: int | None = connection.scalar(_IN_FORCE)
    return found


def _made(
    connection: Connection, current: int | None, based_on: InForce | None, hall: Hall
) -> tuple[Change, ...]:
    """What this hall changes; raises Stale."""
    if based_on is not None and based_on.version != (current or 0):
        raise Stale(_stale(connection, based_on.version, current))
    if current is None:
        return created(hall)
    return changes(based_on.hall if based_on else hall_of(*_read(connection, current)), hall)


def _stale(connection: Connection, base: int, current: int | None) -> str:
    versions = t.hall_versions
    newest = connection.execute(select(versions).where(versions.c.version == current)).first()
    by = f" by {newest.saved_by} ({newest.source or 'unknown'})" if newest else ""
    return (
        f"The directory was changed meanwhile{by}: this was made of version {base}, and version {current} is in"
        " force; nothing was changed."
    )


def _change_rows(made: Iterable[Change]) -> list[Row]:
    return [
        {
            "ordinal": ordinal,
            "kind": change.kind.value,
            "id": change.id,
            "title": title_of(change),
            "before": to_json(change.before),
            "after": to_json(change.after),
        }
        for ordinal, change in enumerate(made)
    ]


def _insert(connection: Connection, table: Table, version: int, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        some = [{"version": version, **row} for row in rows[start : start + AT_ONCE]]
        connection.execute(table.insert(), some)


def _where(table: Table, version: int) -> Select[Any]:
    """The rows of a version, in the order of their list."""
    order = [table.c.ordinal] if "ordinal" in table.c else list(table.primary_key)
    return select(table).where(table.c.version == version).order_by(*order)


def _read(connection: Connection, version: int) -> tuple[Row, Rows]:
    """The rows of a version; raises NoHall."""
    own = connection.execute(_where(t.hall_versions, version)).mappings().first()
    if own is None:
        raise NoHall(f"No version {version} of the directory is in the database.")
    if own["pruned"] is not None:
        raise NoHall(f"Of version {version} of the directory only the changes are kept: it is too old.")
    rows = {
        table: [dict(row) for row in connection.execute(_where(table, version)).mappings()]
        for table in t.PARTS
    }
    return dict(own), rows
