"""What the directory has and a list has not: who that is, and the hall without them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from directory.changes import Kind, Known
from directory.model import Hall, Menu, Person, Unit, UnitId


def gone_of(hall: Hall, kinds: Collection[Kind], seen: Collection[str]) -> tuple[Known, ...]:
    """Return everything of these kinds that a list does not name."""
    tables: tuple[tuple[Kind, Collection[Known]], ...] = (
        (Kind.UNIT, hall.units.values()),
        (Kind.MATTER, hall.matters.values()),
        (Kind.PERSON, hall.people.values()),
    )
    return tuple(it for kind, table in tables if kind in kinds for it in table if it.id not in seen)


def without(hall: Hall, gone: Sequence[Known]) -> tuple[Hall, tuple[Known, ...]]:
    """Return the hall without these, and those that had to stay, as something still names them.

    Deputies and assigned matters that go are taken out of everybody's lists.
    """
    going = {it.id for it in gone}
    people = {key: it for key, it in hall.people.items() if key not in going}
    menu = _named_by(hall.menu)
    matters = {key: it for key, it in hall.matters.items() if key not in going or key in menu}
    needed: set[str] = {hall.desk, *menu, *(it.unit for it in people.values())}
    needed |= {it.unit for it in matters.values() if it.unit}
    units = _with_what_they_are_part_of(
        hall, {it.id for it in hall.units.values() if it.id not in going} | needed
    )
    people = {key: _untied(it, people, matters) for key, it in people.items()}
    left = replace(hall, people=people, matters=matters, units=units)
    return left, tuple(it for it in gone if it.id in {*units, *matters})


def _with_what_they_are_part_of(hall: Hall, keys: set[str]) -> dict[UnitId, Unit]:
    """Return these units and all above them, in the order of the hall."""
    kept = set(keys)
    for key in keys:
        unit = hall.units.get(UnitId(key))
        while unit is not None and unit.parent is not None and unit.parent not in kept:
            kept.add(unit.parent)
            unit = hall.units.get(unit.parent)
    return {key: it for key, it in hall.units.items() if key in kept}


def _untied(person: Person, people: Collection[str], matters: Collection[str]) -> Person:
    deputies = tuple(key for key in person.deputies if key in people)
    settles = tuple(key for key in person.matters if key in matters)
    if (deputies, settles) == (person.deputies, person.matters):
        return person
    return replace(person, deputies=deputies, matters=settles)


def _named_by(menu: Menu) -> set[str]:
    """Return the units and matters to which a menu leads."""
    named: set[str] = set()
    for entry in menu.entries:
        named |= {key for key in (entry.matter, entry.unit) if key}
        if entry.submenu is not None:
            named |= _named_by(entry.submenu)
    return named
