"""Small things about tasks: clean up although cancelled, call off, race, and run errands nobody waits for."""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

from telephony.ari.errors import AriRefused, Gone
from telephony.errors import PbxAway, TelephonyError

T = TypeVar("T")

log = logging.getLogger(__name__)


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Do it to its end even if we are cancelled meanwhile, and be cancelled then.

    Cleaning up after a leg means asking Asterisk, and a cancelled task can ask nothing. So each use must
    be short: a command or two, each with its own timeout.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled() and task.exception() is not None:
            log.info("cleaning up: %s", task.exception())
        raise cancelled
    return task.result()


async def let_end(asked: Awaitable[None]) -> None:
    """A command whose object may be gone already: then there is nothing left to do."""
    try:
        await asked
    except (Gone, AriRefused, PbxAway):
        return


async def call_off(task: asyncio.Future[Any]) -> None:
    """Cancel it if it is not done, wait until it is, and drop what it raised."""
    try:
        if not task.done():
            task.cancel()
            await to_the_end(_settled(task))
    finally:
        if task.done() and not task.cancelled():
            task.exception()  # seen: asyncio complains of errors that nobody has looked at


async def first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Run all until one ends; cancel the others, wait for them, and raise what the first one raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended = [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await to_the_end(_settled(*tasks))
    for task in ended:
        task.result()


async def _settled(*tasks: asyncio.Future[Any]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)


class Errands:
    """Work begun by an event, which no caller waits for: each is kept, logged if it fails, and awaited last."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin it; a TelephonyError of it is logged, anything else is a bug and reaches the loop's handler."""
        task = asyncio.create_task(self._logged(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self, limit: float) -> None:
        """Wait until all errands are done, at most `limit` seconds, and cancel what is left."""
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=limit)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _logged(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except TelephonyError as error:
            log.warning("an errand failed: %s", error)
