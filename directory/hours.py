"""When the hall is open, when it opens next, and what "four office hours from now" means.

Opening hours are local wall-clock times of the hall's time zone; everything is compared and added in UTC,
so that the nights of the clock change cost nobody an hour. Public holidays come from `holidays` (24 December
is one in Poland since 2025), closure days from the hall, and from a unit for itself alone. An opening is half-open:
at 15.30 sharp a hall that closes at 15.30 is closed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from directory.model import Hall, Unit

HORIZON = timedelta(days=400)
"""No hall is closed for longer than this."""


class NeverOpens(LookupError):
    """The hall does not open within 400 days: its hours are wrong, which `directory.validate` finds."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of time in which the hall is open; both ends in UTC."""

    opens: datetime
    closes: datetime


def is_open(hall: Hall, at: datetime, *, unit: Unit | None = None) -> bool:
    """Tell whether the hall (or that unit of it) is open at that moment."""
    return closing_time(hall, at, unit=unit) is not None


def closing_time(hall: Hall, at: datetime, *, unit: Unit | None = None) -> datetime | None:
    """Return when the present opening ends, in the hall's time zone; None if it is closed now."""
    opening = _opening(hall, unit, _local_day(hall, at))
    if opening is None or not opening.opens <= at < opening.closes:
        return None
    return opening.closes.astimezone(_zone(hall))


def next_opening(hall: Hall, at: datetime, *, unit: Unit | None = None) -> datetime:
    """Return the first moment after `at` when it opens, in the hall's time zone.

    While it is open, that is the next day's opening. Raises NeverOpens.
    """
    for opening in _openings(hall, unit, at):
        if opening.opens > at:
            return opening.opens.astimezone(_zone(hall))
    raise NeverOpens(f"{hall.name}: no opening within {HORIZON.days} days of {at:%Y-%m-%d}")


def add_office_hours(hall: Hall, start: datetime, hours: float, *, unit: Unit | None = None) -> datetime:
    """Return the moment when `hours` of opening time have gone by since `start`, in the hall's time zone.

    The clock stands still while the hall is closed; a span that ends at closing time ends that day.
    Raises NeverOpens.
    """
    left = timedelta(hours=hours)
    for opening in _openings(hall, unit, start):
        begins = max(opening.opens, start.astimezone(UTC))
        if begins + left <= opening.closes:
            return (begins + left).astimezone(_zone(hall))
        left -= opening.closes - begins
    raise NeverOpens(f"{hall.name}: {hours:g} office hours do not fit into {HORIZON.days} days")


def is_working_day(hall: Hall, day: date) -> bool:
    """Tell whether that day is neither a public holiday nor one of the hall's own closure days."""
    return day not in hall.closed_on and day not in _public_holidays(day.year)


def _openings(hall: Hall, unit: Unit | None, since: datetime) -> Iterator[Opening]:
    """Yield openings that end after `since`, in order, up to the horizon."""
    first = _local_day(hall, since)
    for days in range(HORIZON.days + 1):
        opening = _opening(hall, unit, first + timedelta(days=days))
        if opening and opening.closes > since:
            yield opening


def _opening(hall: Hall, unit: Unit | None, day: date) -> Opening | None:
    """Return the opening of that local day, or None if it is closed all day."""
    week = unit.week if unit and unit.week else hall.week
    hours = week.days.get(day.isoweekday())
    if hours is None or not is_working_day(hall, day) or (unit and day in unit.closed_on):
        return None
    zone = _zone(hall)
    opens = datetime.combine(day, hours.opens, zone).astimezone(UTC)
    closes = datetime.combine(day, hours.closes, zone).astimezone(UTC)
    return Opening(opens, closes) if opens < closes else None


def _local_day(hall: Hall, at: datetime) -> date:
    """Return the hall's calendar day of a moment."""
    if at.tzinfo is None:
        raise ValueError(f"a moment needs its time zone, and {at.isoformat()} has none")
    return at.astimezone(_zone(hall)).date()


def _zone(hall: Hall) -> ZoneInfo:
    """Return the hall's time zone (ZoneInfo keeps its own cache)."""
    return ZoneInfo(hall.timezone)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of Poland in one year."""
    return frozenset(_poland()(years=year))


@cache
def _poland() -> Callable[..., Iterable[date]]:
    """The one country of `holidays` that we need, read from its own file.

    Asked for in the usual way, the package imports all of its three hundred countries first: a third of a second in
    the middle of somebody's call, and 8 MiB for ever.
    """
    path = Path(holidays.__file__).with_name("countries") / "poland.py"
    spec = spec_from_file_location("directory.holidays_of_poland", path)
    assert spec is not None, path
    assert spec.loader is not None, path
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    country: Callable[..., Iterable[date]] = module.Poland
    return country
