"""What looks wrong in a hall and does no harm: told to the administrator, who knows better."""

import re
from collections.abc import Iterator

from directory.direct import fax_numbers
from directory.model import Hall, PersonId
from directory.report import Fault
from directory.whom import clerks_of, speaks

ENDING = 3
"""Digits by which an extension and a number of the city may be the same line: with fewer it is chance."""

HALL, PEOPLE = "hall.toml", "people.csv"

_UNSPOKEN = re.compile(r"\d|\b[^\W\d_a-ząćęłńóśźż]{2,}\b|\b\w{1,4}\.(?=\s)|[/§%@]")
"""Figures, words of capitals, abbreviations with a full stop, signs."""


def doubts(hall: Hall) -> tuple[Fault, ...]:
    """Return circles of deputies, shared phones, people without one, faxes in their place, names that a voice cannot
    say, and languages of the line that no clerk speaks.

    A circle is harmless, and usual where two people stand in for each other: `resolve` asks everybody once.
    """
    people = (*_circles(hall), *_shared_phones(hall), *_without_a_phone(hall), *_not_announced(hall))
    return (*people, *_faxes(hall), *_hard_to_say(hall), *_unspoken_languages(hall))


def _circles(hall: Hall) -> Iterator[Fault]:
    told: set[frozenset[PersonId]] = set()
    for start in hall.people:
        circle = _circle(hall, start)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            what = f"deputies in a circle: {' -> '.join((*circle, start))}"
            mend = "name somebody from outside the circle too, for the day when all are away"
            yield Fault(PEOPLE, "deputies", what, mend, value=start)


def _circle(hall: Hall, start: PersonId) -> tuple[PersonId, ...]:
    """Return a shortest way from somebody through deputies back to themselves; empty if there is none."""
    ways: list[tuple[PersonId, ...]] = [(start,)]
    seen: set[PersonId] = set()
    for way in ways:
        for deputy in hall.people[way[-1]].deputies:
            if deputy == start:
                return way
            if deputy not in seen:
                seen.add(deputy)
                ways.append((*way, deputy))
    return ()


def _shared_phones(hall: Hall) -> Iterator[Fault]:
    first: dict[str, str] = {unit.line.digits: unit.id for unit in hall.units.values() if unit.line}
    for person in hall.people.values():
        if person.extension:
            other = first.setdefault(person.extension.digits, person.id)
            if other != person.id:
                what = f"extension {person.extension.digits} is that of {other!r} too"
                mend = "check it: such a phone is rung once, for whoever comes first"
                yield Fault(PEOPLE, "extension", what, mend, value=person.id)


def _without_a_phone(hall: Hall) -> Iterator[Fault]:
    for person in hall.people.values():
        if not person.extension:
            what = f"{person.id!r} has no extension and can never be proposed"
            yield Fault(PEOPLE, "extension", what, "write one", value=person.id)


def _not_announced(hall: Hall) -> Iterator[Fault]:
    for person in hall.people.values():
        if not person.announced:
            what = f'how {person.id!r} stands after "Łączę z" is not known; callers hear "Zgłosi się {person.spoken}"'
            yield Fault(PEOPLE, "announced", what, 'write it: "panią Anną Przykładową"', value=person.id)


def _faxes(hall: Hall) -> Iterator[Fault]:
    faxes = fax_numbers(hall)
    for person in hall.people.values():
        if person.direct in faxes:
            what = f"a fax answers at {person.direct}: callers are told the number of the unit instead"
            yield Fault(PEOPLE, "direct", what, "write a number on which they talk", value=person.id)
        phone = person.extension.digits if person.extension else ""
        theirs = hall.units[person.unit].faxes if person.unit in hall.units else ()
        if len(phone) >= ENDING and any(fax.endswith(phone) for fax in theirs):
            what = f"extension {phone} ends like a fax of {person.unit!r}"
            yield Fault(PEOPLE, "extension", what, "check that no fax answers there", value=person.id)


def _hard_to_say(hall: Hall) -> Iterator[Fault]:
    for field, known in (("spoken.units", hall.units), ("spoken.matters", hall.matters)):
        for it in known.values():
            if found := _UNSPOKEN.search(it.spoken):
                what, mend = f"a voice may stumble over {found[0]!r}", f"write {it.id} = ... into [{field}]"
                yield Fault(HALL, field, what, mend, value=it.spoken)


def _unspoken_languages(hall: Hall) -> Iterator[Fault]:
    clerks = clerks_of(hall)
    for language in hall.languages:
        if clerks and not any(speaks(clerk, language) for clerk in clerks):
            what = f"no clerk speaks {language!r}: who chooses it talks to whoever is free"
            mend = f"add it to the languages of somebody in people.csv, or take {language!r} out"
            yield Fault(HALL, "languages", what, mend, value="languages")
