"""Forgetting what the hall need not know any longer: callers' numbers and names, once a day (GDPR art. 5(1)(e))."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from records.database import Database
from records.erase import forget_older_than
from records.errors import RecordsError

log = logging.getLogger(__name__)

DAY = timedelta(days=1).total_seconds()
ASKED_BY = "retention"


async def forget_daily(database: Database, days: int) -> None:
    """Forget, now and every day, the personal data of calls older than so many days; until cancelled.

    By the machine's clock, never by one that was set for a demonstration: a wrong year would forget everybody.
    """
    while True:
        now = datetime.now(UTC)
        try:
            done = await forget_older_than(database, now - timedelta(days=days), asked_by=ASKED_BY, at=now)
        except RecordsError as away:
            log.warning("old personal data could not be forgotten today: %s", away)
        else:
            log.info("personal data older than %d days was forgotten: %d calls", days, done.calls)
        await asyncio.sleep(DAY)
