"""Times and days in English."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.spoken.en import day, moment, time_of_day, until

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(8), "eight in the morning"),
        (time(8, 5), "eight oh five in the morning"),
        (time(15, 30), "three thirty in the afternoon"),
        (time(17, 45), "five forty-five in the afternoon"),
        (time(18), "six in the evening"),
        (time(0, 10), "twelve ten in the morning"),
        (time(12), "noon"),
        (time(12, 30), "twelve thirty in the afternoon"),
        (time(0), "midnight"),
    ],
)
def test_time_of_day(at: time, words: str) -> None:
    assert time_of_day(at) == words


@given(st.times())
def test_no_hour_has_a_full_stop_or_a_figure(at: time) -> None:
    """Our renderer pauses after a full stop."""
    said = time_of_day(at)
    assert "." not in said
    assert not any(sign.isdigit() for sign in said)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2026, 11, 23), "yesterday"),
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 11, 30), "on Monday, the thirtieth of November"),
        (date(2026, 12, 3), "on Thursday, the third of December"),
        (date(2027, 12, 1), "on Wednesday, the first of December, twenty twenty-seven"),
    ],
)
def test_day(when: date, words: str) -> None:
    assert day(when, NOW.date()) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 11, 24, 14, 0, tzinfo=WARSAW), "today by two in the afternoon"),
        (datetime(2026, 11, 25, 12, 0, tzinfo=WARSAW), "tomorrow by noon"),
        (datetime(2026, 11, 26, 0, 0, tzinfo=WARSAW), "tomorrow by midnight"),
        (
            datetime(2026, 12, 1, 9, 30, tzinfo=WARSAW),
            "on Tuesday, the first of December, by nine thirty in the morning",
        ),
        (datetime(2026, 11, 24, 13, 0, tzinfo=UTC), "today by two in the afternoon"),
    ],
)
def test_until(due: datetime, words: str) -> None:
    assert until(due, NOW) == words


def test_moment() -> None:
    assert moment(NOW + timedelta(hours=22), NOW) == "tomorrow at eight in the morning"


def test_a_moment_needs_its_zone() -> None:
    for say in (until, moment):
        with pytest.raises(ValueError, match="timezone"):
            say(datetime(2026, 11, 24, 14, 0), NOW)
