"""Entering, changing and cancelling absences: on disk first, then they count, then it is told (bylaw §4.11).

One hand for pages, REST, calendars, the command line and the code on a desk phone (`callflows.ports.Absences`).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from secrets import token_hex

from callflows.facts import AbsenceCancelled, AbsenceEntered
from callflows.ports import AbsenceNotKept, Clock, Journal
from directory.absence import Absence, AbsenceId
from directory.model import PersonId
from records.absence_views import AbsenceOnRecord
from records.errors import RecordsError
from records.stores.absences import AbsenceStore


def new_absence_id() -> AbsenceId:
    """Return an id that no absence has."""
    return AbsenceId(token_hex(6))


async def _nobody_asks() -> None:
    """Where no line is served, nobody asks who is away."""


class AbsenceDesk:
    """Who is away, and everything that is done about it."""

    def __init__(
        self,
        store: AbsenceStore,
        clock: Clock,
        journal: Journal | None = None,
        refresh: Callable[[], Awaitable[None]] = _nobody_asks,
    ) -> None:
        """`refresh` lets what was written count for calls; facts are stated where there is a journal."""
        self.store = store
        self._clock, self._journal, self._refresh = clock, journal, refresh

    async def add(self, absence: Absence) -> tuple[Absence, ...]:
        """Enter an absence; return those of the same person that it overlaps. Raises RecordsError."""
        beside = await self.store.enter(absence)
        await self._counts(entered=(absence,))
        return beside

    async def change(self, absence: Absence, by: str) -> tuple[Absence, ...]:
        """Let an absence be as this one; return those that it overlaps. Raises NoAbsence or another RecordsError."""
        beside = await self.store.change(absence, by)
        await self._counts(entered=(absence,))
        return beside

    async def take_back(self, id: AbsenceId, by: str) -> Absence:
        """Cancel an absence: they are in after all. Raises NoAbsence or another RecordsError."""
        gone = await self.store.cancel(id, by)
        await self._counts(cancelled=(gone,), by=by)
        return gone

    async def replace(self, cancel: tuple[Absence, ...], enter: tuple[Absence, ...]) -> None:
        """Cancel some and enter others in one go, as a calendar does. Raises RecordsError."""
        if cancel or enter:
            await self.store.replace([each.id for each in cancel], enter)
            await self._counts(entered=enter, cancelled=cancel)

    async def enter(self, absence: Absence) -> None:
        """Enter an absence in place of what else would hold when it begins; see `callflows.ports.Absences`."""
        try:
            holds = await self._holding(absence.person, absence.begins)
            await self.store.replace([each.id for each in holds], [absence], absence.entered_by)
            await self._counts(entered=(absence,), cancelled=holds, by=absence.entered_by)
        except RecordsError as away:
            raise AbsenceNotKept(str(away)) from away

    async def cancel(self, person: PersonId, at: datetime, by: str) -> None:
        """Cancel whatever holds for somebody at that moment; see `callflows.ports.Absences`."""
        try:
            holds = await self._holding(person, at)
            await self.store.replace([each.id for each in holds], (), by)
            await self._counts(cancelled=holds, by=by)
        except RecordsError as away:
            raise AbsenceNotKept(str(away)) from away

    async def find(self, id: str) -> AbsenceOnRecord | None:
        """Return an absence, also a cancelled one; None if there is none of this id."""
        return await self.store.find(AbsenceId(id)) if id.isprintable() else None

    async def ahead(self, person: PersonId) -> tuple[Absence, ...]:
        """Return a person's absences of now and later, in order."""
        found = await self.store.of(person, since=self._clock.now())
        counting = (each.absence for each in found if each.cancelled_at is None)
        return tuple(sorted(counting, key=lambda each: each.begins))

    async def _holding(self, person: PersonId, at: datetime) -> tuple[Absence, ...]:
        found = await self.store.of(person, since=at)
        return tuple(each.absence for each in found if each.cancelled_at is None and each.absence.holds(at))

    async def _counts(
        self, entered: tuple[Absence, ...] = (), cancelled: tuple[Absence, ...] = (), by: str = ""
    ) -> None:
        """Let it count, and tell."""
        await self._refresh()
        if self._journal is None:
            return
        at = self._clock.now()
        for each in cancelled:
            self._journal.state(AbsenceCancelled(at=at, absence=each.id, person=each.person, by=by))
        for each in entered:
            self._journal.state(
                AbsenceEntered(
                    at=at,
                    absence=each.id,
                    person=each.person,
                    begins=each.begins,
                    ends=each.ends,
                    back=each.reachable,
                    helps=each.helps or "",
                    reason=each.reason,
                    entered=each.entered,
                    by=each.entered_by,
                )
            )
