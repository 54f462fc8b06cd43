"""Which number a caller is told to dial themselves: never a fax, and never an official's mobile."""

from collections.abc import Collection

from directory.model import Hall, Matter, Person, Unit


def fax_numbers(hall: Hall) -> frozenset[str]:
    """Return every number of the hall at which a fax answers."""
    found: set[str] = set()
    for unit in hall.units.values():
        if unit.faxes:
            found.update(unit.faxes)
    return frozenset(found)


def number_for(matter: Matter | None, unit: Unit, faxes: Collection[str]) -> str | None:
    """Return the number for a matter of that unit: the matter's own, else the unit's."""
    return _talks(faxes, matter.direct if matter else None, unit.direct)


def direct_number(
    hall: Hall, home: Unit, person: Person | None, matter: Matter | None, faxes: Collection[str] | None = None
) -> str | None:
    """Return the number for somebody: their own, the matter's if it is their unit's, their unit's.

    `faxes` are those of the hall, where they are known already.
    """
    own = person.direct if person and person.direct != person.mobile else None
    theirs = matter is not None and (matter.unit or hall.desk) == home.id
    answered = fax_numbers(hall) if faxes is None else faxes
    return _talks(answered, own, matter.direct if matter and theirs else None, home.direct)


def _talks(faxes: Collection[str], *numbers: str | None) -> str | None:
    """Return the first of these at which somebody talks."""
    for number in numbers:
        if number and number not in faxes:
            return number
    return None
