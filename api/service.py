"""The running service, as `halo serve`, the tests and the demonstration hold it."""

import asyncio
import logging
from dataclasses import dataclass

from api.hall_source import BadHall, HallSource
from api.metrics import Metrics
from api.settings import Settings
from api.who_is_away import WhoIsAway
from callflows.ports import House
from records.errors import RecordsError
from records.journal import Journal
from telephony.call import Line

log = logging.getLogger(__name__)


class StartError(Exception):
    """The service cannot start, or cannot go on; the text is one sentence with its mend."""


class Misconfigured(StartError):
    """It cannot start before somebody has changed a setting: trying again will not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything is running; `api` is where the API is reached ("http://127.0.0.1:8090")."""

    settings: Settings
    house: House
    line: Line
    journal: Journal
    metrics: Metrics
    hall: HallSource
    away: WhoIsAway
    api: str
    serving: "asyncio.Task[None]"

    async def ended(self) -> None:
        """Return when the line ends; raises what it ended by (`telephony.errors`), unless it was cancelled."""
        await asyncio.wait([self.serving])
        if not self.serving.cancelled() and (error := self.serving.exception()) is not None:
            raise error

    async def reload(self) -> None:
        """Take the hall's data and its absences over; what may not go live is logged, and the old data stay."""
        try:
            await self.hall.reload()
        except (BadHall, RecordsError) as wrong:
            log.error("the directory was not taken over, the old one stays in force: %s", wrong)
        try:
            await self.away.reload()
        except RecordsError as wrong:
            log.error("absences were not taken over, what was known of them counts: %s", wrong)

    async def drain(self, limit: float | None = None) -> None:
        """Let calls end for `limit` seconds (asterisk.drain unless given); new ones go to Asterisk's fallback."""
        await self.line.drain(self.settings.asterisk.drain if limit is None else limit)
