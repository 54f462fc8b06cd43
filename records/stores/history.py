"""The history of the hall's directory: who changed what, when, and from where."""

import asyncio
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import Change, Kind, Source
from records.database import Database
from records.hall_json import from_json
from records.hall_tables import hall_in_force, hall_versions
from records.history_tables import directory_changes
from records.history_views import HallVersion, HistoryLine
from records.stores.paging import BadMark
from records.views import Page


class HistoryStore:
    """Reads the history; `records.stores.hall` writes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lines(
        self,
        *,
        kind: Kind | None = None,
        id: str | None = None,
        version: int | None = None,
        limit: int = 50,
        after: str = "",
    ) -> Page[HistoryLine]:
        """Return changes, of everything or of one thing or one save: the newest save first, each in its order.

        `after` is the `next` of the page before; raises BadMark if it is not.
        """
        changes, versions = directory_changes.c, hall_versions.c
        query = select(
            directory_changes,
            versions.saved,
            versions.saved_by,
            versions.source,
            versions.note,
            versions.undoes,
        ).join(hall_versions, versions.version == changes.version)
        if kind is not None:
            query = query.where(changes.kind == kind.value)
        if id is not None:
            query = query.where(changes.id == id)
        if version is not None:
            query = query.where(changes.version == version)
        if after:
            last, ordinal = _unmark(after)
            query = query.where(
                or_(changes.version < last, and_(changes.version == last, changes.ordinal > ordinal))
            )
        query = query.order_by(changes.version.desc(), changes.ordinal).limit(limit + 1)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        found = await asyncio.to_thread(lambda: tuple(map(_line, rows[:limit])))  # an import has thousands
        return Page(found, f"{found[-1].version}.{found[-1].ordinal}" if len(rows) > limit else "")

    async def changes_of(self, version: int) -> tuple[HistoryLine, ...]:
        """Return everything that one save changed, in its order; nothing for a save of which nothing is known."""
        return (await self.lines(version=version, limit=2**31 - 2)).items

    async def ids(self) -> frozenset[str]:
        """Return the ids of all units, matters and people that there are or ever were."""
        async with self._database.read() as connection:
            query = select(directory_changes.c.id).where(directory_changes.c.kind != Kind.HALL.value)
            found = await connection.execute(query.distinct())
            return frozenset(found.scalars())

    async def versions(self, *, limit: int = 50, before: int | None = None) -> tuple[HallVersion, ...]:
        """Return saves, the newest first: those before this version, or the newest of all."""
        query = _versions().limit(limit)
        if before is not None:
            query = query.where(hall_versions.c.version < before)
        async with self._database.read() as connection:
            return await _read(connection, query)

    async def version(self, version: int) -> HallVersion | None:
        """Return one save; None if there is none of this number."""
        async with self._database.read() as connection:
            found = await _read(connection, _versions().where(hall_versions.c.version == version))
        return found[0] if found else None

    async def last(self, source: Source | None = None) -> HallVersion | None:
        """Return the newest save, of all or from there, that still stands: neither undone, nor itself an undo."""
        query = _versions().where(hall_versions.c.undoes.is_(None), _COUNT > 0)
        if source is not None:
            query = query.where(hall_versions.c.source == source.value)
        async with self._database.read() as connection:
            undone = await _undone(connection)
            return next(
                iter(await _read(connection, query.where(hall_versions.c.version.not_in(undone)).limit(1))),
                None,
            )


_COUNT = (
    select(func.count())
    .select_from(directory_changes)
    .where(directory_changes.c.version == hall_versions.c.version)
    .correlate(hall_versions)
    .scalar_subquery()
)


def _versions() -> Select[Any]:
    """All saves, the newest first, each with the number of its changes."""
    return select(hall_versions, _COUNT.label("changes")).order_by(hall_versions.c.version.desc())


async def _read(connection: AsyncConnection, query: Select[Any]) -> tuple[HallVersion, ...]:
    undone = await _undone(connection)
    in_force = await connection.scalar(select(func.max(hall_in_force.c.version)))
    return tuple(
        HallVersion(
            version=row["version"],
            saved=row["saved"],
            saved_by=row["saved_by"],
            source=_source(row["source"]),
            note=row["note"],
            undoes=row["undoes"],
            undone=row["version"] in undone,
            in_force=row["version"] == in_force,
            changes=row["changes"],
            whole=row["pruned"] is None,
        )
        for row in (await connection.execute(query)).mappings()
    )


async def _undone(connection: AsyncConnection) -> set[int]:
    """The saves that were taken back: an undo that was itself taken back counts no more."""
    versions = hall_versions.c
    undos = select(versions.version, versions.undoes).where(versions.undoes.is_not(None))
    undone: set[int] = set()
    for version, undoes in await connection.execute(undos.order_by(versions.version.desc())):
        if version not in undone:
            undone.add(undoes)
    return undone


def _line(row: Any) -> HistoryLine:
    kind = Kind(row["kind"])
    sides = [from_json(kind, row[side]) for side in ("before", "after")]
    lost = any(
        read is None and row[side] is not None for side, read in zip(("before", "after"), sides, strict=True)
    )
    return HistoryLine(
        version=row["version"],
        ordinal=row["ordinal"],
        saved=row["saved"],
        saved_by=row["saved_by"],
        source=_source(row["source"]),
        note=row["note"],
        undoes=row["undoes"],
        kind=kind,
        id=row["id"],
        title=row["title"],
        change=None if lost else Change(kind, row["id"], *sides),
    )


def _source(written: str) -> Source | None:
    return Source(written) if written in {source.value for source in Source} else None


def _unmark(text: str) -> tuple[int, int]:
    """Read the mark after a line; raises BadMark."""
    version, _, ordinal = text.partition(".")
    numbers = all(each.isascii() and each.isdigit() and len(each) < 16 for each in (version, ordinal))
    if not numbers:
        raise BadMark("This is no mark of a page.")
    return int(version), int(ordinal)
