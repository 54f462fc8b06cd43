"""Forgetting what the hall need not know any longer, once a day (GDPR art. 5(1)(e)).

That is callers' numbers and names, and when officials were away.
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.settings.model import Retention
from records.database import Database
from records.erase import forget_older_than
from records.errors import RecordsError
from records.spool_reading import forget_set_aside
from records.stores.absences import AbsenceStore
from records.views import Erasure

log = logging.getLogger(__name__)

DAY = timedelta(days=1).total_seconds()
ASKED_BY = "retention"


HOUR = timedelta(hours=1).total_seconds()
"""Until the next try if the database was away."""


async def forget_old(
    database: Database, retention: Retention, *, at: datetime, asked_by: str
) -> tuple[Erasure, int]:
    """Forget what is older than the settings say; return what that touched, and how many absences went.

    Raises RecordsError.
    """
    calls_before = at - timedelta(days=retention.personal_days)
    done = await forget_older_than(database, calls_before, asked_by=asked_by, at=at)
    ended_before = at - timedelta(days=retention.absence_days)
    return done, await AbsenceStore(database).forget_ended_before(ended_before)


async def forget_daily(database: Database, retention: Retention, spool: Path) -> None:
    """Forget, now and every day, what is older than the settings say; until cancelled.

    By the machine's clock, never by one that was set for a demonstration: a wrong year would forget everybody.
    """
    while True:
        now = datetime.now(UTC)
        try:
            done, absences = await forget_old(database, retention, at=now, asked_by=ASKED_BY)
            forget_set_aside(spool, before=now - timedelta(days=retention.personal_days))
        except (RecordsError, OSError) as away:
            log.warning("old personal data could not be forgotten, it is tried again in an hour: %s", away)
            await asyncio.sleep(HOUR)
        else:
            log.info("old personal data was forgotten: %d calls, %d absences", done.calls, absences)
            await asyncio.sleep(DAY)
