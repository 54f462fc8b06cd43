"""Times, days and lengths of time as Polish words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.spoken.pl import At, Case, day, duration, moment, time_of_day

TODAY = date(2026, 11, 22)
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("at", "form", "words"),
    [
        (time(8), At.AT, "o ósmej"),
        (time(8), At.NAME, "ósma"),
        (time(8), At.FROM, "od ósmej"),
        (time(15, 30), At.AT, "o piętnastej trzydzieści"),
        (time(15, 30), At.UNTIL, "do piętnastej trzydzieści"),
        (time(12), At.UNTIL_HOUR, "do godziny dwunastej"),
        (time(9, 15), At.AT_HOUR, "o godzinie dziewiątej piętnaście"),
        (time(2), At.AT, "o drugiej"),
        (time(3, 5), At.NAME, "trzecia zero pięć"),
        (time(21, 21), At.FROM, "od dwudziestej pierwszej dwadzieścia jeden"),
        (time(23, 59, 59), At.UNTIL, "do dwudziestej trzeciej pięćdziesiąt dziewięć"),
        (time(0), At.NAME, "północ"),
        (time(0), At.AT, "o północy"),
        (time(0), At.UNTIL_HOUR, "do północy"),
        (time(0, 30), At.AT, "o zero trzydzieści"),
    ],
)
def test_time_of_day(at: time, form: At, words: str) -> None:
    assert time_of_day(at, form) == words


@given(st.times(), st.sampled_from(At))
def test_every_minute_of_the_day_has_words(at: time, form: At) -> None:
    words = time_of_day(at, form)
    assert words.startswith(form.value.split(" ", maxsplit=1)[0])
    assert words == words.strip()
    assert not any(sign.isdigit() for sign in words)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2026, 11, 21), "wczoraj"),
        (TODAY, "dzisiaj"),
        (date(2026, 11, 23), "jutro"),
        (date(2026, 11, 24), "we wtorek, dwudziestego czwartego listopada"),
        (date(2026, 11, 25), "w środę, dwudziestego piątego listopada"),
        (date(2026, 12, 1), "we wtorek, pierwszego grudnia"),
        (date(2027, 1, 2), "w sobotę, drugiego stycznia"),
        (date(2026, 11, 20), "w piątek, dwudziestego listopada"),
        (date(2027, 9, 1), "w środę, pierwszego września dwa tysiące dwudziestego siódmego roku"),
    ],
)
def test_day(when: date, words: str) -> None:
    assert day(when, TODAY) == words


@given(st.dates(date(2024, 1, 1), date(2098, 12, 31)))
def test_every_date_has_words(when: date) -> None:
    assert not any(sign.isdigit() for sign in day(when, TODAY))


@pytest.mark.parametrize(
    ("when", "form", "words"),
    [
        (
            datetime(2026, 11, 22, 15, 30, tzinfo=WARSAW),
            At.UNTIL_HOUR,
            "dzisiaj do godziny piętnastej trzydzieści",
        ),
        (datetime(2026, 11, 23, 12, 0, tzinfo=WARSAW), At.UNTIL_HOUR, "jutro do godziny dwunastej"),
        (datetime(2026, 11, 23, 8, 0, tzinfo=WARSAW), At.AT, "jutro o ósmej"),
        (
            datetime(2026, 11, 24, 12, 0, tzinfo=WARSAW),
            At.UNTIL_HOUR,
            "we wtorek, dwudziestego czwartego listopada, do godziny dwunastej",
        ),
        (datetime(2026, 11, 24, 0, 0, tzinfo=WARSAW), At.UNTIL_HOUR, "jutro do północy"),
    ],
)
def test_moment(when: datetime, form: At, words: str) -> None:
    assert moment(when, NOW, form) == words


def test_a_moment_is_said_in_the_halls_zone_whatever_zone_it_comes_in() -> None:
    assert moment(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), NOW, At.AT) == "jutro o zero trzydzieści"


def test_across_the_end_of_summer_time_the_wall_clock_is_said() -> None:
    evening = datetime(2026, 10, 24, 20, 0, tzinfo=WARSAW)
    assert moment(datetime(2026, 10, 25, 7, 0, tzinfo=UTC), evening, At.AT) == "jutro o ósmej"
    assert moment(datetime(2026, 10, 24, 6, 0, tzinfo=UTC), evening, At.AT) == "dzisiaj o ósmej"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        moment(datetime(2026, 11, 23, 8, 0), NOW)


@pytest.mark.parametrize(
    ("length", "nominative", "accusative"),
    [
        (timedelta(), "zero sekund", "zero sekund"),
        (timedelta(seconds=1), "jedna sekunda", "jedną sekundę"),
        (timedelta(seconds=22), "dwadzieścia dwie sekundy", "dwadzieścia dwie sekundy"),
        (timedelta(seconds=59.6), "jedna minuta", "jedną minutę"),
        (timedelta(seconds=130), "dwie minuty", "dwie minuty"),
        (timedelta(minutes=5), "pięć minut", "pięć minut"),
        (timedelta(hours=1), "jedna godzina", "jedną godzinę"),
        (timedelta(hours=1, minutes=1), "jedna godzina i jedna minuta", "jedną godzinę i jedną minutę"),
        (timedelta(hours=4), "cztery godziny", "cztery godziny"),
        (timedelta(hours=26, minutes=15), "dwadzieścia sześć godzin i piętnaście minut", ""),
    ],
)
def test_duration(length: timedelta, nominative: str, accusative: str) -> None:
    assert duration(length) == nominative
    assert duration(length, Case.IN) == (accusative or nominative)


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        duration(timedelta(seconds=-5))
