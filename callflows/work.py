"""What goes on at the same time around a table: named tasks that report to one inbox, and end with it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from telephony.errors import HungUp

E = TypeVar("E")
"""What is told: the events of one table."""


class Work(Generic[E]):
    """The tasks of one table's driver and the inbox of its events.

    A task that fails unexpectedly fails the driver: nothing goes on half-dead. A task that meets the
    caller's hang-up needs to say nothing, since that is watched for elsewhere.
    """

    def __init__(self) -> None:
        self._inbox: asyncio.Queue[E | Exception] = asyncio.Queue()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._bells: dict[str, asyncio.TimerHandle] = {}

    def post(self, event: E) -> None:
        """Put an event at the end of the inbox."""
        self._inbox.put_nowait(event)

    async def next(self) -> E:
        """The next event; raises what a task raised."""
        told = await self._inbox.get()
        if isinstance(told, Exception):
            raise told
        return told

    def rest(self) -> list[E]:
        """What is still in the inbox, and will not be taken any more."""
        told = [self._inbox.get_nowait() for _ in range(self._inbox.qsize())]
        return [one for one in told if not isinstance(one, Exception)]

    def start(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin some work; what still goes on under this name is ended first."""
        before = self._tasks.get(name)
        if before is not None:
            before.cancel()
        task = self._tasks[name] = asyncio.create_task(_begin(work, before), name=name)
        task.add_done_callback(self._look_at)

    def timer(self, name: str, seconds: float, event: E) -> None:
        """Post `event` when the time is up; `stop` calls that off. What still ran under this name does not ring."""
        self._call_off(name)
        self._bells[name] = asyncio.get_running_loop().call_later(seconds, self.post, event)

    async def stop(self, *names: str) -> None:
        """End these pieces of work and wait until nothing of them is left to be heard."""
        for name in names:
            self._call_off(name)
        tasks = [self._tasks.pop(name) for name in names if name in self._tasks]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def finishes(self, name: str) -> None:
        """Wait until this piece of work has come to its own end; what it raised is in the inbox."""
        if name in self._tasks:
            await asyncio.wait([self._tasks[name]])

    async def stop_all(self) -> None:
        """End everything."""
        await self.stop(*self._bells, *self._tasks)

    def _call_off(self, name: str) -> None:
        bell = self._bells.pop(name, None)
        if bell is not None:
            bell.cancel()

    def _look_at(self, task: "asyncio.Task[None]") -> None:
        """A task has ended: pass on what it raised, unless it is the caller's hang-up."""
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, Exception) and not isinstance(error, HungUp):
            self._inbox.put_nowait(error)


async def _begin(work: Callable[[], Awaitable[None]], before: "asyncio.Task[None] | None") -> None:
    """Begin inside the task: work that is cancelled before it begins leaves nothing unawaited."""
    if before is not None:
        await asyncio.wait({before})
    await work()
