"""After the line has settled: what happened while the service was away is brought into the record.

Once: calls that have no end on record and are on the line no more get their end (`callflows.restart.aftermath`), at
the moment that Asterisk has written down. Then, and once a minute: calls that Asterisk's dialplan answered without us.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from api.meanwhile import Meanwhile
from callflows.ports import House
from callflows.restart.aftermath import close_what_is_gone
from callflows.restart.standing import Standing
from records.asterisk_log import ends_of
from records.past import RecordedPast
from telephony.values import CallId, Settled

log = logging.getLogger(__name__)

MINUTE = 60.0


class Aftermath:
    """Use it in `async with`, and hand `settled` to `Line.serve`.

    Without a folder of Asterisk's logs it knows no true ends: a call that nobody saw end has ended by now.
    """

    def __init__(
        self, house: House, past: RecordedPast, log_dir: Path | None, meanwhile: Meanwhile | None
    ) -> None:
        self._house, self._past = house, past
        self._log_dir, self._meanwhile = log_dir, meanwhile
        self._news = asyncio.Event()
        self._first: Settled | None = None
        self._working: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Wait for the line to settle."""
        self._working = asyncio.create_task(self._work(), name="aftermath")
        self._working.add_done_callback(_tell_failure)
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Leave the rest to the next start."""
        assert self._working is not None
        self._working.cancel()
        await asyncio.wait([self._working])

    def settled(self, settled: Settled) -> None:
        """The line has connected: note what it found, and look."""
        self._first = self._first or settled
        self._news.set()

    async def _work(self) -> None:
        await self._news.wait()
        assert self._first is not None
        past = (await self._past.whole()).values()
        await close_what_is_gone(self._house, past, self._first, await self._ends(past))
        while self._meanwhile is not None:
            self._news.clear()
            await self._meanwhile.look()
            timer = asyncio.get_running_loop().call_later(MINUTE, self._news.set)
            try:
                await self._news.wait()
            finally:
                timer.cancel()

    async def _ends(self, past: Iterable[Standing]) -> Mapping[CallId, datetime]:
        """When Asterisk saw these calls end, as far as it says."""
        if self._log_dir is None:
            return {}
        wanted = {standing.call for standing in past}
        try:
            return await asyncio.to_thread(ends_of, self._log_dir, wanted)
        except OSError as error:
            log.warning("when calls ended cannot be read from Asterisk's log: %s", error)
            return {}


def _tell_failure(task: "asyncio.Task[None]") -> None:
    """Say why it ended, unless it was told to."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("what happened while the service was away is not on record", exc_info=error)
