"""Doing something while a caller is there: the one place where `HungUp` is raised."""

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, TypeVar

from telephony.ari.errors import Gone
from telephony.ari.link import Link
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
            try:
                with _UntilGone(self._wire):
                    return await work()
            except Gone:
                break
            except PbxAway:
                if not await self._came_back():
                    raise
        raise self._hung_up()

    def check(self) -> None:
        """Raise HungUp if the caller has gone."""
        if self._wire.ended is not None:
            raise self._hung_up()

    def _hung_up(self) -> HungUp:
        return HungUp(f"call {self._call}: the caller's leg is gone")

    async def _came_back(self) -> bool:
        try:
            with _UntilGone(self._wire):
                return await self._link.came_back()
        except Gone:
            return True  # nothing is done once more for a caller who has gone


class _UntilGone:
    """The caller's end cancels what the task does in this block, which ends with `Gone` then.

    It is what `asyncio.timeout` does when the time is up: two tasks less for each verb than a race of both. Who has
    cancelled the task besides, before or after, is obeyed.
    """

    def __init__(self, wire: Wire) -> None:
        task = asyncio.current_task()
        assert task is not None, "a verb is awaited in a task"
        self._wire, self._task = wire, task
        self._cancelled_before = task.cancelling()
        self._struck = False

    def __enter__(self) -> None:
        self._wire.listeners.add(self._strike)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wire.listeners.discard(self._strike)
        if self._struck and self._task.uncancel() > self._cancelled_before:
            return
        cancelled_by_us = self._struck and isinstance(error, asyncio.CancelledError)
        if self._wire.ended is not None and (cancelled_by_us or isinstance(error, Exception)):
            raise Gone("the caller's leg has ended") from error

    def _strike(self) -> None:
        if asyncio.current_task() is not self._task:  # a command of ours that finds it gone says so itself
            self._struck = True
            self._task.cancel()
