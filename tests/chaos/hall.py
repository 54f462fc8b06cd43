"""A hall that is open now, whenever these tests run: the clock of the machine must be the clock of the record here.

Asterisk knows nothing of a clock that is set, and what ended while nobody looked is told by Asterisk.
"""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from directory.hours import is_open
from directory.model import Extension, Hall, Hours, Person, PersonId, Week
from tests.flows.town import BOM, town

ZOFIA, ADAM = PersonId("zofia"), PersonId("adam")
CLERKS = (
    Person(ZOFIA, "Zofia Umowna", BOM, "Zofia Umowna", "panią Zofią Umowną", Extension("1101")),
    Person(ADAM, "Adam Pozorny", BOM, "Adam Pozorny", "panem Adamem Pozornym", Extension("1102")),
)
"""The two at the desk, who have yet to log on."""

OPENS, CLOSES = time(0, 5), time(23, 30)
ZONES = ("Etc/GMT", *(f"Etc/GMT{hours:+d}" for hours in range(-14, 13) if hours))
"""All whole hours around the globe: it is midday somewhere, and on two dates at once."""

POLICY = {
    "ring": 15.0,
    "ring_in_all": 60.0,
    "candidates": 1,
    "accept": 6.0,
    "proof": 0.8,
    "proof_within": 4.0,
    "first_key": 4.0,
    "next_key": 1.5,
    "menu_tries": 5,
    "offer_ring": 12.0,
    "missed_offers": 5,
    "wrap_up": 0.4,
    "queue_says": 3.0,
    "queue_callback": 60.0,
}
"""Quick where nobody needs time, patient where people have to be patient with a fault."""


def hall_of(zone: str) -> Hall:
    """The staffed town in that time zone, open every day nearly around the clock."""
    hall = town(**POLICY)
    people = {**hall.people, **{clerk.id: clerk for clerk in CLERKS}}
    week = Week({day: Hours(OPENS, CLOSES) for day in range(1, 8)})
    return replace(hall, people=people, timezone=zone, week=week, languages=("pl",))


def zone_of_now(now: datetime | None = None) -> str:
    """A zone in which the hall is open now and for hours to come; public holidays count as everywhere."""
    moment = now or datetime.now(UTC)

    def hours_from_midday(zone: str) -> float:
        local = moment.astimezone(ZoneInfo(zone))
        return abs(local.hour + local.minute / 60 - 12)

    found = [zone for zone in ZONES if is_open(hall_of(zone), moment)]
    assert found, "it is a public holiday all around the globe"
    return min(found, key=hours_from_midday)
