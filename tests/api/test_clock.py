"""The two clocks: the system's, and one that is set and runs on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.clock import SetClock, SystemClock

WARSAW = ZoneInfo("Europe/Warsaw")


def test_the_system_clock_knows_its_zone() -> None:
    assert SystemClock().now().tzinfo == WARSAW


def test_a_set_clock_starts_where_it_was_set_and_runs_on() -> None:
    seconds = [100.0]
    clock = SetClock(datetime(2026, 11, 24, 10, tzinfo=WARSAW), elapsed=lambda: seconds[0])
    assert clock.now() == datetime(2026, 11, 24, 10, tzinfo=WARSAW)
    seconds[0] += 90
    assert clock.now() == datetime(2026, 11, 24, 10, 1, 30, tzinfo=WARSAW)


def test_a_set_clock_runs_through_the_end_of_summer_time() -> None:
    seconds = [0.0]
    begun = datetime(2026, 10, 25, 1, 30, tzinfo=WARSAW)
    clock = SetClock(begun, elapsed=lambda: seconds[0])
    seconds[0] = timedelta(hours=2).total_seconds()
    # 1.30 summer time, an hour to 2.30, and at 3.00 the clocks go back to 2.00.
    assert clock.now().isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_clock_is_not_set_to_half_a_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SetClock(datetime(2026, 11, 24, 10))
