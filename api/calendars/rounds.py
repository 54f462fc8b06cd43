"""Reading everybody's calendar again and again, one after the other, beside the calls and in nobody's way."""

import asyncio
import logging

from api.office.calendars import CalendarDesk
from records.errors import RecordsError
from records.pauses import rest

log = logging.getLogger(__name__)


async def read_calendars(desk: CalendarDesk, every: float) -> None:
    """Read every calendar each so many seconds, until cancelled."""
    while True:
        try:
            await one_round(desk)
        except RecordsError as away:
            log.warning("calendars are not read now: %s", away)
        await rest(every, asyncio.Event())


async def one_round(desk: CalendarDesk) -> dict[str, str]:
    """Read every calendar once; return the trouble of each that has some, by its person. Raises RecordsError."""
    troubles = {}
    for calendar in await desk.store.all():
        if trouble := await desk.read(calendar):
            troubles[str(calendar.person)] = trouble
    if troubles:
        log.warning("calendars of %d people cannot be read; `halo check` tells which", len(troubles))
    return troubles
