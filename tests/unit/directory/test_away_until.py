"""How long somebody is away: what keys and choices mean on a clock and a calendar of the hall."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.absence import Absence, AbsenceId
from directory.away_until import MOST_DAYS, Away, Unclear, for_days, rest_of_today, until_day, until_hour
from directory.deputies import stands_in
from directory.hours import is_open, next_opening
from directory.live import NOTHING_KNOWN, Known
from directory.model import Hall, Hours, PersonId, Week
from tests.flows.town import ANNA, DEL, EWA, PIOTR, TOWN, TUESDAY_TEN, WARSAW

UNIT = TOWN.units[DEL]


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WARSAW)


TEN, EARLY, EVENING = TUESDAY_TEN, at(24, 7), at(24, 16)
SATURDAY, FRIDAY_EVENING = at(28, 10), at(27, 16)
WEDNESDAY_EIGHT = at(25, 8)


@pytest.mark.parametrize(
    ("now", "meant"),
    [
        (TEN, Away(TEN, at(24, 15, 30), WEDNESDAY_EIGHT)),
        (EARLY, Away(EARLY, at(24, 15, 30), WEDNESDAY_EIGHT)),
        (at(27, 10), Away(at(27, 10), at(27, 15, 30), at(30, 8))),
        (at(23, 10, month=12), Away(at(23, 10, month=12), at(23, 15, 30, 12), at(28, 8, month=12))),
        (at(24, 15, 30), Unclear.CLOSED),
        (EVENING, Unclear.CLOSED),
        (SATURDAY, Unclear.CLOSED),
        (at(25, 10, month=12), Unclear.CLOSED),
    ],
)
def test_until_the_end_of_today(now: datetime, meant: Away | Unclear) -> None:
    """Back at the next opening: over a week-end, and over the holidays from Christmas Eve on."""
    assert rest_of_today(TOWN, UNIT, now) == meant


@pytest.mark.parametrize(
    ("now", "keys", "meant"),
    [
        (TEN, "1430", Away(TEN, at(24, 14, 30))),
        (TEN, "1001", Away(TEN, at(24, 10, 1))),
        (TEN, "14", Away(TEN, at(24, 14))),
        (at(24, 8, 5), "930", Away(at(24, 8, 5), at(24, 9, 30))),
        (at(24, 8, 5), "9", Away(at(24, 8, 5), at(24, 9))),
        (EARLY, "1200", Away(EARLY, at(24, 12))),
        (TEN, "1530", Away(TEN, at(24, 15, 30), WEDNESDAY_EIGHT)),
        (TEN, "1800", Away(TEN, at(24, 15, 30), WEDNESDAY_EIGHT)),
        (TEN, "1000", Unclear.PAST),
        (TEN, "0930", Unclear.PAST),
        (EARLY, "0730", Unclear.CLOSED),
        (EARLY, "0800", Unclear.CLOSED),
        (EVENING, "1700", Unclear.CLOSED),
        (SATURDAY, "1200", Unclear.CLOSED),
        (TEN, "2460", Unclear.NOT_UNDERSTOOD),
        (TEN, "2400", Unclear.NOT_UNDERSTOOD),
        (TEN, "", Unclear.NOT_UNDERSTOOD),
        (TEN, "14301", Unclear.NOT_UNDERSTOOD),
    ],
)
def test_until_an_hour_of_today(now: datetime, keys: str, meant: Away | Unclear) -> None:
    """An hour after closing time is the end of today's work."""
    assert until_hour(TOWN, UNIT, now, keys) == meant


@pytest.mark.parametrize(
    ("now", "keys", "meant"),
    [
        (TEN, "2511", Away(TEN, WEDNESDAY_EIGHT)),
        (TEN, "2811", Away(TEN, at(30, 8))),
        (TEN, "0101", Away(TEN, at(4, 8, month=1, year=2027))),
        (TEN, "2411", Unclear.PAST),
        (TEN, "2311", Unclear.PAST),
        (TEN, "2505", Away(TEN, at(25, 8, month=5, year=2027))),
        (TEN, "2705", Unclear.PAST),
        (FRIDAY_EVENING, "3011", Unclear.CLOSED),
        (FRIDAY_EVENING, "2911", Unclear.CLOSED),
        (FRIDAY_EVENING, "0112", Away(FRIDAY_EVENING, at(1, 8, month=12))),
        (TEN, "3002", Unclear.NOT_UNDERSTOOD),
        (TEN, "0000", Unclear.NOT_UNDERSTOOD),
        (TEN, "1113", Unclear.NOT_UNDERSTOOD),
        (TEN, "251", Unclear.NOT_UNDERSTOOD),
        (TEN, "", Unclear.NOT_UNDERSTOOD),
        (at(10, 10, month=1, year=2028), "2902", Away(at(10, 10, month=1, year=2028), at(29, 8, 0, 2, 2028))),
    ],
)
def test_until_a_day(now: datetime, keys: str, meant: Away | Unclear) -> None:
    """The day is the first one at work again, and moves to the next opening where nobody works on it."""
    assert until_day(TOWN, UNIT, now, keys) == meant


