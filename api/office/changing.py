"""What a sheet changes in a hall, and what taking something out does; the hall itself is changed by the editor.

Whoever is taken out is nobody's deputy any more. A unit or matter that something else still stands on stays.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from api.office.sheets import MatterSheet, PersonSheet, Sheet, UnitSheet
from api.office.writing import matter_of, person_of, unit_of
from directory.changes import Change, Kind, Known
from directory.model import Hall, Matter, MatterId, Menu, Person, PersonId, Unit, UnitId


class InUse(Exception):
    """Something cannot be taken out, as others stand on it: their names, for people to see what to do first."""

    def __init__(self, by: tuple[str, ...]) -> None:
        self.by = by
        more = f" and {len(by) - 3} more" if len(by) > 3 else ""
        super().__init__(f"It is still needed by {', '.join(by[:3])}{more}; change these first.")


def known_of(hall: Hall, kind: Kind, id: str) -> Known | None:
    """Return the unit, matter or person of this id; None if there is none."""
    match kind:
        case Kind.UNIT:
            return hall.units.get(UnitId(id))
        case Kind.MATTER:
            return hall.matters.get(MatterId(id))
        case Kind.PERSON:
            return hall.people.get(PersonId(id))
        case Kind.HALL:
            return None


def named(known: Known) -> str:
    """Return what people call it."""
    return f"{known.symbol} {known.title}".strip() if isinstance(known, Matter) else known.name


def written(hall: Hall, sheet: Sheet, before: Known | None, former: Collection[str] = ()) -> Change:
    """Return the change that this sheet makes to what there was; None makes something new. Raises Refused.

    `former` are ids that something had which is not in the hall any more: what is new gets none of them.
    """
    match sheet, before:
        case UnitSheet(), Unit() | None:
            unit = unit_of(hall, sheet, before, former)
            return Change(Kind.UNIT, unit.id, before, unit)
        case MatterSheet(), Matter() | None:
            matter = matter_of(hall, sheet, before, former)
            return Change(Kind.MATTER, matter.id, before, matter)
        case PersonSheet(), Person() | None:
            person = person_of(hall, sheet, before, former)
            return Change(Kind.PERSON, person.id, before, person)
    raise TypeError(f"a {type(sheet).__name__} says nothing of a {type(before).__name__}")


def taken_out(hall: Hall, known: Known) -> tuple[Change, ...]:
    """Return the changes that take something out. Raises InUse."""
    users = tuple(_users(hall, known))
    if users:
        raise InUse(users)
    match known:
        case Unit():
            return (Change(Kind.UNIT, known.id, known, None),)
        case Matter():
            return (Change(Kind.MATTER, known.id, known, None),)
        case Person():
            gone = Change(Kind.PERSON, known.id, known, None)
            return (*_without_deputy(hall, known.id), gone)


def _without_deputy(hall: Hall, gone: PersonId) -> Iterator[Change]:
    for person in hall.people.values():
        if gone in person.deputies:
            others = tuple(each for each in person.deputies if each != gone)
            yield Change(Kind.PERSON, person.id, person, replace(person, deputies=others))


def _users(hall: Hall, known: Known) -> Iterator[str]:
    """Yield the names of what would be left without something that it needs."""
    match known:
        case Unit():
            if known.id == hall.desk:
                yield hall.name
            yield from (person.name for person in hall.staff.by_unit.get(known.id, ()))
            yield from (named(matter) for matter in hall.matters.values() if matter.unit == known.id)
            yield from (unit.name for unit in hall.units.values() if unit.parent == known.id)
            yield from _keys(hall.menu, known.id)
        case Matter():
            yield from (person.name for person in hall.staff.by_matter.get(known.id, ()))
            yield from _keys(hall.menu, known.id)
        case Person():
            pass


def _keys(menu: Menu, id: str) -> Iterator[str]:
    """Yield the keys of the menu that lead there."""
    for entry in menu.entries:
        if id in (entry.unit, entry.matter):
            yield f"menu: {entry.key} {entry.spoken}"
        if entry.submenu:
            yield from _keys(entry.submenu, id)
