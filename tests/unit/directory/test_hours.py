"""Opening hours: holidays, the clock change, and time that only runs while the hall is open."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.hours import NeverOpens, add_office_hours, closing_time, is_open, is_working_day, next_opening
from directory.model import Hours, Week
from tests.unit.directory.halls import REGISTRY, WARSAW, hall_of, moment, unit

HALL = hall_of()
NEVER = hall_of(week=Week({}))
NIGHTS = hall_of(week=Week({day: Hours(time(1), time(4)) for day in range(1, 8)}), closed_on=frozenset())

moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2031, 12, 31)).map(
    lambda naive: naive.replace(tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("at", "open_then"),
    [
        ("2026-11-24 07:59:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-24 16:59:59", True),
        ("2026-11-24 17:00", False),
        ("2026-11-25 15:29", True),
        ("2026-11-25 15:30", False),
        ("2026-11-28 10:00", False),
        ("2026-11-29 10:00", False),
        ("2026-11-11 10:00", False),
        ("2026-12-24 10:00", False),
        ("2024-12-24 10:00", True),
        ("2026-12-25 10:00", False),
        ("2027-03-29 10:00", False),
        ("2027-01-06 10:00", False),
    ],
)
def test_open_or_closed(at: str, open_then: bool) -> None:
    assert is_open(HALL, moment(at)) is open_then


def test_christmas_eve_is_a_public_holiday_since_2025() -> None:
    assert is_working_day(HALL, date(2024, 12, 24))
    assert not is_working_day(HALL, date(2025, 12, 24))
    assert not is_working_day(HALL, date(2026, 12, 24))


def test_the_halls_own_closure_days() -> None:
    closed = replace(HALL, closed_on=frozenset({date(2026, 11, 24)}))

    assert not is_open(closed, moment("2026-11-24 10:00"))
    assert next_opening(closed, moment("2026-11-23 16:00")) == moment("2026-11-25 08:00")


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-24 07:00", "2026-11-24 08:00"),
        ("2026-11-24 08:00", "2026-11-25 08:00"),
        ("2026-11-24 12:00", "2026-11-25 08:00"),
        ("2026-11-27 15:30", "2026-11-30 08:00"),
        ("2026-12-23 18:00", "2026-12-28 08:00"),
        ("2027-03-26 18:00", "2027-03-30 08:00"),
        ("2026-10-23 20:00", "2026-10-26 08:00"),
    ],
)
def test_the_next_opening(at: str, opens: str) -> None:
    found = next_opening(HALL, moment(at))

    assert found == moment(opens)
    assert found.tzinfo == WARSAW


def test_a_unit_may_keep_hours_of_its_own() -> None:
    late = unit(REGISTRY, week=Week({4: Hours(time(12), time(18))}))

    assert is_open(HALL, moment("2026-11-26 17:00"), unit=late)
    assert not is_open(HALL, moment("2026-11-26 10:00"), unit=late)
    assert is_open(HALL, moment("2026-11-26 10:00"), unit=unit(REGISTRY))
    assert next_opening(HALL, moment("2026-11-26 17:00"), unit=late) == moment("2026-12-03 12:00")


def test_when_it_closes() -> None:
    assert closing_time(HALL, moment("2026-11-24 10:00")) == moment("2026-11-24 17:00")
    assert closing_time(HALL, moment("2026-11-24 20:00")) is None


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-24 10:00", 4, "2026-11-24 14:00"),
        ("2026-11-25 11:30", 4, "2026-11-25 15:30"),
        ("2026-11-25 12:00", 4, "2026-11-26 08:30"),
        ("2026-11-24 22:00", 4, "2026-11-25 12:00"),
        ("2026-11-27 15:00", 4, "2026-11-30 11:30"),
        ("2026-12-23 15:00", 1, "2026-12-28 08:30"),
        ("2026-10-23 15:00", 1, "2026-10-26 08:30"),
        ("2026-11-24 10:00", 20, "2026-11-26 13:30"),
        ("2026-11-24 10:00", 0, "2026-11-24 10:00"),
        ("2026-11-24 20:00", 0, "2026-11-25 08:00"),
    ],
)
def test_office_hours_run_only_while_the_hall_is_open(start: str, hours: float, due: str) -> None:
    assert add_office_hours(HALL, moment(start), hours) == moment(due)


def test_the_night_that_has_three_hours_but_two_on_the_clock() -> None:
    spring, autumn = date(2027, 3, 28), date(2026, 10, 25)
    assert not is_working_day(NIGHTS, spring), "Easter Sunday: all of Poland is closed"
    plain = closing_time(NIGHTS, moment("2026-10-27 01:30"))
    long_night = datetime.combine(autumn, time(1), WARSAW)
    closes = closing_time(NIGHTS, long_night)

    assert plain == moment("2026-10-27 04:00")
    assert closes is not None
    assert closes.astimezone(UTC) - long_night.astimezone(UTC) == timedelta(hours=4)
    assert add_office_hours(NIGHTS, long_night, 4) == closes


def test_a_hall_that_never_opens_is_an_error_and_no_endless_search() -> None:
    assert not is_open(NEVER, moment("2026-11-24 10:00"))
    with pytest.raises(NeverOpens):
        next_opening(NEVER, moment("2026-11-24 10:00"))
    with pytest.raises(NeverOpens):
        add_office_hours(NEVER, moment("2026-11-24 10:00"), 1)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(HALL, datetime(2026, 11, 24, 10))


@given(moments)
def test_the_next_opening_is_the_first_moment_at_which_it_opens(at: datetime) -> None:
    opens = next_opening(HALL, at)

    assert opens > at
    assert is_open(HALL, opens)
    assert not is_open(HALL, opens.astimezone(UTC) - timedelta(microseconds=1))
    assert is_working_day(HALL, opens.date())
    assert opens.time() == time(8)


@given(moments)
def test_closed_until_the_next_opening(at: datetime) -> None:
    assume(not is_open(HALL, at))
    between = at + (next_opening(HALL, at) - at) / 2

    assert not is_open(HALL, between)


@given(moments, st.floats(min_value=0, max_value=0.999))
def test_open_until_it_closes(before: datetime, share: float) -> None:
    opens = next_opening(HALL, before)
    closes = closing_time(HALL, opens)
    assert closes is not None
    at = opens + (closes - opens) * share

    assert is_open(HALL, at)
    assert closing_time(HALL, at) == closes
    assert is_open(HALL, closes.astimezone(UTC) - timedelta(microseconds=1))
    assert not is_open(HALL, closes)


@given(moments, st.floats(min_value=0.1, max_value=60), st.floats(min_value=0.1, max_value=60))
def test_office_hours_add_up(at: datetime, some: float, more: float) -> None:
    once = add_office_hours(HALL, at, some + more)
    twice = add_office_hours(HALL, add_office_hours(HALL, at, some), more)

    assert abs((once - twice).total_seconds()) < 1 or not is_open(HALL, min(once, twice))


@given(moments, st.floats(min_value=0.1, max_value=60))
def test_a_due_time_is_never_outside_office_hours(at: datetime, hours: float) -> None:
    due = add_office_hours(HALL, at, hours)

    assert due >= at + timedelta(hours=hours) - timedelta(milliseconds=1)
    assert is_open(HALL, due.astimezone(UTC) - timedelta(microseconds=1))
    assert is_working_day(HALL, due.date())
