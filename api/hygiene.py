"""The watcher of the directory's hygiene: transfers in vain open or raise a task, corrections and absences close it.

It looks at the record after a transfer that was not effective, after an absence, after a change of the directory, and
every few minutes (somebody may have entered one from the command line). All is computed from the record: nothing is
lost by a restart, nor while the database is away.
"""

import asyncio
import logging
from collections.abc import Callable

from callflows.facts import AbsenceEntered, Fact, TransferEnded
from callflows.outcomes import NOBODY_THERE
from callflows.ports import Clock
from directory.hygiene import How, Task, counting, doubt, explained, is_rung_there, window
from directory.model import Hall
from records.errors import RecordsError
from records.pauses import rest
from records.stores.hygiene import HygieneStore, Known, TaskIsClosed
from records.subscription import FellBehind, Subscription

log = logging.getLogger(__name__)

LINGER = 2.0
"""Seconds that gather what was in vain before one look at the record."""
EVERY = 300.0
"""Seconds between two looks at everything."""


class Hygiene:
    """One running service's care for its directory."""

    def __init__(
        self,
        store: HygieneStore,
        hall: Callable[[], Hall],
        clock: Clock,
        subscribe: Callable[[], Subscription],
        *,
        linger: float = LINGER,
    ) -> None:
        self._store, self._hall, self._clock, self._subscribe = store, hall, clock, subscribe
        self._linger = linger
        self._wake = asyncio.Event()
        self._attempts: set[str] = set()
        self._all = True
        self.open: dict[str, int] = {}
        """How many tasks each unit had open at the last look."""

    def look(self) -> None:
        """Look at everything soon: the directory or the tasks are others now."""
        self._all = True
        self._wake.set()

    async def watch(self) -> None:
        """Run until cancelled, or until the journal ends."""
        working = asyncio.create_task(self._work(), name="hygiene")
        try:
            while await self._listen():
                self.look()
        finally:
            working.cancel()
            await asyncio.wait([working])

    async def review(self, extensions: frozenset[str] | None = None) -> None:
        """Bring the tasks of these extensions (None: all) up to what the record says. Raises RecordsError."""
        hall, now = self._hall(), self._clock.now()
        since = window(hall.policy, now)
        if extensions is None:
            extensions = await self._store.suspicious(since, hall.policy.hygiene_unanswered)
        known = await self._store.known(since, extensions)
        for extension in known.tries.keys() | known.open.keys():
            task = known.open.get(extension)
            how = self._settled(hall, task, known) if task else None
            if task and how:
                await self._close(task, how)
            else:
                await self._raise(hall, extension, task, known)
        self.open = {str(unit): number for unit, number in (await self._store.count_open()).items()}

    async def _raise(self, hall: Hall, extension: str, task: Task | None, known: Known) -> None:
        """Open a task for what is wrong there, or say in the open one that it goes on."""
        now = self._clock.now()
        since = window(hall.policy, now)
        if extension in known.settled:
            since = max(since, known.settled[extension])
        counted = counting(known.tries.get(extension, ()), since, known.away)
        found = doubt(counted, hall.policy)
        news = found is not None and (task is None or found.last > task.raised)
        if found is not None and news and is_rung_there(hall, found):
            await self._store.raised(found, now)

    def _settled(self, hall: Hall, task: Task, known: Known) -> How | None:
        """How an open task has come to its end, if it has."""
        if not is_rung_there(hall, task):
            return How.CORRECTED
        tries = known.tries.get(task.extension, ())
        return How.BY_ITSELF if explained(tries, task, hall.policy, known.away) else None

    async def _close(self, task: Task, how: How) -> None:
        try:
            await self._store.close(task.id, "", how, "", at=self._clock.now())
        except TaskIsClosed:
            log.debug("hygiene task %s was closed by somebody meanwhile", task.id)

    async def _listen(self) -> bool:
        """Take facts until the journal ends; whether it goes on (facts were missed)."""
        async with self._subscribe() as news:
            try:
                async for fact in news:
                    self._hears(fact)
            except FellBehind:
                return True
        return False

    def _hears(self, fact: Fact) -> None:
        match fact:
            case TransferEnded(outcome=outcome) if outcome in NOBODY_THERE:
                self._attempts.add(fact.attempt)
            case AbsenceEntered() if self.open:
                self._all = True
            case _:
                return
        self._wake.set()

    async def _work(self) -> None:
        """Look at what was heard of, or at everything after a while; the database may be away."""
        while True:
            await rest(self._linger, asyncio.Event())
            self._wake.clear()
            attempts, self._attempts = self._attempts, set()
            whole, self._all = self._all or not attempts, False
            pause = EVERY
            try:
                await self.review(None if whole else await self._store.extensions_of(attempts))
            except RecordsError as away:
                log.warning("the directory's hygiene waits: %s", away)
                self._all, pause = True, EVERY / 10
            await rest(pause, self._wake)
