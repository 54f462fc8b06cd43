"""Before somebody is forgotten: what is still in the spool is brought to the database, where erasure finds it."""

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path

from api.running import AlreadyRunning, held
from records.database import Database
from records.errors import DatabaseAway
from records.journal import Journal
from records.pauses import rest
from records.spool import SPOOL, FolderSpool
from records.spool_reading import forget_set_aside, still_there, written

PATIENCE = 30.0
LOOK = 0.2
"""Seconds to wait for the spool, and between two looks at it."""


async def bring_in_the_spool(state_dir: Path, database: Database) -> None:
    """Return when no fact of before is in the spool any more. Raises DatabaseAway.

    The running service does it by itself within seconds; without one it is done here. Lines of the spool that nobody
    could read are removed: nobody can say whose they are.
    """
    spool = state_dir / SPOOL
    if not spool.exists():
        return
    try:
        async with asyncio.timeout(PATIENCE):
            await _emptied(state_dir, spool, database)
    except TimeoutError:
        words = "Facts wait in the spool for the database: `halo check` says what is wrong with it."
        raise DatabaseAway(words) from None
    with contextlib.suppress(OSError):
        forget_set_aside(spool, before=datetime.now(UTC))


async def _emptied(state_dir: Path, spool: Path, database: Database) -> None:
    try:
        with held(state_dir):
            async with Journal(database, spool=FolderSpool(spool)) as journal:
                await journal.flush()
    except AlreadyRunning:
        before = written(spool)
        while still_there(before):
            await rest(LOOK, asyncio.Event())
