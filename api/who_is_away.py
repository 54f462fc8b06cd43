"""Who is away, in memory: read at the start and after every write, by whichever process it was made.

`api.live` asks it for each candidate of a call. While the database is away, what was known last counts.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from directory.absence import Absence
from directory.model import PersonId
from records.hall_copy import read_absences, write_absences
from records.stores.absences import AbsenceStore

log = logging.getLogger(__name__)

BACK = timedelta(days=1)
"""Absences that ended so lately are known too: somebody may ask about this morning."""


class WhoIsAway:
    """Absences of now and later, by person."""

    def __init__(self, store: AbsenceStore, *, copy: Path, now: Callable[[], datetime]) -> None:
        """`copy` is the file that keeps what was known last."""
        self._store, self._copy, self._now = store, copy, now
        self._known: Mapping[PersonId, tuple[Absence, ...]] = {}
        self._turn = asyncio.Lock()

    def __call__(self, person: PersonId) -> tuple[Absence, ...]:
        """This person's absences, in the order of their beginnings; none: they are in."""
        return self._known.get(person, ())

    async def reload(self) -> None:
        """Read them anew; whoever wrote one does so before anybody is told that it counts. Raises RecordsError."""
        async with self._turn:
            found = await self._store.running(self._now() - BACK)
            self._known = _by_person(found)
            try:
                await asyncio.to_thread(write_absences, self._copy, found)
            except OSError as error:
                log.warning("the absences cannot be copied to %s: %s", self._copy, error.strerror)

    def take_last_known(self) -> None:
        """Let those count that were known last: the database is away."""
        self._known = _by_person(read_absences(self._copy))


def _by_person(absences: Iterable[Absence]) -> Mapping[PersonId, tuple[Absence, ...]]:
    found: dict[PersonId, list[Absence]] = defaultdict(list)
    for absence in absences:
        found[absence.person].append(absence)
    return {person: tuple(theirs) for person, theirs in found.items()}
