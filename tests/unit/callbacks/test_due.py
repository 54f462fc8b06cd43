"""Until when a promise is to be kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.due import due_time
from directory.hours import add_office_hours, is_open
from directory.model import LinePolicy
from tests.unit.directory.halls import hall_of, moment
from tests.unit.directory.test_hours import moments

HALL = hall_of()


@pytest.mark.parametrize(
    ("made", "due"),
    [
        ("2026-11-24 10:00:00", "2026-11-24 14:00"),
        ("2026-11-24 10:00:01", "2026-11-24 14:05"),
        ("2026-11-24 10:02:30", "2026-11-24 14:05"),
        ("2026-11-25 11:27:10", "2026-11-25 15:30"),
        ("2026-11-25 11:30:00", "2026-11-25 15:30"),
        ("2026-11-25 11:31:00", "2026-11-26 08:05"),
        ("2026-11-24 22:13:00", "2026-11-25 12:00"),
        ("2026-11-27 15:00:00", "2026-11-30 11:30"),
        ("2026-12-23 14:00:00", "2026-12-28 10:30"),
    ],
)
def test_four_office_hours_from_now_at_a_time_that_can_be_said(made: str, due: str) -> None:
    assert due_time(HALL, moment(made)) == moment(due)


@given(moments, st.floats(min_value=0.25, max_value=40))
def test_a_promise_can_always_be_kept_and_is_never_shortened(made: datetime, hours: float) -> None:
    hall = replace(HALL, policy=LinePolicy(callback_hours=hours))
    exact = add_office_hours(hall, made, hours)

    due = due_time(hall, made)

    assert exact <= due < exact + timedelta(minutes=5)
    assert due.minute % 5 == 0
    assert is_open(hall, due.astimezone(UTC) - timedelta(microseconds=1))
