"""Threads that render, and what happens when an engine hangs in them: nobody else waits for it.

A sentence takes some 70 ms. When every thread has been at its own for longer than anybody waits for one, the engine is
sick: more work is refused at once, so that no caller waits in vain and nothing piles up. A thread that comes back
takes work again. The threads are daemons: one that never comes back does not keep the service from ending.
"""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from multiprocessing.pool import ThreadPool
from typing import TypeVar

from telephony.errors import NoVoice

T = TypeVar("T")

MOST_WAITING = 64
"""Sentences under way at once; a busy Monday has a handful."""
CLOSING = 5.0
"""Seconds that sentences under way have to be finished when the service ends."""


class Renderers:
    """A few threads. `sick_after` is how long one sentence may take, in seconds, before its thread counts as lost."""

    def __init__(self, threads: int, *, sick_after: float) -> None:
        self._pool = ThreadPool(threads)
        self._threads = threads
        self._sick_after = sick_after
        self._numbers = itertools.count()
        self._began: dict[int, float] = {}
        """Since when a thread has been at each sentence that is being rendered."""
        self._under_way: set[Future[None]] = set()

    @property
    def sick(self) -> bool:
        """Whether every thread has been at one sentence for too long."""
        long_ago = time.monotonic() - self._sick_after
        return sum(began < long_ago for began in tuple(self._began.values())) >= self._threads

    def begin(self, work: Callable[[], T]) -> "Future[T]":
        """Have it done. Raises NoVoice at once if the engine is sick, or too much is waiting already."""
        if self.sick:
            raise NoVoice("the engine hangs")
        if len(self._under_way) >= MOST_WAITING:
            raise NoVoice(f"{MOST_WAITING} sentences are being rendered already")
        return self.begin_ahead(work)

    def begin_ahead(self, work: Callable[[], T]) -> "Future[T]":
        """Have it done however long it takes: no caller waits."""
        future: Future[T] = Future()
        over: Future[None] = Future()
        self._under_way.add(over)
        future.add_done_callback(lambda _: self._done(over))
        self._pool.apply_async(
            self._timed, (work,), callback=future.set_result, error_callback=future.set_exception
        )
        return future

    def close(self) -> None:
        """Finish what is under way, in a few seconds; what is not finished then is left."""
        wait(tuple(self._under_way), timeout=CLOSING)
        self._pool.terminate()

    def _timed(self, work: Callable[[], T]) -> T:
        number = next(self._numbers)
        self._began[number] = time.monotonic()
        try:
            return work()
        finally:
            del self._began[number]

    def _done(self, over: "Future[None]") -> None:
        self._under_way.discard(over)
        over.set_result(None)