@pytest.mark.parametrize(
    ("now", "days", "ends", "back"),
    [
        (TEN, 1, at(24, 15, 30), WEDNESDAY_EIGHT),
        (TEN, 4, at(27, 15, 30), at(30, 8)),
        (TEN, 5, at(30, 15, 30), at(1, 8, month=12)),
        (EVENING, 1, at(25, 15, 30), at(26, 8)),
        (SATURDAY, 2, at(1, 15, 30, 12), at(2, 8, month=12)),
        (at(22, 9, month=12), 3, at(28, 15, 30, 12), at(29, 8, month=12)),
    ],
)
def test_for_some_working_days(now: datetime, days: int, ends: datetime, back: datetime) -> None:
    assert for_days(TOWN, UNIT, now, days) == Away(now, ends, back)


def test_the_hours_are_those_of_the_persons_unit() -> None:
    evenings = replace(UNIT, week=Week({2: Hours(time(9), time(18)), 4: Hours(time(9), time(18))}))
    assert until_hour(TOWN, evenings, TEN, "1700") == Away(TEN, at(24, 17))
    assert rest_of_today(TOWN, evenings, TEN) == Away(TEN, at(24, 18), at(26, 9))
    assert rest_of_today(TOWN, evenings, at(25, 10)) is Unclear.CLOSED


def test_days_on_which_the_hall_is_closed_are_no_working_days() -> None:
    closed = replace(TOWN, closed_on=frozenset({date(2026, 11, 25)}))
    assert for_days(closed, UNIT, TEN, 2) == Away(TEN, at(26, 15, 30), at(27, 8))
    assert until_day(closed, UNIT, TEN, "2511") == Away(TEN, at(26, 8))


def test_so_are_days_on_which_the_unit_alone_is_closed() -> None:
    unit = replace(UNIT, closed_on=frozenset({date(2026, 11, 25)}))
    assert rest_of_today(TOWN, unit, TEN) == Away(TEN, at(24, 15, 30), at(26, 8))
    assert rest_of_today(TOWN, unit, at(25, 9)) is Unclear.CLOSED


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(WARSAW)),
    keys=st.from_regex(r"[0-9]{0,5}", fullmatch=True),
    days=st.integers(1, MOST_DAYS),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_keyed_in_whenever(now: datetime, keys: str, days: int) -> None:
    """Away from now on, for some of the unit's work, and back exactly when it works again; or a reason why not."""
    for found in (
        rest_of_today(TOWN, UNIT, now),
        until_hour(TOWN, UNIT, now, keys),
        until_day(TOWN, UNIT, now, keys),
        for_days(TOWN, UNIT, now, days),
    ):
        if isinstance(found, Away):
            assert found.begins == now < found.ends <= found.reachable
            assert is_open(TOWN, found.reachable, unit=UNIT)
            first = now if is_open(TOWN, now, unit=UNIT) else next_opening(TOWN, now, unit=UNIT)
            assert first < found.ends
            if found.back is not None:
                assert found.back == next_opening(TOWN, found.ends, unit=UNIT)


def hall(**deputies: tuple[PersonId, ...]) -> Hall:
    """The town with these deputies."""
    people = {id: replace(person, deputies=deputies.get(id, ())) for id, person in TOWN.people.items()}
    return replace(TOWN, people=people)


def away(*people: PersonId, helps: PersonId | None = None) -> Known:
    """These people are away all day."""
    day = (at(24, 0), at(25, 0))
    return Known(
        absences={
            id: (Absence(id=AbsenceId(id), person=id, begins=day[0], ends=day[1], helps=helps),)
            for id in people
        }
    )


def test_who_stands_in() -> None:
    """The first deputy who is in; for one who is away, theirs; circles end."""
    anna = TOWN.people[ANNA]
    circle = hall(anna=(PIOTR,), piotr=(EWA, ANNA), ewa=(ANNA,))
    assert stands_in(TOWN, anna, TEN, NOTHING_KNOWN) == TOWN.people[PIOTR]
    for absent, helper in [((PIOTR,), EWA), ((PIOTR, EWA), None)]:
        found = stands_in(circle, circle.people[ANNA], TEN, away(*absent))
        assert (found.id if found else None) == helper
    assert stands_in(hall(), anna, TEN, NOTHING_KNOWN) == TOWN.people[PIOTR]
    assert stands_in(hall(), hall().people[ANNA], TEN, NOTHING_KNOWN) is None


def test_who_helps_one_who_is_away_comes_before_their_deputies() -> None:
    both = hall(anna=(PIOTR,), piotr=(ANNA,))
    found = stands_in(both, both.people[ANNA], TEN, away(PIOTR, helps=EWA))
    assert found is not None
    assert found.id == EWA
