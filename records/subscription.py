"""Facts as they are committed, for whoever watches: bounded, so that a slow reader costs nobody else anything."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Self

from callflows.facts import Fact


class FellBehind(Exception):
    """The reader was too slow and has missed facts: read the records again, then subscribe again."""


class Subscription:
    """An async iterator of facts, in the order of the journal, from the moment it was made.

    It ends when the journal does. A reader more than `room` facts behind is let go with FellBehind. Close it,
    or use it in `async with`.
    """

    def __init__(self, *, room: int, on_close: Callable[["Subscription"], None]) -> None:
        self._room = room
        self._waiting: deque[Fact] = deque()
        self._news = asyncio.Event()
        self._on_close = on_close
        self._fell_behind = False
        self._over = False

    def tell(self, fact: Fact) -> None:
        """Hand a committed fact over; the journal's verb, it never waits."""
        if self._over:
            return
        if len(self._waiting) >= self._room:
            self._fell_behind = True
            self._waiting.clear()
            self.end()
            return
        self._waiting.append(fact)
        self._news.set()

    def end(self) -> None:
        """No more facts will come; what is waiting may still be read."""
        self._over = True
        self._news.set()
        self._on_close(self)

    def close(self) -> None:
        """Stop listening; what is waiting is dropped."""
        self._waiting.clear()
        self.end()

    def __aiter__(self) -> Self:
        """Iterate over what comes."""
        return self

    async def __anext__(self) -> Fact:
        """The next fact, when it is committed; raises FellBehind if some were missed."""
        while not self._waiting:
            if self._fell_behind:
                self._fell_behind = False
                raise FellBehind("Facts came faster than they were read.")
            if self._over:
                raise StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        return self._waiting.popleft()

    async def __aenter__(self) -> Self:
        """Listen inside the block."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Stop listening."""
        self.close()
