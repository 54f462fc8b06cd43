"""Live facts for whoever watches: after the commit, never before, and never waiting for a slow watcher."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from callflows.facts import Fact

WAITING_AT_MOST = 1000
"""A watcher further behind than this is cut off; they come back and read the list instead."""


class Feed:
    """Hands committed facts to any number of watchers, each at their own pace."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()
        self._closed = False

    def publish(self, fact: Fact) -> None:
        """Give a committed fact to every watcher; a watcher who fell too far behind is cut off."""
        for watcher in tuple(self._watchers):
            watcher.offer(fact)

    @contextmanager
    def watched(self) -> Iterator["Watcher"]:
        """A watcher of everything published inside this block."""
        watcher = Watcher()
        self._watchers.add(watcher)
        if self._closed:
            watcher.cut_off()
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    @property
    def watchers(self) -> int:
        """How many watch now."""
        return len(self._watchers)

    def close(self) -> None:
        """Cut everybody off: the service stops."""
        self._closed = True
        for watcher in tuple(self._watchers):
            watcher.cut_off()


class Watcher:
    """One who watches the feed; iterating gives facts until cut off."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Fact | None] = asyncio.Queue()
        self._cut = False

    def offer(self, fact: Fact) -> None:
        """Put the fact in line, or end the line if it has grown too long."""
        if self._cut:
            return
        if self._waiting.qsize() >= WAITING_AT_MOST:
            self.cut_off()
            return
        self._waiting.put_nowait(fact)

    def cut_off(self) -> None:
        """Let the watcher have what is in line, and then the end."""
        if not self._cut:
            self._cut = True
            self._waiting.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Fact]:
        while (fact := await self._waiting.get()) is not None:
            yield fact

    async def next(self, *, within: float) -> Fact | None:
        """The next fact; None once cut off. Raises TimeoutError if nothing comes in so many seconds."""
        async with asyncio.timeout(within):
            return await self._waiting.get()
