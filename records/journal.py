"""The journal: facts are stated without waiting, and one writer brings them to the database in bursts.

    state(fact) ──> queue ──> writer: one transaction per burst (facts, and the rows they change)
                 │               │ commit
                 └──> spool      ├──> subscribers
                                 └──> spool: those are done

A fact leaves queue and spool only when its transaction is committed. While the database is away both grow,
the writer tries again with longer pauses, and the line goes on. What a process that died has left in the spool
is the next one's first work. Whether a failed commit happened all the same
nobody can know, so after any failure the writer looks first what is there: each fact is written once, by its
run and number, in the order in which it was stated. What a burst may cost is small: see `linger`.
"""

import asyncio
import contextlib
import logging
import time
from collections import deque
from functools import partial
from itertools import islice
from typing import Self

from callflows.facts import Fact
from records.burst import Prepared, prepare, write_burst
from records.codec import kind_of
from records.database import Database
from records.entry import Entry, entry_of
from records.errors import RecordsError, Rejected
from records.pauses import FIRST_PAUSE, back_off, rest
from records.spool import NoSpool, Spool
from records.statistics import Statistics
from records.subscription import Subscription

log = logging.getLogger(__name__)

_UNKEEPABLE = (TypeError, ValueError, AttributeError, OverflowError)
"""What encoding and projecting raise for a fact that holds what no journal can keep."""


