"""Times and days as an English voice says them: a clock of twelve hours, and the part of the day in words.

"a.m." and "p.m." would end in a pause, which our renderer makes after every full stop: so it is "eight in the morning".
"""

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names
from num2words import num2words

WARSAW = ZoneInfo("Europe/Warsaw")
_WEEKDAYS = get_day_names("wide", locale="en")
_MONTHS = get_month_names("wide", locale="en")
_NAMED_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_YEAR_IS_CLEAR = timedelta(days=183)


def weekday_name(weekday: int) -> str:
    """The name of an ISO weekday: 1 is Monday."""
    return str(_WEEKDAYS[weekday - 1])


def time_of_day(at: time) -> str:
    """Say an hour: "three thirty in the afternoon", "noon". Seconds are left out."""
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    part = "in the morning" if at.hour < 12 else "in the afternoon" if at.hour < 18 else "in the evening"
    return f"{_clock(at)} {part}"


def day(when: date, today: date) -> str:
    """Say on which day: "today", "tomorrow", or "on Tuesday, the twenty-fourth of November".

    The year is said only where it may be doubted: more than half a year away.
    """
    distance = (when - today).days
    if distance in _NAMED_DAYS:
        return _NAMED_DAYS[distance]
    spoken = f"on {weekday_name(when.isoweekday())}, the {_ordinal(when.day)} of {_MONTHS[when.month]}"
    if abs(when - today) > _YEAR_IS_CLEAR:
        return f"{spoken}, {num2words(when.year, to='year', lang='en')}"
    return spoken


def until(when: datetime, now: datetime, zone: tzinfo = WARSAW) -> str:
    """Say day and hour of a promise: "tomorrow by noon".

    Midnight belongs to the day that ends then.
    """
    local, today = _local(when, now, zone)
    on = local.date()
    if (local.hour, local.minute) == (0, 0):
        on -= timedelta(days=1)
    return _joined(day(on, today), f"by {time_of_day(local.time())}")


def moment(when: datetime, now: datetime, zone: tzinfo = WARSAW) -> str:
    """Say day and hour of what happens then: "tomorrow at eight in the morning"."""
    local, today = _local(when, now, zone)
    return _joined(day(local.date(), today), f"at {time_of_day(local.time())}")


def _local(when: datetime, now: datetime, zone: tzinfo) -> tuple[datetime, date]:
    if when.tzinfo is None or now.tzinfo is None:
        raise ValueError("a moment without a timezone cannot be spoken")
    return when.astimezone(zone), now.astimezone(zone).date()


def _joined(on: str, at: str) -> str:
    return f"{on}, {at}" if "," in on else f"{on} {at}"


def _clock(at: time) -> str:
    hour = str(num2words((at.hour - 1) % 12 + 1, lang="en"))
    if at.minute == 0:
        return hour
    return f"{hour} {'oh ' if at.minute < 10 else ''}{num2words(at.minute, lang='en')}"


def _ordinal(number: int) -> str:
    return str(num2words(number, to="ordinal", lang="en"))
