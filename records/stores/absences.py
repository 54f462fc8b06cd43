"""Absences in the database: entered, changed, taken back; each with who did so and when.

What is written is on disk when the method returns, also through a power cut: somebody was told that they are away.
Two absences of one person may overlap; whoever enters one is told of those that it overlaps.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from callflows.facts import AbsenceCancelled, AbsenceEntered
from directory.absence import Absence, AbsenceId
from directory.model import PersonId
from records.absence_rows import absence_of, on_record, row_of
from records.absence_tables import absences
from records.absence_views import AbsenceOnRecord
from records.codec import kind_of
from records.database import Database
from records.errors import RecordsError
from records.tables import facts

COUNTS = absences.c.cancelled_at.is_(None)
"""Whether it was not taken back."""
STAYS = ("id", "person", "entered", "entered_by", "calendar")
"""What a change of an absence does not touch: whose it is, and how it came to us."""
TOLD = tuple(map(kind_of, (AbsenceEntered, AbsenceCancelled)))
"""The facts of absences."""
MANY = 500
"""People that are asked for in one query."""


class NoAbsence(RecordsError):
    """There is no absence of this id, or it was taken back already."""


class AbsenceStore:
    """Keeps who is away."""

    def __init__(
        self, database: Database, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._database = database
        self._now = now

    async def enter(self, absence: Absence) -> tuple[Absence, ...]:
        """Enter an absence; return those of the same person that it overlaps: they count too. Raises Rejected."""
        async with self._database.write(durable=True) as connection:
            await connection.execute(absences.insert().values(entered_at=self._now(), **row_of(absence)))
            return await _overlapping(connection, absence)

    async def change(self, absence: Absence, by: str) -> tuple[Absence, ...]:
        """Let the absence of this id be as this one says; return those that it overlaps then. Raises NoAbsence.

        Whose it is and how it came to us stay.
        """
        fresh = {name: value for name, value in row_of(absence).items() if name not in STAYS}
        async with self._database.write(durable=True) as connection:
            written = update(absences).where(absences.c.id == absence.id, COUNTS)
            done = await connection.execute(written.values(changed_at=self._now(), changed_by=by, **fresh))
            if not done.rowcount:
                raise NoAbsence(_none(absence.id))
            return await _overlapping(connection, absence)

    async def cancel(self, id: AbsenceId, by: str) -> Absence:
        """Take an absence back: they are in after all. It stays on record. Raises NoAbsence."""
        async with self._database.write(durable=True) as connection:
            found = await connection.execute(select(absences).where(absences.c.id == id, COUNTS))
            row = found.mappings().first()
            if row is None:
                raise NoAbsence(_none(id))
            await _cancel(connection, [id], self._now(), by)
            return absence_of(row)

    async def replace(
        self, cancelled: Collection[AbsenceId], entered: Iterable[Absence], by: str = ""
    ) -> None:
        """Take some back and enter others, all or nothing; `by` is empty for a calendar. Raises Rejected.

        One that was taken back already stays as it is.
        """
        now = self._now()
        rows = [{"entered_at": now, **row_of(absence)} for absence in entered]
        async with self._database.write(durable=True) as connection:
            await _cancel(connection, cancelled, now, by)
            if rows:
                await connection.execute(absences.insert(), rows)

    async def find(self, id: AbsenceId) -> AbsenceOnRecord | None:
        """Return an absence, also one that was taken back; None if there is none of this id."""
        found = await self._listed(select(absences).where(absences.c.id == id))
        return found[0] if found else None

    async def running(self, at: datetime) -> tuple[Absence, ...]:
        """Return what counts and is not over at this moment: absences of now and later."""
        query = (
            select(absences).where(COUNTS, absences.c.ends > at).order_by(absences.c.begins, absences.c.id)
        )
        async with self._database.read() as connection:
            return tuple(map(absence_of, (await connection.execute(query)).mappings()))

    async def between(
        self, begins: datetime, ends: datetime, people: Collection[PersonId] | None = None
    ) -> tuple[Absence, ...]:
        """Return what counts in this time, of these people (of a unit's), or of everybody."""
        query = select(absences).where(COUNTS, absences.c.ends > begins, absences.c.begins < ends)
        found: list[Absence] = []
        async with self._database.read() as connection:
            for some in _in_parts(people):
                asked = query if some is None else query.where(absences.c.person.in_(some))
                found += map(absence_of, (await connection.execute(asked)).mappings())
        return tuple(sorted(found, key=lambda absence: (absence.begins, absence.id)))

    async def of(self, person: PersonId, *, since: datetime | None = None) -> tuple[AbsenceOnRecord, ...]:
        """Return a person's absences that end after `since`, also those taken back; the newest first."""
        query = select(absences).where(absences.c.person == person)
        if since is not None:
            query = query.where(absences.c.ends > since)
        return await self._listed(query.order_by(absences.c.begins.desc(), absences.c.id))

    async def of_calendar(
        self, person: PersonId, at: datetime
    ) -> tuple[tuple[Absence, ...], tuple[Absence, ...]]:
        """Return what a person's calendar entered and is not over: what counts, and what a person took back."""
        found = await self.of(person, since=at)
        calendars = [each for each in found if each.absence.calendar]
        held = tuple(each.absence for each in calendars if each.cancelled_at is None)
        return held, tuple(each.absence for each in calendars if each.cancelled_by)

    async def forget_ended_before(self, limit: datetime) -> int:
        """Delete absences that ended before this moment, and what the journal said of them then; return how many."""
        async with self._database.write() as connection:
            await connection.execute(delete(facts).where(facts.c.kind.in_(TOLD), facts.c.at < limit))
            return (await connection.execute(delete(absences).where(absences.c.ends < limit))).rowcount

    async def _listed(self, query: Select[Any]) -> tuple[AbsenceOnRecord, ...]:
        async with self._database.read() as connection:
            return tuple(map(on_record, (await connection.execute(query)).mappings()))


async def _overlapping(connection: AsyncConnection, absence: Absence) -> tuple[Absence, ...]:
    query = select(absences).where(
        COUNTS,
        absences.c.person == absence.person,
        absences.c.id != absence.id,
        absences.c.ends > absence.begins,
        absences.c.begins < absence.ends,
    )
    found = await connection.execute(query.order_by(absences.c.begins, absences.c.id))
    return tuple(map(absence_of, found.mappings()))


async def _cancel(connection: AsyncConnection, ids: Collection[AbsenceId], at: datetime, by: str) -> None:
    for some in _in_parts(sorted(ids)):
        theirs = update(absences).where(absences.c.id.in_(some or ()), COUNTS)
        await connection.execute(theirs.values(cancelled_at=at, cancelled_by=by))


def _in_parts(ids: Collection[str] | None) -> list[list[str] | None]:
    """These ids, so many as fit into one query at a time; None stands for everybody."""
    if ids is None:
        return [None]
    every = sorted(ids)
    return [every[start : start + MANY] for start in range(0, len(every), MANY)]


def _none(id: AbsenceId) -> str:
    return f"There is no absence {id!r}, or it was cancelled already; nothing was changed."
