"""One caller's place in the queue of the floor: `OnePlace`, the port `Place` in memory."""

import asyncio
from datetime import datetime
from typing import Protocol

from callflows.floor.clerk import Kept
from callflows.floor.ports import News, Reservation, Wanting


class Queue(Protocol):
    """What a place needs of the floor that it is on."""

    def position(self, place: "OnePlace") -> int:
        """Where in the queue it is, from 1."""

    def expected(self, place: "OnePlace") -> float | None:
        """How long this caller will probably wait still, in seconds."""

    def look(self) -> None:
        """Somebody waits for a clerk: perhaps one is ready."""


class OnePlace:
    """The port `Place`."""

    def __init__(self, queue: Queue, wanting: Wanting, since: datetime) -> None:
        self.wanting = wanting
        self.since = since
        self.wants_a_clerk = False
        """Whether the story waits for one just now."""
        self._queue = queue
        self._news: asyncio.Queue[Kept | News] = asyncio.Queue()

    @property
    def position(self) -> int:
        """Where in the queue they are, from 1."""
        return self._queue.position(self)

    @property
    def expected(self) -> float | None:
        """How long they will probably wait still, in seconds."""
        return self._queue.expected(self)

    async def next(self) -> Reservation | News:
        """A clerk for this caller, or why there will be none."""
        if self._news.empty():
            self.wants_a_clerk = True
            self._queue.look()
        try:
            return await self._news.get()
        finally:
            self.wants_a_clerk = False

    def tell(self, news: Kept | News) -> None:
        """The floor's word to whoever waits."""
        self.wants_a_clerk = False
        self._news.put_nowait(news)

    def gives_back(self) -> None:
        """The caller waits no longer: a clerk who was just found for them is free again."""
        while not self._news.empty():
            news = self._news.get_nowait()
            if isinstance(news, Kept):
                news.withdrawn()
