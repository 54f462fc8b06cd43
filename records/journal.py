"""The journal: facts are stated without waiting, and one writer brings them to the database in bursts.

    state(fact) ──> queue ──> writer: one transaction per burst (facts, and the rows they change)
                                 │ commit
                                 └──> subscribers

A fact leaves the queue only when its transaction is committed. While the database is away the queue grows,
the writer tries again with longer pauses, and the line goes on. Whether a failed commit happened all the same
nobody can know, so after any failure the writer looks first what is there: each fact is written once, by its
run and number, in the order in which it was stated. What a burst may cost is small: see `linger`.
"""

import asyncio
import contextlib
import logging
import random
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Self

from callflows.facts import Fact
from records.burst import Entry, Prepared, prepare, write_burst
from records.codec import kind_of
from records.database import Database
from records.errors import RecordsError, Rejected
from records.spool import NoSpool, Spool
from records.subscription import Subscription

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
"""Seconds between two tries while the database is away: doubled each time, with jitter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What the journal has done since it was made, for metrics."""

    stated: int
    queued: int
    """Stated, and not yet committed."""
    written: int
    rejected: int
    """Facts that no database can keep: set aside, and logged."""
    bursts: int
    failures: int
    """Tries that failed because the database was away."""
    oldest_waits: float
    """Seconds that the oldest queued fact has been waiting; 0 if none is."""


class Journal:
    """Keeps the port `callflows.ports.Journal`; use it in `async with`, which starts and stops its writer."""

    def __init__(
        self,
        database: Database,
        *,
        spool: Spool | None = None,
        linger: float = 0.05,
        burst: int = 200,
        drain: float = 5.0,
    ) -> None:
        """Seconds: `linger` gathers facts before a burst is written, `drain` is the patience at the end."""
        self._database = database
        self._spool = spool or NoSpool()
        self._linger, self._burst, self._drain = linger, burst, drain
        self._run = time.time_ns() // 1000
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
        self._queue.append((time.monotonic(), Entry(self._run, self._stated, fact)))
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
        )

    async def __aenter__(self) -> Self:
        """Take what an earlier run left in the spool, and start the writer."""
        left = self._spool.take()
        self._queue.extendleft((time.monotonic(), entry) for entry in reversed(left))
        self._doubtful = len(left)
        self._work.set()
        self._writer = asyncio.create_task(self._write(), name="journal writer")
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Write what is queued, with limited patience; give the rest to the spool; end all subscriptions."""
        self._ending = True
        for event in (self._work, self._hurry, self._again):
            event.set()
        if self._writer is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._writer, self._drain)
        if self._queue:
            self._spool.keep([entry for _, entry in self._queue])
        for _, done in self._flushes:
            done.cancel()
        for subscription in tuple(self._subscriptions):
            subscription.end()

    async def _write(self) -> None:
        """The writer: bursts, one after the other, until the journal ends and the queue is empty."""
        while self._queue or not self._ending:
            if not self._queue:
                self._work.clear()
                await self._work.wait()
                continue
            if self._may_linger():
                self._hurry.clear()
                await _rest(self._linger, self._hurry)
            try:
                await self._write_burst()
            except Exception as error:  # noqa: BLE001 - a dead writer loses all later facts
                self._tell_failure(error)
                self._again.clear()
                await _rest(self._back_off(), self._again)

    def _may_linger(self) -> bool:
        """Whether to gather more facts before the next burst."""
        hurried = self._flushes or self._ending or self._one_by_one
        return not hurried and len(self._queue) < self._burst

    async def _write_burst(self) -> None:
        """Commit the head of the queue, then take it off and tell it; raises what the database raises."""
        burst: list[Prepared] = []
        for _, entry in islice(self._queue, 1 if self._one_by_one else self._burst):
            try:
                burst.append(prepare(entry))
            except (TypeError, ValueError, AttributeError, OverflowError) as error:
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
        for item in burst:
            for subscription in tuple(self._subscriptions):
                subscription.tell(item.entry.fact)

    def _finish(self, number: int) -> None:
        """Take so many off the head of the queue, and let those go who waited for that."""
        for _ in range(number):
            self._queue.popleft()
        self._finished += number
        self._doubtful = max(0, self._doubtful - number)
        self._one_by_one = max(0, self._one_by_one - number)
        while self._flushes and self._flushes[0][0] <= self._finished:
            done = self._flushes.popleft()[1]
            if not done.done():
                done.set_result(None)

    def _set_aside(self, entry: Entry, error: Exception) -> None:
        """Go on without a fact that no database can keep: it must not hold up all others."""
        log.error(
            "Fact %d of run %d (%s, call %s) cannot be kept: %s",
            entry.number,
            entry.run,
            kind_of(type(entry.fact)),
            entry.fact.call,
            error if isinstance(error, Rejected) else type(error).__name__,
        )
        self._rejected += 1
        self._finish(1)

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

    def _back_off(self) -> float:
        """Seconds until the next try."""
        if self._ending:
            return FIRST_PAUSE
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failed_in_a_row - 1, 10))
        return longest * random.uniform(0.5, 1.0)


async def _rest(seconds: float, waker: asyncio.Event) -> None:
    """Wait so long, or until the event is set; the event must be clear before."""
    timer = asyncio.get_running_loop().call_later(seconds, waker.set)
    try:
        await waker.wait()
    finally:
        timer.cancel()
