"""Whose calendar is read, where, and how that went last."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select, update

from callflows.facts import PERSONAL
from directory.model import PersonId
from records.absence_tables import calendars
from records.database import Database
from records.statements import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One person's calendar; who knows its address can read it, so it is neither shown nor logged."""

    person: PersonId
    url: str = field(repr=False, metadata=PERSONAL)
    checked_at: datetime | None = None
    """When it was last read, or tried."""
    trouble: str = ""
    """Why it could not be read, in one word; empty if it was."""


class CalendarStore:
    """Keeps the addresses of calendars."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[Calendar, ...]:
        """Return every calendar, in the order of people's ids."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(calendars).order_by(calendars.c.person))
            return tuple(Calendar(**row) for row in rows.mappings())

    async def of(self, person: PersonId) -> Calendar | None:
        """Return this person's calendar; None if they have none."""
        async with self._database.read() as connection:
            query = select(calendars).where(calendars.c.person == person)
            row = (await connection.execute(query)).mappings().first()
        return Calendar(**row) if row else None

    async def put(self, person: PersonId, url: str) -> None:
        """Read this person's calendar there from now on."""
        async with self._database.write() as connection:
            fresh = {"url": url, "checked_at": None, "trouble": ""}
            written = insert(connection.dialect.name, calendars).values(person=person, **fresh)
            await connection.execute(written.on_conflict_do_update(index_elements=["person"], set_=fresh))

    async def remove(self, person: PersonId) -> None:
        """Read this person's calendar no more."""
        async with self._database.write() as connection:
            await connection.execute(delete(calendars).where(calendars.c.person == person))

    async def checked(self, calendar: Calendar, at: datetime, trouble: str = "") -> None:
        """Note how reading it went; a calendar whose address was changed meanwhile is another one."""
        async with self._database.write() as connection:
            same = (calendars.c.person == calendar.person, calendars.c.url == calendar.url)
            await connection.execute(update(calendars).where(*same).values(checked_at=at, trouble=trouble))
