"""People's calendars: connected, disconnected, and read; what they say becomes absences, and their trouble is kept."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from api.calendars.addresses import Allowed, https
from api.calendars.apart import read_apart
from api.calendars.fetching import Fetcher
from api.calendars.plan import planned
from api.calendars.trouble import Unreadable
from api.office.absences import AbsenceDesk, new_absence_id
from callflows.ports import Clock
from directory.model import Hall, PersonId
from records.stores.calendars import Calendar, CalendarStore

AHEAD = timedelta(days=60)
"""So far into the future calendars are read: for what comes later they are read again."""

BACK = timedelta(days=1)

AT_ONCE = 2
"""Calendars that are read at the same time: a large one takes hundreds of megabytes for a moment."""


class CalendarDesk:
    """Everything that is done with calendars."""

    def __init__(
        self,
        store: CalendarStore,
        absences: AbsenceDesk,
        clock: Clock,
        hall: Callable[[], Hall],
        allowed: Allowed,
    ) -> None:
        self.store = store
        self._absences, self._clock, self._hall, self._allowed = absences, clock, hall, allowed
        self._fetcher = Fetcher(allowed)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._read: dict[PersonId, tuple[str, int]] = {}
        """Of each person's calendar that counts as it was read last: its mark then, and on which day."""

    async def of(self, person: PersonId) -> Calendar | None:
        """Return this person's calendar; None if they have none."""
        return await self.store.of(person)

    async def connect(self, person: PersonId, address: str) -> None:
        """Read this person's calendar there from now on. Raises Unreadable for an address that may not be asked."""
        url = https(address)
        self._allowed.judge(url)
        await self.store.put(person, str(url))
        self._read.pop(person, None)

    async def disconnect(self, person: PersonId) -> None:
        """Read this person's calendar no more; what it has said of the future counts no more either."""
        await self.store.remove(person)
        self._read.pop(person, None)
        held, _ = await self._absences.store.of_calendar(person, self._clock.now())
        await self._absences.replace(held, ())

    async def read(self, calendar: Calendar) -> str:
        """Read one calendar, and let what it says count; return its trouble in one word, empty for none.

        While there is trouble, what was known stays. Raises RecordsError.
        """
        try:
            trouble = await self._learn(calendar)
        except Unreadable as wrong:
            trouble = wrong.trouble.value
        await self.store.checked(calendar, self._clock.now(), trouble)
        return trouble

    async def _learn(self, calendar: Calendar) -> str:
        """Let absences be as the calendar says. Raises Unreadable."""
        hall, now = self._hall(), self._clock.now()
        if calendar.person not in hall.people:
            return ""
        today = now.toordinal()
        mark, day = self._read.get(calendar.person, ("", 0))
        fetched = await self._fetcher.fetch(calendar.url, mark=mark if day == today else "")
        if fetched is None:
            return ""
        async with self._places:
            busy = await read_apart(fetched.text, zone=hall.timezone, since=now - BACK, until=now + AHEAD)
        still = await self.store.of(calendar.person)
        if still is None or still.url != calendar.url:  # disconnected while it was read
            return ""
        held, dismissed = await self._absences.store.of_calendar(calendar.person, now)
        plan = planned(hall, calendar.person, busy, held, dismissed, at=now, new_id=new_absence_id)
        await self._absences.replace(plan.cancel, plan.enter)
        self._read[calendar.person] = (fetched.mark, today)
        return ""
