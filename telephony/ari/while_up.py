"""Doing something while a caller is there: the one place where `HungUp` is raised."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from telephony.ari.errors import Gone
from telephony.ari.link import Link
from telephony.ari.tasks import call_off
from telephony.ari.wire import Wire
from telephony.errors import HungUp, PbxAway
from telephony.values import CallId

T = TypeVar("T")


class WhileUp:
    """Runs what the verbs of one call do, until it is done or its caller has gone."""

    def __init__(self, call: CallId, wire: Wire, link: Link) -> None:
        self._call = call
        self._wire = wire
        self._link = link

    async def __call__(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do it while the caller is there; raise HungUp otherwise.

        If Asterisk went away meanwhile, and came back with the caller still there, it is done once more.
        """
        while self._wire.ended is None:
            task = asyncio.ensure_future(work())
            await self._until_gone(task)
            error = None if task.cancelled() else task.exception()
            if not task.cancelled() and error is None:
                return task.result()
            if self._wire.ended is not None or isinstance(error, Gone) or error is None:
                break
            if not isinstance(error, PbxAway) or not await self._came_back():
                raise error
        raise self._hung_up()

    def check(self) -> None:
        """Raise HungUp if the caller has gone."""
        if self._wire.ended is not None:
            raise self._hung_up()

    def _hung_up(self) -> HungUp:
        return HungUp(f"call {self._call}: the caller's leg is gone")

    async def _came_back(self) -> bool:
        verdict = asyncio.ensure_future(self._link.came_back())
        await self._until_gone(verdict)
        return verdict.cancelled() or verdict.result()

    async def _until_gone(self, task: asyncio.Future[Any]) -> None:
        """Wait for the task, or for the caller's end, which cancels it; being cancelled cancels it, too."""
        gone = asyncio.ensure_future(self._wire.gone.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            await call_off(task)
