"""Who was on duty when the service stopped is on duty when it starts again: a clerk need not notice a restart.

Only within one day: nobody is put on duty in the morning because they forgot to log off the night before.
"""

import asyncio
import contextlib
import logging
from zoneinfo import ZoneInfo

from callflows.floor.ports import NotAClerk
from callflows.floor.presence import Presence
from callflows.ports import House
from records.errors import RecordsError
from records.journal import Journal
from records.stores.presence import PresenceStore

log = logging.getLogger(__name__)

OFF_DUTY = frozenset({Presence.AWAY.word})


PATIENCE = 3.0
"""Seconds for the database to take what the service before us has left in its spool: duty may be in it."""


async def resume_duty(house: House, store: PresenceStore, journal: Journal) -> None:
    """Put the clerks where the journal saw them last today, unless they have come by themselves since."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await journal.flush()
    floor, hall, now = house.floor, house.hall(), house.clock.now()
    floor.hall_changed()
    here = {clerk.person for clerk in floor.clerks() if clerk.presence is not Presence.AWAY}
    zone = ZoneInfo(hall.timezone)
    try:
        standing = await store.standing()
    except RecordsError as away:
        log.error("who was on duty is not known: %s", away)
        return
    for clerk, seen in standing.items():
        today = seen.at.astimezone(zone).date() == now.astimezone(zone).date()
        if not today or clerk in here or seen.presence in OFF_DUTY:
            continue
        try:
            floor.log_on(clerk)
            if seen.presence == Presence.PAUSED.word:
                floor.pause(clerk)
        except NotAClerk:
            continue  # no longer one, by the directory of today
