"""Who settles a matter, best first, and who steps into the place of somebody who is away.

The order: people to whom the matter is assigned by name, then those who settle all matters of its unit; an absent
one's place is taken by whoever helps meanwhile and by their deputies, in the order in which they are written; last
come the deputies of those who are in. A deputy who is away has deputies of their own, and so on; everybody comes once,
so that circles (two people who stand in for each other) do no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from directory.model import Hall, Matter, Person, PersonId, Unit


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody is away: until when, who helps meanwhile, and how that is said ("nieobecna do 14:00")."""

    until: datetime
    helps: PersonId | None
    said: str


Away = Callable[[Person], Missing | None]
"""Whether somebody is away now; None if they are in."""


class Turn(NamedTuple):
    """Whose turn it is, and why; with `missing` they are away, and whoever steps in comes next."""

    person: Person
    why: str
    missing: Missing | None


class _Group(NamedTuple):
    """People who are competent for the same reason; `about` is what whoever steps in for them is asked about."""

    people: tuple[Person, ...]
    why: str
    about: str


def nobody_away(_: Person) -> Missing | None:
    """Everybody is in."""
    return None


def turns(hall: Hall, matter: Matter | None, unit: Unit, away: Away = nobody_away) -> list[Turn]:
    """Return everybody who may settle it, each once; who is away comes before those who step in for them."""
    order: list[Turn] = []
    seen: dict[PersonId, Missing | None] = {}

    def take(person: Person, why: str, about: str) -> None:
        """Give somebody their place; if they are away, to those who step in, as far as that leads."""
        missing = seen[person.id] = away(person)
        order.append(Turn(person, why, missing))
        if missing is None:
            return
        waiting = _stand_ins(hall, person, missing, f"{about}; ", "")
        while waiting:
            other, why = waiting.pop()
            if other.id not in seen:
                missing = seen[other.id] = away(other)
                order.append(Turn(other, why, missing))
                if missing is not None:
                    waiting += _stand_ins(hall, other, missing, f"{about}; ", f" (po: {person.name})")

    groups = _competent(hall, matter, unit)
    for people, why, about in groups:
        for person in people:
            if person.id not in seen:
                take(person, why, about)
    for people, _, _ in groups:
        for person in people:
            if seen[person.id] is None:
                for deputy in person.deputies:
                    if deputy not in seen:
                        why = f"zastępuje: {person.name}"
                        take(hall.people[deputy], why, why)
    return order


def _competent(hall: Hall, matter: Matter | None, unit: Unit) -> list[_Group]:
    groups = []
    if matter is not None:
        title = f"{matter.symbol} {matter.title}".strip()
        assigned = hall.staff.by_matter.get(matter.id, ())
        groups.append(_Group(assigned, f"prowadzi sprawę: {title}", f"w sprawie: {title}"))
    general = tuple(person for person in hall.staff.by_unit.get(unit.id, ()) if not person.matters)
    why, about = f"prowadzi wszystkie sprawy komórki: {unit.name}", f"w sprawach komórki: {unit.name}"
    return [*groups, _Group(general, why, about)]


def _stand_ins(
    hall: Hall, person: Person, missing: Missing, before: str, after: str
) -> list[tuple[Person, str]]:
    """Return who may step in and why, the first one last: whoever helps, then the deputies.

    Who helps may have left the hall since the absence was entered.
    """
    helps = () if missing.helps is None else (missing.helps,)
    why = f"{before}zastępuje: {person.name}, {missing.said}{after}"
    ids = [one for one in (*helps, *person.deputies) if one in hall.people]
    return [(hall.people[one], why) for one in reversed(ids)]
