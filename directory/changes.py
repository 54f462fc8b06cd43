"""What changed between two halls, unit by unit, matter by matter, person by person; and the way back.

Every save of the directory is such a list of changes: it is the history that people read, and what an undo reverses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from directory.model import Hall, Matter, Person, Unit

Known = Unit | Matter | Person


class Kind(Enum):
    """What a change is about."""

    UNIT = "unit"
    MATTER = "matter"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Change:
    """One unit, matter or person before and after; None where there was, or is, none. Never both."""

    kind: Kind
    id: str
    before: Known | None
    after: Known | None

    @property
    def reverse(self) -> "Change":
        """The same change, taken back."""
        return Change(self.kind, self.id, self.after, self.before)


class Conflict(Exception):
    """A change no longer fits, as somebody else changed the same thing meanwhile."""

    def __init__(self, change: Change) -> None:
        super().__init__(f"{change.kind.value} {change.id!r} was changed by somebody else meanwhile")
        self.change = change


def changes(old: Hall, new: Hall) -> tuple[Change, ...]:
    """Return what became of every unit, matter and person that is not the same in both."""
    return tuple(
        Change(kind, id, before.get(id), after.get(id))
        for kind, before, after in ((kind, _of(old, kind), _of(new, kind)) for kind in Kind)
        for id in (*before, *(id for id in after if id not in before))
        if before.get(id) != after.get(id)
    )


def changed(hall: Hall, wanted: Iterable[Change]) -> Hall:
    """Return the hall with these changes made. Raises Conflict if one does not find what it expects.

    New ones come last in their list; others keep their place. Whether the result may go live, `directory.validate` says.
    """
    tables: dict[Kind, dict[Any, Any]] = {kind: dict(_of(hall, kind)) for kind in Kind}
    for change in wanted:
        table = tables[change.kind]
        if table.get(change.id) != change.before:
            raise Conflict(change)
        if change.after is None:
            del table[change.id]
        else:
            table[change.id] = change.after
    return replace(hall, units=tables[Kind.UNIT], matters=tables[Kind.MATTER], people=tables[Kind.PERSON])


def reverse(made: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes that take these back, the last one first."""
    for change in reversed(tuple(made)):
        yield change.reverse


def _of(hall: Hall, kind: Kind) -> Mapping[str, Known]:
    tables: dict[Kind, Mapping[Any, Known]] = {
        Kind.UNIT: hall.units,
        Kind.MATTER: hall.matters,
        Kind.PERSON: hall.people,
    }
    return tables[kind]
