"""The hall's line in memory: `MemoryLine` gives every call that comes in to the story."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from telephony.call import OnSettled, Story, nobody_asks
from telephony.errors import HungUp
from telephony.values import Arrival, CallId, PhoneSeen, Settled
from tests.fakes.memory.bell import Bell
from tests.fakes.memory.call import MemoryCall

log = logging.getLogger(__name__)


class MemoryLine:
    """The port `Line`. A story that raises anything but `HungUp` is logged, and kept in `failures`."""

    def __init__(
        self,
        inherits: Callable[[], list[MemoryCall]] = list,
        seen: Callable[[str], PhoneSeen] = lambda number: PhoneSeen.UNKNOWN,
    ) -> None:
        self._inherits, self._seen = inherits, seen
        self.failures: dict[CallId, BaseException] = {}
        self._bell = Bell()
        self._arrived: list[MemoryCall] = []
        self._told: dict[MemoryCall, asyncio.Task[None]] = {}
        self._settled: OnSettled = nobody_asks
        self._serving = self._killed = False
        self.draining = False
        self.gone = False
        """The process that served it is no more."""
        self.pbx_since: datetime | None = None
        """Since when this Asterisk runs."""

    @property
    def ready(self) -> bool:
        """Whether calls reach us now."""
        return self._serving and not self.draining

    @property
    def leaving(self) -> bool:
        """Whether it is served no more: callers stay for the next process."""
        return self.gone

    @property
    def calls(self) -> list[MemoryCall]:
        """The calls whose story is being told."""
        return list(self._told)

    def phone(self, number: str) -> PhoneSeen:
        """What the phone with this number that is registered here is doing; UNKNOWN while the line is not ready."""
        return self._seen(number) if self._serving else PhoneSeen.UNKNOWN

    async def serve(self, story: Story, settled: OnSettled = nobody_asks) -> None:
        """Take calls until cancelled. Cancelling is not hanging up: whoever talks goes on talking."""
        self._serving, self._settled = True, settled
        try:
            self._arrived[:0] = self._inherits()
            self.settle()
            while True:
                await self._bell.until(lambda: bool(self._arrived))
                call = self._arrived.pop(0)
                task = asyncio.create_task(self._tell(story, call), name=f"story of {call.id}")
                self._told[call] = task
        finally:
            self._serving, self.gone = False, True
            stories = list(self._told.values())
            for call in (*self._told, *self._arrived):
                call.is_left_alone()
                if not self._killed:
                    call.stop_ringing()
            for task in stories:
                task.cancel()
            await asyncio.gather(*stories, return_exceptions=True)

    def dies(self) -> None:
        """From now on nothing that the process still does has any effect; cancel `serve` in the same moment."""
        self._killed = True

    async def drain(self, limit: float) -> None:
        """Send new calls to the fallback and wait up to `limit` seconds for the others to end."""
        self.draining = True
        await self.idle(limit)

    async def idle(self, limit: float) -> bool:
        """Wait until no story is being told, at most `limit` seconds; return whether that is so."""
        return await self._bell.until(lambda: not self._told and not self._arrived, limit)

    def take(self, call: MemoryCall) -> None:
        """The network's side: a call comes in. It waits here if nobody serves yet."""
        self._arrived.append(call)
        self._bell.ring()

    def settle(self) -> None:
        """The network's side: the line has connected (again), and looks who is on it."""
        there = [call for call in (*self._told, *self._arrived) if call.ended is None]
        on_the_line = frozenset(
            call.id for call in there if call.arrival is Arrival.RESUMED or call in self._told
        )
        self._settled(Settled(on_the_line, self.pbx_since))

    async def _tell(self, story: Story, call: MemoryCall) -> None:
        try:
            await story(call)
        except HungUp:
            pass
        except Exception as error:  # a story's own mistake must not reach the other calls
            if not call.left_alone:  # else nobody is there to notice
                log.error("story of %s failed", call.id, exc_info=error)
                self.failures[call.id] = error
        finally:
            self._told.pop(call, None)
            self._bell.ring()
        await call.hang_up()
