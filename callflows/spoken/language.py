"""What every language of the line can say: pure functions from values to words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from callflows.spoken import en, pl
from directory.model import Week


@dataclass(frozen=True, slots=True)
class Spoken:
    """One language: how it says each kind of value."""

    phone: Callable[[str], str]
    """A telephone number, digit by digit. Raises ValueError if it has none."""
    ticket: Callable[[str], str]
    key: Callable[[str], str]
    """A key of the telephone."""
    hours: Callable[[Week], str]
    """When the hall is open; "" if it never is."""
    until: Callable[[datetime, datetime], str]
    """Until when, seen from now: "jutro do godziny dwunastej", "tomorrow by noon"."""
    moment: Callable[[datetime, datetime], str]
    """When, seen from now: "jutro o ósmej", "tomorrow at eight in the morning"."""
    place: Callable[[int], str]
    """A place in the queue."""
    wait: Callable[[int], str]
    """A wait in full minutes (`waiting.full_minutes`)."""


_LANGUAGES = {
    "pl": Spoken(
        phone=pl.phone_digits,
        ticket=pl.ticket_number,
        key=pl.key,
        hours=pl.hours_of_week,
        until=pl.moment,
        moment=lambda when, now: pl.moment(when, now, pl.At.AT),
        place=pl.place,
        wait=pl.wait,
    ),
    "en": Spoken(
        phone=en.phone_digits,
        ticket=en.ticket_number,
        key=en.key,
        hours=en.hours_of_week,
        until=en.until,
        moment=en.moment,
        place=en.place,
        wait=en.wait,
    ),
}


def spoken_in(language: str) -> Spoken:
    """How values are said in that language (BCP 47). Raises KeyError for one that nobody taught the line."""
    return _LANGUAGES[language]