class Journal:
    """Keeps the port `callflows.ports.Journal`; use it in `async with`, which starts and stops its writer."""

    def __init__(
        self,
        database: Database,
        *,
        spool: Spool | None = None,
        linger: float = 0.2,
        burst: int = 200,
        drain: float = 5.0,
    ) -> None:
        """Seconds: `linger` gathers facts before a burst is written, `drain` is the patience at the end."""
        self._database = database
        self._spool = spool or NoSpool()
        self._linger, self._burst, self._drain = linger, burst, drain
        self.run = time.time_ns() // 1000
        self._fresh: list[Entry] = []
        """Stated in this turn of the event loop, and not given to the spool yet."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: deque[tuple[float, Entry]] = deque()
        self._subscriptions: set[Subscription] = set()
        self._flushes: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._work, self._hurry, self._again = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._ending = False
        self._writer: asyncio.Task[None] | None = None
        self._doubtful = 0
        """So many at the head of the queue may have been committed already."""
        self._one_by_one = 0
        """So many at the head of the queue are written singly, to find the one that is rejected."""
        self._stated = self._finished = self._written = self._rejected = self._bursts = 0
        self._failures = self._failed_in_a_row = 0

    def state(self, fact: Fact) -> None:
        """Take a fact for the record; never waits, never fails, keeps the order."""
        self._stated += 1
        try:
            entry = entry_of(self.run, self._stated, fact)
        except _UNKEEPABLE as error:
            self._reject(self.run, self._stated, kind_of(type(fact)), fact.call, error)
            return
        self._queue.append((time.monotonic(), entry))
        self._fresh.append(entry)
        if self._loop is not None and len(self._fresh) == 1:
            self._loop.call_soon(self.spool_now)
        self._work.set()
        if len(self._queue) >= self._burst:
            self._hurry.set()

    def subscribe(self, *, room: int = 1000) -> Subscription:
        """Return an async iterator over facts committed from now on; `room` is how far it may fall behind."""
        subscription = Subscription(room=room, on_close=self._subscriptions.discard)
        self._subscriptions.add(subscription)
        return subscription

    async def flush(self) -> None:
        """Return once all that was stated before is committed, however long the database is away."""
        if not self._queue:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._flushes.append((self._finished + len(self._queue), done))
        self._hurry.set()
        await done

    @property
    def statistics(self) -> Statistics:
        """What the journal has done so far."""
        return Statistics(
            stated=self._stated,
            queued=len(self._queue),
            written=self._written,
            rejected=self._rejected,
            bursts=self._bursts,
            failures=self._failures,
            oldest_waits=time.monotonic() - self._queue[0][0] if self._queue else 0.0,
            unspooled=self._spool.unspooled,
            spool_failing=self._spool.failing,
        )

    async def __aenter__(self) -> Self:
        """Take what an earlier run left in the spool, and start the writer."""
        left = self._spool.take()
        self._queue.extendleft((time.monotonic(), entry) for entry in reversed(left))
        self._doubtful = len(left)
        self._loop = asyncio.get_running_loop()
        self.spool_now()
        self._work.set()
        self._writer = asyncio.create_task(self._write(), name="journal writer")
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Write what is queued, with limited patience; the rest is left in the spool; end all subscriptions."""
        self._ending = True
        for event in (self._work, self._hurry, self._again):
            event.set()
        if self._writer is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._writer, self._drain)
        self.spool_now()
        lost, left = self._spool.close(), len(self._queue)
        if lost:
            log.error("%d facts were never written: the database stayed away until the service ended.", lost)
        if left > lost:
            log.warning(
                "%d facts wait in the spool for the next start: the database stayed away.", left - lost
            )
        for _, done in self._flushes:
            done.cancel()
        for subscription in tuple(self._subscriptions):
            subscription.end()

    def spool_now(self) -> None:
        """Put on disk what was stated in this turn of the event loop, and what could not be put there before."""
        fresh, self._fresh = self._fresh, []
        self._spool.append(fresh)

    async def _write(self) -> None:
        """The writer: bursts, one after the other, until the journal ends and the queue is empty."""
        while self._queue or not self._ending:
            if not self._queue:
                self._work.clear()
                await self._work.wait()
                continue
            if self._may_linger():
                self._hurry.clear()
                await rest(self._linger, self._hurry)
            try:
                await self._write_burst()
            except Exception as error:  # noqa: BLE001 - a dead writer loses all later facts
                self._tell_failure(error)
                self.spool_now()
                self._again.clear()
                await rest(FIRST_PAUSE if self._ending else back_off(self._failed_in_a_row), self._again)

    def _may_linger(self) -> bool:
        """Whether to gather more facts before the next burst."""
        hurried = self._flushes or self._ending or self._one_by_one
        return not hurried and len(self._queue) < self._burst

    async def _write_burst(self) -> None:
        """Commit the head of the queue, then take it off and tell it; raises what the database raises."""
        self.spool_now()
        burst: list[Prepared] = []
        for _, entry in islice(self._queue, 1 if self._one_by_one else self._burst):
            try:
                burst.append(prepare(entry))
            except _UNKEEPABLE as error:
                if not burst:
                    self._set_aside(entry, error)
                    return
                break  # first those before it
        doubtful, self._doubtful = self._doubtful, max(self._doubtful, len(burst))
        try:
            await self._database.transact(partial(write_burst, burst=burst, maybe_written=doubtful > 0))
        except Rejected as error:
            self._doubtful = doubtful
            if len(burst) == 1:
                self._set_aside(burst[0].entry, error)
            else:
                self._one_by_one = len(burst)
            return
        self._doubtful = doubtful
        self._bursts += 1
        self._written += len(burst)
        if self._failed_in_a_row:
            log.info("The journal writes again after %d failed tries.", self._failed_in_a_row)
            self._failed_in_a_row = 0
        self._finish(len(burst))
        for fact in filter(None, (item.entry.fact for item in burst)):
            for subscription in tuple(self._subscriptions):
                subscription.tell(fact)

    def _finish(self, number: int) -> None:
        """Take so many off the head of the queue, and let those go who waited for that."""
        for _ in range(number):
            self._queue.popleft()
        self._spool.drop(number)
        self._finished += number
        self._doubtful = max(0, self._doubtful - number)
        self._one_by_one = max(0, self._one_by_one - number)
        while self._flushes and self._flushes[0][0] <= self._finished:
            done = self._flushes.popleft()[1]
            if not done.done():
                done.set_result(None)

    def _set_aside(self, entry: Entry, error: Exception) -> None:
        """Go on without a fact that no database can keep: it must not hold up all others."""
        self._reject(entry.run, entry.number, entry.kind, entry.call, error)
        self._finish(1)

    def _reject(self, run: int, number: int, kind: str, call: str, error: Exception) -> None:
        """Count and tell a fact that cannot be kept."""
        reason = error if isinstance(error, Rejected) else type(error).__name__
        log.error("Fact %d of run %d (%s, call %s) cannot be kept: %s", number, run, kind, call, reason)
        self._rejected += 1

    def _tell_failure(self, error: Exception) -> None:
        """Log the first failure of a row, and count all."""
        self._failures += 1
        self._failed_in_a_row += 1
        if self._failed_in_a_row > 1:
            return
        if isinstance(error, RecordsError):
            log.warning("Facts wait in memory: %s", error)
        else:
            log.error("Facts wait in memory, for a reason we do not know.", exc_info=error)
