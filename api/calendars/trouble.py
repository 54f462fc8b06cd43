"""Why a calendar could not be read: one word for the record, one sentence for the administrator."""

from enum import Enum


class Trouble(Enum):
    """What is wrong with a calendar; nothing of what its server said is repeated."""

    ADDRESS = "address"
    PRIVATE = "private"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NOT_FOUND = "not_found"
    REDIRECTED = "redirected"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_CALENDAR = "no_calendar"
    TOO_MANY = "too_many"


SENTENCES = {
    Trouble.ADDRESS: "The address is none that begins with https://; copy it again from the calendar.",
    Trouble.PRIVATE: "The address leads into an inner network; the administrator may name its host in calendars.hosts.",
    Trouble.UNREACHABLE: "The calendar's server does not answer, or its certificate is not in order.",
    Trouble.REFUSED: "The calendar's server refuses to show it; share the calendar again, and copy the new address.",
    Trouble.NOT_FOUND: "There is no calendar at this address any more; copy the address again.",
    Trouble.REDIRECTED: "The address leads on and on to others; copy the last of them.",
    Trouble.TOO_LARGE: "The calendar is larger than 4 MiB; share one with fewer past events.",
    Trouble.TOO_SLOW: "The calendar took too long to come or to read.",
    Trouble.NO_CALENDAR: "What is at this address is no calendar (iCalendar, RFC 5545).",
    Trouble.TOO_MANY: "The calendar has more than 1,000 busy times ahead; share one that means real absences.",
}


class Unreadable(Exception):
    """A calendar could not be read; what is known of it stays."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(SENTENCES[trouble])
        self.trouble = trouble
