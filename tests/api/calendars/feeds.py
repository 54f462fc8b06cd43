"""Calendars as servers send them, made for tests."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def feed(*events: str, head: str = "") -> bytes:
    """A calendar of these events, each the lines inside of it."""
    written = "\n".join(f"BEGIN:VEVENT\nDTSTAMP:20261101T000000Z\n{event}\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n{head}{written}\nEND:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def event(uid: str, begins: str, ends: str, *more: str) -> str:
    """An event between two moments of the hall, with further lines."""
    zone = ";TZID=Europe/Warsaw"
    return "\n".join((f"UID:{uid}", f"DTSTART{zone}:{begins}", f"DTEND{zone}:{ends}", *more))


def day(uid: str, first: str, until: str, *more: str) -> str:
    """An event of whole days; `until` is the day after the last."""
    return "\n".join((f"UID:{uid}", f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{until}", *more))


def warsaw(text: str) -> datetime:
    """A moment of the hall, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW).astimezone(UTC)
