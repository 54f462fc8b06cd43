"""What of a calendar becomes an absence: only time, only what takes it, and right across zones and clock changes."""

from datetime import UTC, datetime, timedelta

import pytest

from api.calendars.busy import Busy
from api.calendars.events import AT_MOST, busy
from api.calendars.trouble import Trouble, Unreadable
from tests.api.calendars.feeds import WARSAW, day, event, feed, warsaw

SINCE, UNTIL = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
TEN, ELEVEN = "20261124T100000", "20261124T110000"


def read(text: bytes) -> list[tuple[datetime, datetime]]:
    return [(each.begins, each.ends) for each in spans(text)]


def spans(text: bytes) -> tuple[Busy, ...]:
    return busy(text, zone=WARSAW, since=SINCE, until=UNTIL)


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ((), True),
        (("TRANSP:OPAQUE",), True),
        (("TRANSP:TRANSPARENT",), False),
        (("STATUS:CANCELLED",), False),
        (("STATUS:CONFIRMED",), True),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF",), True),
        (("X-MICROSOFT-CDO-BUSYSTATUS:BUSY",), True),
        (("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",), False),
        (("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",), False),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE",), False),
        (("TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), False),
    ],
)
def test_only_what_takes_time_counts(lines: tuple[str, ...], counts: bool) -> None:
    assert bool(read(feed(event("one", TEN, ELEVEN, *lines)))) is counts


@pytest.mark.parametrize(
    ("lines", "begins", "ends"),
    [
        ("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z", "2026-11-24T10:00", "2026-11-24T11:00"),
        ("DTSTART:20261124T100000\nDURATION:PT30M", "2026-11-24T10:00", "2026-11-24T10:30"),
        (
            "DTSTART;TZID=America/New_York:20261124T100000\nDURATION:PT1H",
            "2026-11-24T16:00",
            "2026-11-24T17:00",
        ),
        (
            "DTSTART;TZID=Central European Standard Time:20261124T100000\nDURATION:PT1H",
            "2026-11-24T10:00",
            "2026-11-24T11:00",
        ),
        ("DTSTART;VALUE=DATE:20261124", "2026-11-24", "2026-11-25"),
        ("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261124", "2026-11-24", "2026-11-25"),
        ("DTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026", "2026-10-25", "2026-10-26"),
    ],
    ids=["utc", "floating", "zone", "windows zone", "one day", "empty day", "day of 25 hours"],
)
def test_moments_and_days_are_the_halls(lines: str, begins: str, ends: str) -> None:
    assert read(feed(f"UID:one\n{lines}")) == [(warsaw(begins), warsaw(ends))]


def test_a_series_goes_over_the_clock_change_and_loses_what_was_cancelled_or_moved() -> None:
    series = event("series", "20261019T090000", "20261019T100000", "RRULE:FREQ=WEEKLY;COUNT=4")
    skipped = f"{series}\nEXDATE;TZID=Europe/Warsaw:20261109T090000"
    moved = event(
        "series", "20261102T120000", "20261102T130000", "RECURRENCE-ID;TZID=Europe/Warsaw:20261102T090000"
    )
    assert [begins for begins, _ in read(feed(skipped, moved))] == [
        warsaw("2026-10-19T09:00"),
        warsaw("2026-10-26T09:00"),
        warsaw("2026-11-02T12:00"),
    ]


def test_an_event_keeps_its_name_when_it_is_moved_and_gives_nothing_away() -> None:
    (before,) = spans(feed(event("anna@hall.example", TEN, ELEVEN, "SUMMARY:secret")))
    (after,) = spans(feed(event("anna@hall.example", "20261125T100000", "20261125T110000")))
    assert before.event == after.event
    assert before.begins != after.begins
    assert "anna" not in repr(before)
    assert "secret" not in repr(before)


def test_each_of_a_series_has_a_name_of_its_own() -> None:
    found = spans(feed(event("series", TEN, ELEVEN, "RRULE:FREQ=DAILY;COUNT=3")))
    assert len({each.event for each in found}) == 3


def test_what_repeats_by_the_second_is_left_out() -> None:
    assert read(
        feed(event("bomb", TEN, ELEVEN, "RRULE:FREQ=SECONDLY"), day("leave", "20261110", "20261112"))
    ) == [(warsaw("2026-11-10"), warsaw("2026-11-12"))]


def test_too_many_busy_times_are_no_absences() -> None:
    begins = datetime(2026, 10, 2)
    many = [
        f"UID:{n}\nDTSTART:{begins + timedelta(minutes=30 * n):%Y%m%dT%H%M%S}\nDURATION:PT20M"
        for n in range(AT_MOST + 1)
    ]
    with pytest.raises(Unreadable) as wrong:
        read(feed(*many))
    assert wrong.value.trouble is Trouble.TOO_MANY


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<html>Sign in</html>",
        b"BEGIN:VCALENDAR",
        feed("UID:x\nDTSTART:yesterday\nDTEND:today"),
        feed("UID:x\nDTSTART:20261124T100000\nRRULE:FREQ=NEVER"),
        feed(event("x", TEN, ELEVEN))[:-40],
    ],
)
def test_what_is_no_calendar_is_said_so(text: bytes) -> None:
    with pytest.raises(Unreadable) as wrong:
        read(text)
    assert wrong.value.trouble is Trouble.NO_CALENDAR


@pytest.mark.parametrize(
    "broken", ["UID:x", "UID:x\nDTSTART:today", "UID:x\nDTSTART:20261124T100000\nDTEND:later"]
)
def test_a_broken_event_is_no_reason_to_lose_the_others(broken: str) -> None:
    assert read(feed(broken, day("leave", "20261110", "20261112"))) == [
        (warsaw("2026-11-10"), warsaw("2026-11-12"))
    ]
