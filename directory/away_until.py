"""How long somebody is away, as they say it in a few words or keys: today, until an hour, until a day, some days.

Pure: what was meant becomes a beginning, an end and the moment of coming back, or a reason why it cannot be. The hours
are those of the person's unit: who is away until half past four where the unit works until four is back the next
morning, and who comes back on a Saturday is back on Monday.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from directory.hours import closing_time, next_opening
from directory.model import Hall, Unit

FURTHEST = timedelta(days=183)
"""Half a year: a day that is further away was more likely mistyped."""
MOST_DAYS = 9
"""Working days that one key can say."""

_HOUR = re.compile(r"(\d{1,2}?)(\d{2})?")
_DAY = re.compile(r"(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Away:
    """From `begins` until before `ends`, and `back` at the next opening if that is not the end itself."""

    begins: datetime
    ends: datetime
    back: datetime | None = None

    @property
    def reachable(self) -> datetime:
        """When they can be reached again."""
        return self.back or self.ends


class Unclear(Enum):
    """Why nobody can be away for so long."""

    NOT_UNDERSTOOD = "not_understood"
    """These keys are no hour, or no day of the calendar."""
    PAST = "past"
    """That hour is over; or the day is, or is more than half a year away."""
    CLOSED = "closed"
    """The unit does not work in that time anyway."""


def rest_of_today(hall: Hall, unit: Unit, now: datetime) -> Away | Unclear:
    """Away until the unit closes today; `CLOSED` on a day without work, and after closing time."""
    at = _at_work(hall, unit, now)
    if at.date() != _local(hall, now).date():
        return Unclear.CLOSED
    return _until_closing(hall, unit, now, at)


def until_hour(hall: Hall, unit: Unit, now: datetime, keys: str) -> Away | Unclear:
    """Away until an hour of today, keyed in as HHMM, HMM, HH or H."""
    hour = _hour(keys)
    if hour is None:
        return Unclear.NOT_UNDERSTOOD
    today = _local(hall, now)
    ends = datetime.combine(today.date(), hour, today.tzinfo)
    if ends <= now:
        return Unclear.PAST
    at = _at_work(hall, unit, now)
    if at >= ends or at.date() != today.date():
        return Unclear.CLOSED
    closes = closing_time(hall, at, unit=unit)
    if closes is not None and ends >= closes:
        return _until_closing(hall, unit, now, at)
    return Away(now, ends)


def until_day(hall: Hall, unit: Unit, now: datetime, keys: str) -> Away | Unclear:
    """Away until the first day at work again, keyed in as DDMM: the next such day there is."""
    today = _local(hall, now).date()
    day = _next_day(keys, today)
    if day is None:
        return Unclear.NOT_UNDERSTOOD
    if day == today or day - today > FURTHEST:
        return Unclear.PAST
    midnight = datetime.combine(day, time(), ZoneInfo(hall.timezone))
    back = next_opening(hall, midnight - timedelta(seconds=1), unit=unit)
    if _at_work(hall, unit, now) >= back:
        return Unclear.CLOSED
    return Away(now, back)


def for_days(hall: Hall, unit: Unit, now: datetime, days: int) -> Away:
    """Away for so many working days of the unit; today is the first, if it still works today."""
    at = _at_work(hall, unit, now)
    for _ in range(days - 1):
        at = next_opening(hall, at, unit=unit)
    return _until_closing(hall, unit, now, at)


def _until_closing(hall: Hall, unit: Unit, now: datetime, at: datetime) -> Away:
    """Away from now until the end of the opening that holds at that moment, and back at the one after it."""
    closes = closing_time(hall, at, unit=unit)
    assert closes is not None, "the unit is open at that moment"
    return Away(now, closes, next_opening(hall, at, unit=unit))


def _at_work(hall: Hall, unit: Unit, now: datetime) -> datetime:
    """Now if the unit works, or else when it does next, in the hall's time zone."""
    if closing_time(hall, now, unit=unit) is not None:
        return _local(hall, now)
    return next_opening(hall, now, unit=unit)


def _hour(keys: str) -> time | None:
    found = _HOUR.fullmatch(keys)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _next_day(keys: str, today: date) -> date | None:
    """The next day of the calendar that these keys can mean, today included."""
    found = _DAY.fullmatch(keys)
    if found is None:
        return None
    days = (_date(today.year + ahead, int(found[2]), int(found[1])) for ahead in (0, 1))
    return next((day for day in days if day is not None and day >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _local(hall: Hall, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(hall.timezone))
