"""Forgetting what the hall need not know any longer: callers' numbers and names, once a day (GDPR art. 5(1)(e))."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from records.database import Database
from records.erase import forget_older_than
from records.errors import RecordsError
from records.spool_reading import forget_set_aside

log = logging.getLogger(__name__)

DAY = timedelta(days=1).total_seconds()
ASKED_BY = "retention"


HOUR = timedelta(hours=1).total_seconds()
"""Until the next try if the database was away."""


async def forget_daily(database: Database, days: int, spool: Path) -> None:
    """Forget, now and every day, the personal data of calls older than so many days; until cancelled.

    By the machine's clock, never by one that was set for a demonstration: a wrong year would forget everybody.
    """
    while True:
        now = datetime.now(UTC)
        try:
            done = await forget_older_than(database, now - timedelta(days=days), asked_by=ASKED_BY, at=now)
            forget_set_aside(spool, before=now - timedelta(days=days))
        except (RecordsError, OSError) as away:
            log.warning("old personal data could not be forgotten, it is tried again in an hour: %s", away)
            await asyncio.sleep(HOUR)
        else:
            log.info("personal data older than %d days was forgotten: %d calls", days, done.calls)
            await asyncio.sleep(DAY)
