"""One playback: several files in one request, and what was really heard of them.

Asterisk tells less than one would think. A missing file fails the playback only if it is the last one; a
playback that is stopped between two files, or whose channel leaves its bridge before it begins, is never
reported finished. So: our own stopping counts when it is accepted, we measure each file by Asterisk's own
time stamps, and we wait no longer for its beginning than a moment, and for its end than the files are long.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from telephony.ari.dispatch import Dispatch
from telephony.ari.errors import AriRefused, Gone
from telephony.ari.events import Event, PlaybackContinuing, PlaybackFinished, PlaybackStarted
from telephony.ari.link import Link
from telephony.ari.tasks import to_the_end
from telephony.errors import PbxAway
from telephony.values import Played

Stop = Callable[[str], Awaitable[None]]
"""Asks Asterisk to stop the playback of this name."""

log = logging.getLogger(__name__)

BEGINS = 1.0
"""Seconds within which Asterisk tells that a playback has begun (seen: milliseconds), or it has lost it."""
MARGIN = 3.0
"""Seconds beyond the files' own length after which a playback that says nothing more has failed."""
UNHEARD = 0.02
"""Seconds within which a missing file is over (seen: 1 to 2 ms); no clip of ours is as short as twice that."""
AGAIN = 0.02
"""Seconds after which stopping is tried once more: in its very first moment a playback refuses (409)."""


class Playback:
    """Made for one `run`; `cut` and `fail` may come from anywhere meanwhile."""

    def __init__(
        self, name: str, seconds: Sequence[float], stop: Stop, dispatch: Dispatch, link: Link
    ) -> None:
        self.id = name
        self._seconds = seconds
        self._ask_to_stop = stop
        self._dispatch = dispatch
        self._link = link
        self._over: asyncio.Future[Played] = asyncio.get_running_loop().create_future()
        self._begins: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._began: datetime | None = None
        self._file = 0
        self._unheard = False
        self._cutting = False
        self._silent = False
        """Asterisk plays nothing (any more)."""
        self.lost = False
        """Asterisk took it and does not tell that it begins: its channel was just leaving a bridge."""

    async def run(self, start: Callable[[], Awaitable[None]]) -> Played:
        """Have Asterisk play by `start`, and return how it ended. Cancelling stops it at once."""
        self._dispatch.watch(self.id, self._hear)
        try:
            await to_the_end(self._begin(start))  # half asked is asked: never leave it in doubt
            told: set[asyncio.Future[Any]] = {self._begins, self._over}
            await asyncio.wait(told, timeout=BEGINS, return_when=asyncio.FIRST_COMPLETED)
            if self._link.up.is_set() and not any(one.done() for one in told):
                log.warning("playback %s does not begin", self.id)
                self.lost = True
                return Played.FAILED
            async with asyncio.timeout(sum(self._seconds) + MARGIN):
                return await asyncio.shield(self._over)
        except TimeoutError:
            log.warning("playback %s never ended", self.id)
            return Played.FAILED
        finally:
            self._begins.cancel()
            self._over.cancel()
            self._dispatch.forget(self.id)
            if not self._silent:
                await to_the_end(self._stop())

    async def cut(self) -> None:
        """Stop it; `run` returns CUT."""
        if not self._over.done():
            self._cutting = True
            await to_the_end(self._cut())

    def fail(self) -> None:
        """Somebody who should have heard it is gone: it stops, and `run` returns FAILED."""
        self._finish(Played.FAILED)

    async def _begin(self, start: Callable[[], Awaitable[None]]) -> None:
        try:
            await start()
        except (Gone, AriRefused):
            self._silent = True
            self._finish(Played.FAILED)
            raise

    async def _cut(self) -> None:
        await self._stop()
        self._silent = True
        self._finish(Played.CUT)

    async def _stop(self) -> None:
        for _ in range(2):
            try:
                await self._ask_to_stop(self.id)
            except AriRefused as refused:
                if refused.status != 409:
                    return  # not there any more
                await asyncio.sleep(AGAIN)
            except (Gone, PbxAway):
                return
            else:
                return

    def _hear(self, event: Event) -> None:
        match event:
            case PlaybackStarted(at=at):
                self._began = at
                if not self._begins.done():
                    self._begins.set_result(None)
            case PlaybackContinuing(at=at):
                self._measure(at)
            case PlaybackFinished(at=at, failed=failed):
                self._measure(at)
                self._silent = True
                heard = Played.FAILED if failed or self._unheard else Played.WHOLE
                self._finish(Played.CUT if self._cutting else heard)
            case _:
                pass

    def _measure(self, at: datetime | None) -> None:
        """One file is over: did it take any time?"""
        expected = self._seconds[self._file] if self._file < len(self._seconds) else 0.0
        self._file += 1
        if self._began is not None and at is not None:
            took = (at - self._began).total_seconds()
            self._unheard |= took < UNHEARD and expected > 2 * UNHEARD

    def _finish(self, played: Played) -> None:
        if not self._over.done():
            self._over.set_result(played)
