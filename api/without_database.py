"""Starting when the database is not there: after a power cut it may well come up later than we do.

The line is answered all the same, with the last known copy of the directory and of absences. Facts go to the spool,
promises are refused, and readiness says so; when the database is back, its tables are brought up to date, and the
directory in force, the absences and the clerks who were on duty are taken over. Whatever keeps the database from us
then, a wrong password too, is no reason to leave callers alone: it stands in the log. Where no copy exists yet, at a
first start, it is refused.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from api.hall_source import BadHall, HallSource
from api.private import make_private
from directory.model import Hall
from records.database import open_database
from records.errors import DatabaseAway, RecordsError
from records.migrate import current, head, upgrade
from records.pauses import back_off, rest

log = logging.getLogger(__name__)


class DatabaseStart:
    """Begins with the database of an address, at once or later."""

    def __init__(self, url: str, directory: HallSource, *, say: Callable[[str], None]) -> None:
        self._url, self._directory, self._say = url, directory, say

    async def now(self, given: Hall | None = None) -> bool:
        """Begin; return False if the database is away and the last known directory is in force instead.

        Raises RecordsError or BadHall if the service cannot start.
        """
        try:
            await self._begin(given)
        except DatabaseAway as away:
            if not self._directory.take_last_known():
                raise
            log.error("the service starts without its database, with the last known directory: %s", away)
            return False
        return True

    async def later(self, *then: Callable[[], Awaitable[None]]) -> None:
        """Begin as soon as the database is back, however long that takes, and then do what had to wait."""
        failures, told = 0, ""
        while True:
            failures += 1
            await rest(back_off(failures), asyncio.Event())
            try:
                await self._begin(None)
                for waiting in then:
                    await waiting()
            except (RecordsError, BadHall) as wrong:
                if not isinstance(wrong, DatabaseAway) and str(wrong) != told:
                    told = str(wrong)
                    log.error("the database is back, but cannot be used: %s", told)
            else:
                log.warning("the database is back: directory, absences and duty are taken over")
                return

    async def _begin(self, given: Hall | None) -> None:
        await self._tables()
        await self._directory.start(given)

    async def _tables(self) -> None:
        """Bring the tables to this version. A file that has them is not written: a backup may hold it locked."""
        make_private(self._url)
        before = await current(self._url)
        database = open_database(self._url)
        if before == head() and database.is_sqlite:
            return
        after = await upgrade(self._url)
        if before != after:
            made = "was made" if before is None else f"was upgraded from {before}"
            self._say(f"The database {database.name} {made}: its tables are at {after}.")
