"""Whether a hall may go live: its `faults` forbid it (what is only odd, `directory.doubts` tells).

Everything is checked on the finished `Hall`, wherever it came from. A fault's `value` is the text by which its
line is found: a word of `hall.toml`, or the id of a row of `people.csv`.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from directory.menus import menu_faults
from directory.model import Hall, LinePolicy, Person, Week
from directory.names import nearest
from directory.numbers import plan_kind
from directory.report import Fault

HALL, PEOPLE = "hall.toml", "people.csv"

LANGUAGES = ("pl", "en")
"""What the line has words for; it begins in the first."""

RANGES = {
    "ring": (5, 120),
    "ring_in_all": (5, 600),
    "candidates": (1, 10),
    "accept": (3, 60),
    "proof": (0.5, 10),
    "proof_within": (1, 30),
    "callback_hours": (0.25, 80),
    "menu_tries": (1, 5),
    "first_key": (2, 30),
    "next_key": (1, 10),
    "offer_ring": (5, 60),
    "missed_offers": (1, 10),
    "wrap_up": (0, 600),
    "queue_says": (15, 300),
    "queue_callback": (30, 1800),
    "hygiene_days": (1, 90),
    "hygiene_unanswered": (1, 100),
    "hygiene_share": (0, 1),
    "calls_per_minute": (0, 200),
    "calls_at_once": (0, 200),
    "withheld_at_once": (0, 1000),
}
"""What a hall may choose for each rule of the line, from and to."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_EXTENSION = re.compile(r"[0-9]{2,6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A language tag as far as people write one: "pl", "en-GB" (BCP 47)."""


def faults(hall: Hall) -> tuple[Fault, ...]:
    """Return all that forbids this hall to go live, in the order of its files."""
    found = [*_of_the_hall(hall), *_of_languages(hall), *_of_its_hours(hall), *_of_policy(hall.policy)]
    return (*found, *menu_faults(hall), *_of_ids(hall), *_of_units(hall), *_of_people(hall))


def _of_the_hall(hall: Hall) -> Iterator[Fault]:
    if not hall.name.strip():
        yield Fault(HALL, "name", "the hall has no name", "write it as a voice says it")
    if hall.desk not in hall.units:
        what = f"there is no unit {hall.desk!r}"
        yield Fault(HALL, "desk", what, nearest(hall.desk, hall.units), value=hall.desk)
    elif not _can_be_reached(hall):
        mend = "give it a line in [lines], somebody in people.csv, or a number"
        yield Fault(HALL, "desk", "the desk cannot be reached, and it is everybody's last way on", mend)
    crisis = hall.crisis_number
    if crisis and not re.fullmatch(r"[0-9]{3,6}", crisis) and plan_kind(crisis) is None:
        what, mend = f"{crisis!r} is no number", 'write a short code ("986") or "+48" and nine digits'
        yield Fault(HALL, "crisis_number", what, mend, value=crisis)
    countries = hall.numbering.callback_countries
    if hall.numbering.country not in countries:
        what, mend = "the hall's own country is not among those called back", "add it"
        yield Fault(HALL, "numbering.callback_countries", what, mend)


def _of_languages(hall: Hall) -> Iterator[Fault]:
    for language in hall.languages:
        if language not in LANGUAGES:
            what, mend = f"the line does not speak {language!r}", f"choose from {', '.join(LANGUAGES)}"
            yield Fault(HALL, "languages", what, mend, value="languages")
    if hall.languages[:1] != LANGUAGES[:1] or len(set(hall.languages)) != len(hall.languages):
        what, mend = (
            "the line begins in Polish, and speaks each language once",
            'write ["pl", "en"] or ["pl"]',
        )
        yield Fault(HALL, "languages", what, mend, value="languages")


def _can_be_reached(hall: Hall) -> bool:
    """Tell whether the desk has a phone of any kind."""
    desk = hall.units[hall.desk]
    staff = (person for person in hall.people.values() if person.unit == desk.id)
    return bool(desk.line or desk.direct or any(person.extension for person in staff))


def _of_its_hours(hall: Hall) -> Iterator[Fault]:
    try:
        ZoneInfo(hall.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        what, mend = f"no time zone is called {hall.timezone!r}", 'write "Europe/Warsaw"'
        yield Fault(HALL, "timezone", what, mend, value=hall.timezone)
    yield from _of_week("hours", hall.week)
    for unit in hall.units.values():
        if unit.week is not None:
            yield from _of_week(f"hours.units.{unit.id}", unit.week)


def _of_week(field: str, week: Week) -> Iterator[Fault]:
    if not week.days:
        yield Fault(HALL, field, "no day has opening hours", 'write at least one, like mon = "8.00-15.30"')
    for day, hours in week.days.items():
        written = f"{hours.opens.hour}.{hours.opens.minute:02}-{hours.closes.hour}.{hours.closes.minute:02}"
        if not 1 <= day <= 7:
            yield Fault(HALL, field, f"a week has no day {day}", "count from 1, Monday, to 7")
        if hours.opens >= hours.closes:
            what, mend = f"{written} ends before it begins", "let a day close after it opens, before midnight"
            yield Fault(HALL, field, what, mend, value=written)


def _of_policy(policy: LinePolicy) -> Iterator[Fault]:
    for rule in fields(LinePolicy):
        value = getattr(policy, rule.name)
        least, most = RANGES[rule.name]
        if not least <= value <= most:
            what, mend = f"{value:g} is out of range", f"choose from {least:g} to {most:g}"
            yield Fault(HALL, f"policy.{rule.name}", what, mend, value=rule.name)
    for shorter, longer in (("ring", "ring_in_all"), ("proof", "proof_within")):
        if getattr(policy, shorter) > getattr(policy, longer):
            what, mend = f"{shorter} is longer than {longer}", f"raise {longer}"
            yield Fault(HALL, f"policy.{shorter}", what, mend, value=longer)


def _of_ids(hall: Hall) -> Iterator[Fault]:
    for group in (hall.units, hall.matters):
        for key in group:
            if not _ID.fullmatch(key):
                mend = "give it a name with letters"
                yield Fault(
                    "units.csv" if group is hall.units else "matters.csv", "", f"{key!r} is no id", mend
                )
    for both in sorted(set(hall.units) & set(hall.matters)):
        mend = "change the code of the unit or the symbol of the matter"
        yield Fault("units.csv", "unit_code", f"a matter has the same id, {both!r}", mend, value=both)


def _of_units(hall: Hall) -> Iterator[Fault]:
    for unit in hall.units.values():
        if not unit.spoken.strip():
            yield Fault(
                "units.csv", "unit_name", f"{unit.id!r} has no spoken name", "write one in [spoken.units]"
            )
        if unit.line and not _EXTENSION.fullmatch(unit.line.digits):
            what, mend = f"{unit.line.digits!r} is no extension", "write two to six digits"
            yield Fault(HALL, f"lines.{unit.id}", what, mend, value=unit.id)
        if unit.direct and (not _E164.fullmatch(unit.direct) or unit.direct not in unit.numbers):
            what = f"{unit.direct!r} is not among the numbers of {unit.id!r} that somebody answers"
            yield Fault("units.csv", "phones", what, "write a number that is no fax", value=unit.id)


def _of_people(hall: Hall) -> Iterator[Fault]:
    for person in hall.people.values():
        for field, what, mend in _of_person(hall, person):
            yield Fault(PEOPLE, field, what, mend, value=person.id)


def _of_person(hall: Hall, person: Person) -> Iterator[tuple[str, str, str]]:
    if not _ID.fullmatch(person.id):
        yield "id", f"{person.id!r} is no id", "use small letters without accents, digits and hyphens"
    if not person.spoken.strip():
        yield "spoken", f"{person.id!r} has no spoken name", 'write it as a voice says it: "Anna Przykładowa"'
    if person.unit not in hall.units:
        yield "unit", f"there is no unit {person.unit!r}", nearest(person.unit, hall.units)
    elif hall.units[person.unit].outside:
        yield "unit", f"{person.unit!r} is a body outside the hall", "we ring the hall's own people only"
    if person.extension and not _EXTENSION.fullmatch(person.extension.digits):
        yield "extension", f"{person.extension.digits!r} is no extension", "write two to six digits"
    for field, number in (("direct", person.direct), ("mobile", person.mobile)):
        if number and not _E164.fullmatch(number):
            yield field, f"{number!r} is no telephone number", 'write "+48" and nine digits'
    for language in person.languages:
        if not _LANGUAGE.fullmatch(language):
            yield "languages", f"{language!r} is no language", 'write codes with ";" between them: "pl;en"'
    if not person.languages or len(set(person.languages)) != len(person.languages):
        yield "languages", f"{person.id!r} speaks nothing, or something twice", "write each language once"
    for matter in person.matters:
        if matter not in hall.matters:
            yield "matters", f"there is no matter {matter!r}", nearest(matter, hall.matters)
    for deputy in person.deputies:
        if deputy == person.id:
            yield "deputies", f"{person.id!r} would stand in for themselves", "name somebody else"
        elif deputy not in hall.people:
            yield "deputies", f"there is no person {deputy!r}", nearest(deputy, hall.people)
