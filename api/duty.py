"""Who was on duty when the service stopped is on duty when it starts again: a clerk need not notice a restart.

Only within one day: nobody is put on duty in the morning because they forgot to log off the night before.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from callflows.floor.ports import Floor, NotAClerk
from callflows.floor.presence import Presence
from directory.model import Hall
from records.stores.presence import PresenceStore

OFF_DUTY = frozenset({Presence.AWAY.word})


async def resume_duty(floor: Floor, store: PresenceStore, hall: Hall, now: datetime) -> int:
    """Put the clerks where the journal saw them last today; return how many are on duty."""
    zone, resumed = ZoneInfo(hall.timezone), 0
    for clerk, seen in (await store.standing()).items():
        today = seen.at.astimezone(zone).date() == now.astimezone(zone).date()
        if not today or seen.presence in OFF_DUTY:
            continue
        try:
            floor.log_on(clerk)
            if seen.presence == Presence.PAUSED.word:
                floor.pause(clerk)
        except NotAClerk:
            continue  # no longer one, by the directory of today
        resumed += 1
    return resumed
