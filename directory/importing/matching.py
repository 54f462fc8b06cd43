"""What of the directory an entry means: people by id, e-mail or name, units by id, code or any of their names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.importing.declension import is_given
from directory.model import Person, PersonId, Unit, UnitId
from directory.names import short_slug, slug


@dataclass
class Units:
    """All units, those of the directory and those that an import makes, found by any name they have."""

    units: dict[UnitId, Unit]
    _by_name: dict[str, list[UnitId]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for unit in self.units.values():
            self._learn(unit)

    def called(self, name: str, part_of: UnitId | None = None) -> list[Unit]:
        """Return the units of this id, code or name; with `part_of`, those of it where there are any."""
        plain = slug(name)
        if UnitId(plain) in self.units and plain:
            return [self.units[UnitId(plain)]]
        found = [self.units[key] for key in self._by_name.get(plain, ())]
        if part_of is not None:
            inside = [unit for unit in found if unit.parent == part_of]
            return inside or [unit for unit in found if unit.parent is None and unit.id != part_of]
        return found

    def put(self, unit: Unit) -> None:
        """Add a unit, or another version of it."""
        self.units[unit.id] = unit
        self._learn(unit)

    def new_id(self, name: str, code: str, part_of: UnitId | None) -> UnitId:
        """Return an id that is not taken, made of code or name."""
        plain = slug(code) or short_slug(name)
        if UnitId(plain) not in self.units:
            return UnitId(plain)
        return UnitId(_free(short_slug(f"{part_of or 'inna'} {plain}"), self.units))

    def names(self) -> Iterable[str]:
        """Return every name of every unit."""
        return (name for unit in self.units.values() for name in (unit.name, *unit.aliases))

    def _learn(self, unit: Unit) -> None:
        for name in (unit.name, *unit.aliases):
            known = self._by_name[slug(name)]
            if unit.id not in known:
                known.append(unit.id)


@dataclass
class People:
    """The people of the directory and of an import, found by id, e-mail and name."""

    people: dict[PersonId, Person]
    by_mail: dict[str, list[PersonId]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[PersonId]] = field(default_factory=lambda: defaultdict(list))
    by_surname: dict[str, list[PersonId]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, people: Iterable[Person]) -> "People":
        """Index them."""
        found = cls({})
        for person in people:
            found.put(person)
        return found

    def put(self, person: Person) -> None:
        """Add somebody, or another version of them."""
        self.people[person.id] = person
        keys = (
            (self.by_mail, person.email.lower()),
            (self.by_name, slug(person.name)),
            (self.by_surname, slug(surname_of(person.name))),
        )
        for index, key in keys:
            if key and person.id not in index[key]:
                index[key].append(person.id)

    def with_mail(self, email: str) -> Person | None:
        """Return whose address this is; None if nobody's, or several people's."""
        found = self.by_mail.get(email.lower(), []) if email else []
        return self.people[found[0]] if len(found) == 1 else None

    def named(self, name: str) -> list[Person]:
        """Return everybody of that name."""
        return [self.people[key] for key in self.by_name.get(slug(name), ())]

    def meant(self, text: str, home: UnitId | None = None) -> list[Person]:
        """Return whom a cell means by a name in any order, an initial and a surname, or a surname alone."""
        words = text.split()
        for order in (words, words[::-1]):
            if found := self.named(" ".join(order)):
                return _nearest(found, home)
        for surname, given in ((words[-1:], words[:-1]), (words[:1], words[1:])):
            found = [self.people[key] for key in self.by_surname.get(slug(" ".join(surname)), ())]
            if given:
                found = [person for person in found if slug(person.name).startswith(slug(" ".join(given)))]
            if found:
                return _nearest(found, home)
        return []

    def new_id(self, name: str, home: UnitId) -> PersonId:
        """Return an id that is not taken: the name, or name and unit."""
        plain = short_slug(name)
        if PersonId(plain) not in self.people:
            return PersonId(plain)
        return PersonId(_free(short_slug(f"{name} {home}"), self.people))


def surname_of(name: str) -> str:
    """Return the surname of a name in its usual order: what follows the last given name."""
    words = name.split()
    at = next((at for at in range(len(words) - 1, 0, -1) if is_given(words[at - 1])), len(words) - 1)
    return " ".join(words[at:])


def _nearest(found: list[Person], home: UnitId | None) -> list[Person]:
    """Return those of a unit, if any are; else all."""
    return [person for person in found if person.unit == home] or found


def _free(plain: str, taken: Iterable[str]) -> str:
    """Return the id, with a number behind it if it is taken."""
    known = set(taken)
    if plain not in known:
        return plain
    return next(
        each for each in (f"{plain}-{number}" for number in range(2, len(known) + 3)) if each not in known
    )
