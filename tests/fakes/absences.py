"""Absences in a book: kept at once, seen by `directory.resolve` at once; `is_closed` makes it refuse."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from callflows.facts import AbsenceCancelled, AbsenceEntered
from callflows.ports import AbsenceNotKept, Journal
from directory.absence import Absence, away
from directory.live import PhoneState
from directory.model import Extension, PersonId


@dataclass
class BookOfAbsences:
    """Keeps the ports `callflows.ports.Absences` and, of absences, `directory.live.Live`."""

    journal: Journal
    now: Callable[[], datetime]
    kept: list[Absence] = field(default_factory=list)
    """What counts, in the order in which it was entered."""
    is_closed: bool = False
    """Whether nothing can be written now: the database is away."""
    is_stuck: bool = False
    """Whether whoever writes waits for ever: the database does not answer."""

    phones: dict[str, PhoneState] = field(default_factory=dict)
    """What is known of phones, as much as a test says, by extension."""
    misses: dict[str, int] = field(default_factory=dict)
    """How often in a row nobody took a call there."""

    async def enter(self, absence: Absence) -> None:
        """Write it down."""
        await self._opened()
        self._strike_out(absence.person, absence.begins, absence.entered_by)
        self.kept.append(absence)
        self.journal.state(
            AbsenceEntered(
                at=self.now(),
                absence=absence.id,
                person=absence.person,
                begins=absence.begins,
                ends=absence.ends,
                back=absence.reachable,
                entered=absence.entered,
                by=absence.entered_by,
            )
        )

    async def cancel(self, person: PersonId, at: datetime, by: str) -> None:
        """Strike it out."""
        await self._opened()
        self._strike_out(person, at, by)

    def absence(self, person: PersonId, at: datetime) -> Absence | None:
        """See `Live`."""
        return away((each for each in self.kept if each.person == person), at)

    def phone(self, extension: Extension) -> PhoneState:
        """See `Live`."""
        return self.phones.get(extension.digits, PhoneState.UNKNOWN)

    def missed(self, extension: Extension, at: datetime) -> int:
        """See `Live`."""
        return self.misses.get(extension.digits, 0)

    async def _opened(self) -> None:
        if self.is_stuck:
            await asyncio.Event().wait()
        if self.is_closed:
            raise AbsenceNotKept("the book is closed")

    def _strike_out(self, person: PersonId, at: datetime, by: str) -> None:
        for absence in [each for each in self.kept if each.person == person and each.holds(at)]:
            self.kept.remove(absence)
            self.journal.state(
                AbsenceCancelled(at=self.now(), absence=absence.id, person=absence.person, by=by)
            )
