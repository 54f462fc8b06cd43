"""Whom somebody names when they hand a caller over, and who stands behind an extension.

`directory.resolve` proposes; here somebody has decided already, and the directory only says who that is, which
number the caller is told if nobody answers, and what it thinks of the choice. Pure. Who is away, or closed, or whose
phone is disconnected, is told and rung all the same: whoever hands over may know better.
"""

from datetime import datetime

from directory.competence import turns
from directory.direct import direct_number
from directory.live import Live
from directory.model import Hall, Matter, MatterId, Person, PersonId, Reached, Unit
from directory.numbers import extensions_of
from directory.reach import Reach
from directory.resolve import Candidate, matter_and_unit
from directory.why import joined


def clerks_of(hall: Hall) -> tuple[Person, ...]:
    """Return who may take callers from the queue: people of the desk with a phone that is registered here."""
    return tuple(
        person
        for person in hall.staff.by_unit.get(hall.desk, ())
        if person.extension and person.extension.reached is Reached.HERE
    )


def speaks(person: Person, language: str) -> bool:
    """Tell whether they speak a language with callers; of "en-GB" only the "en" counts."""
    wanted = _primary(language)
    return any(_primary(known) == wanted for known in person.languages)


def is_internal(hall: Hall, digits: str) -> bool:
    """Tell whether these digits are an extension of somebody, or of a unit's own line."""
    return digits in extensions_of(hall)


def person_at(hall: Hall, extension: str) -> Person | None:
    """Return whose phone this is; None for a phone that nobody has, or that several people share."""
    people = hall.staff.by_extension.get(extension, ())
    return people[0] if len(people) == 1 else None


def this_person(hall: Hall, person: PersonId, *, subject: str = "") -> Candidate | None:
    """Return the person to ring by their id; None if there is no such person, or they have no phone.

    With a `subject` (the id of a matter or unit) the caller's direct number is the matter's where
    `directory.resolve` would give that.
    """
    found = hall.people.get(person)
    if found is None or found.extension is None:
        return None
    home = hall.units[found.unit]
    direct = direct_number(hall, home, found, _matter(hall, subject))
    return Candidate(home, found.extension, f"wybrano osobę: {found.name}", found, direct)


def at_extension(hall: Hall, digits: str, *, subject: str = "") -> Candidate | None:
    """Return who is rung at an extension: its person, or a unit by its line; None if nobody has it.

    A phone that people share is that of the first one's unit: who will answer is not known before. `subject`
    is as in `this_person`.
    """
    matter = _matter(hall, subject)
    people = hall.staff.by_extension.get(digits, ())
    for person in people:
        if person.extension is None:
            continue
        alone = person if len(people) == 1 else None
        home = hall.units[person.unit]
        names = ", ".join(found.name for found in people)
        why = f"wybrano numer {digits}: {names}"
        return Candidate(home, person.extension, why, alone, direct_number(hall, home, alone, matter))
    for unit in hall.units.values():
        if unit.line and unit.line.digits == digits:
            why = f"wybrano numer {digits}: wspólny telefon: {unit.name}"
            return Candidate(unit, unit.line, why, None, direct_number(hall, unit, None, matter))
    return None


def competence(hall: Hall, chosen: Candidate, subject: str) -> str:
    """Say in Polish, for the record, what the directory thinks of a choice for this matter (or unit).

    An empty `subject`, or one that the hall does not have, is a matter that nobody knows yet.
    """
    if subject not in hall.matters and subject not in hall.units:
        return "nie wiadomo, o jaką sprawę chodzi"
    matter, unit = matter_and_unit(hall, MatterId(subject))
    if unit is None:
        return "katalog nie wskazuje komórki dla tej sprawy"
    if unit.outside:
        return f"katalog wskazuje instytucję spoza urzędu: {unit.name}"
    return _reason(hall, chosen, matter, unit) or f"katalog wskazuje inną komórkę: {unit.name}"


def circumstances(hall: Hall, chosen: Candidate, at: datetime, live: Live) -> str:
    """Say in Polish what is known of a choice at that moment: away until when, closed, phone disconnected or in use.

    Empty if nothing is. It is for the record, and for who chooses: they may know better.
    """
    reach = Reach(hall, at, live)
    missing = reach.away(chosen.person) if chosen.person else None
    phone = reach.phone(chosen.unit, chosen.extension)
    return joined(missing.said if missing else "", phone.why_not or phone.known)


def _reason(hall: Hall, chosen: Candidate, matter: Matter | None, unit: Unit) -> str:
    """Why the directory thinks them competent, or at least of the right unit; empty if it does not."""
    for turn in turns(hall, matter, unit):
        if chosen.person and turn.person.id == chosen.person.id:
            return turn.why
    if chosen.unit.id != unit.id:
        return ""
    if chosen.person is None:
        return f"wspólny telefon: {unit.name}"
    return f"właściwa komórka, ale ta osoba prowadzi inne sprawy: {unit.name}"


def _matter(hall: Hall, subject: str) -> Matter | None:
    """The matter of a subject that is one."""
    return hall.matters.get(MatterId(subject))


def _primary(language: str) -> str:
    """The language itself, without a country or script (BCP 47)."""
    return language.partition("-")[0].lower()
