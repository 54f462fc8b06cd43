"""Who is there for somebody who leaves: the first deputy who is in, or the deputy of one who is away, too."""

from collections.abc import Iterator
from datetime import datetime

from directory.live import Live
from directory.model import Hall, Person, PersonId


def stands_in(hall: Hall, person: Person, at: datetime, live: Live) -> Person | None:
    """Return who is rung first for somebody who is away from now on; None if nobody with a phone is in."""
    deputies = _in_turn(hall, person, at, live, {person.id})
    return next(deputies, None)


def _in_turn(
    hall: Hall, person: Person, at: datetime, live: Live, seen: set[PersonId], helps: PersonId | None = None
) -> Iterator[Person]:
    """Yield who steps into a place, in the order of `directory.competence`; circles do no harm."""
    for id in (*((helps,) if helps else ()), *person.deputies):
        deputy = hall.people.get(id)
        if deputy is None or id in seen:
            continue
        seen.add(id)
        absence = live.absence(id, at)
        if absence is not None:
            yield from _in_turn(hall, deputy, at, live, seen, absence.helps)
        elif deputy.extension is not None:
            yield deputy
