"""The busy hours of a calendar (RFC 5545): from when to when, and nothing else.

What an event is called, where it is and who comes to it is nobody's business here: it is never looked at. An event
counts if it takes its person's time: opaque (§3.8.2.7), not cancelled, and busy or out of office where a Microsoft
calendar says so. A day without hours is the hall's day, and so is an hour without a time zone.
"""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from api.calendars.busy import Busy
from api.calendars.trouble import Trouble, Unreadable

AT_MOST = 1000
"""Busy times of one calendar: who is away more often than that is not described by it."""

BUSY = frozenset({"BUSY", "OOF"})
"""What X-MICROSOFT-CDO-BUSYSTATUS says of somebody who is not to be reached (MS-OXCICAL 2.1.3.1.1.20.31)."""

SERIES = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})
"""What makes an event one of several."""

TIMES = (icalendar.vDDDTypes, icalendar.vDuration)

ENDLESS = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
"""Nobody has such an appointment; somebody who wants to keep us busy may send one."""


def busy(text: bytes, *, zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Busy, ...]:
    """Return what a calendar's person is busy with between two moments, in order. Raises Unreadable.

    A broken event is passed over; a calendar with nothing but broken events is none.
    """
    calendar = _parsed(text)
    events = calendar.walk("VEVENT")
    sound = [event for event in events if _is_sound(event)]
    if events and not sound:
        raise Unreadable(Trouble.NO_CALENDAR)
    calendar.subcomponents = [*calendar.walk("VTIMEZONE"), *sound]
    series = {str(event.get("UID")) for event in sound if SERIES & event.keys()}
    found: set[Busy] = set()
    for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(since, until):
        begins, ends = _span(event, zone)
        if _takes_time(event) and begins < ends and since < ends and begins < until:
            found.add(Busy(begins, ends, _named(event, of_series=str(event.get("UID")) in series)))
        if len(found) > AT_MOST:
            raise Unreadable(Trouble.TOO_MANY)
    return tuple(sorted(found))


def _parsed(text: bytes) -> icalendar.Calendar:
    if b"BEGIN:VCALENDAR" not in text[:200].upper():
        raise Unreadable(Trouble.NO_CALENDAR)
    try:
        calendar = icalendar.Calendar.from_ical(text)
    except (ValueError, KeyError, IndexError, TypeError):  # what its reader raises for a broken file
        raise Unreadable(Trouble.NO_CALENDAR) from None
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def _is_sound(event: Any) -> bool:
    """Whether it says when it is, and how often, in words that can be understood."""
    times = [event.get(name) for name in ("DTSTART", "DTEND", "DURATION") if name in event]
    if "DTSTART" not in event or not all(isinstance(each, TIMES) for each in times):
        return False
    rules = event.get("RRULE", [])
    listed = rules if isinstance(rules, list) else [rules]
    return all(isinstance(rule, icalendar.vRecur) and not _is_endless(rule) for rule in listed)


def _is_endless(rule: icalendar.vRecur) -> bool:
    return any(str(word).upper() in ENDLESS for word in rule.get("FREQ", []))


def _takes_time(event: Any) -> bool:
    if _word(event, "STATUS") == "CANCELLED" or _word(event, "TRANSP") == "TRANSPARENT":
        return False
    return _word(event, "X-MICROSOFT-CDO-BUSYSTATUS") in {"", *BUSY}


def _word(event: Any, name: str) -> str:
    return str(event.get(name, "")).strip().upper()


def _span(event: Any, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when to when, in UTC; a day is as long as it is in this zone, also when the clock changes."""
    begins, ends = event.start, event.end
    if not isinstance(begins, datetime) and ends <= begins:
        ends = begins + timedelta(days=1)
    return _moment(begins, zone), _moment(ends, zone)


def _moment(when: date, zone: ZoneInfo) -> datetime:
    if not isinstance(when, datetime):
        when = datetime.combine(when, time.min)
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def _named(event: Any, *, of_series: bool) -> str:
    """Return what stays the same while an event is moved: made of its UID, and of which one of a series it is.

    A UID often has its writer's address in it; its hash has nothing.
    """
    uid = str(event.get("UID", ""))
    which = event.get("RECURRENCE-ID" if of_series else "DTSTART")
    parts = [uid, which.to_ical().decode()] if of_series or not uid else [uid]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
