"""What changed between two halls, unit by unit, matter by matter, person by person; and the way back.

Every save of the directory is such a list of changes: it is the history that people read, and what an undo reverses.
What the hall decides about itself (`HallRules`: hours, menu, notice, policy ...) is one more thing that can change.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from directory.model import Hall, LinePolicy, Matter, Menu, Numbering, Person, Unit, UnitId, Week

HALL = "hall"
"""The id of the hall itself."""


class Kind(Enum):
    """What a change is about."""

    UNIT = "unit"
    MATTER = "matter"
    PERSON = "person"
    HALL = "hall"


class Source(Enum):
    """From where somebody changed the directory."""

    START = "start"
    """The service's first start."""
    PAGE = "page"
    REST = "rest"
    IMPORT = "import"
    LDAP = "ldap"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class HallRules:
    """What a hall is beside its units, matters and people; see `Hall` for the fields."""

    name: str
    desk: UnitId
    week: Week
    menu: Menu
    closed_on: frozenset[date]
    notice: str
    crisis_number: str
    timezone: str
    languages: tuple[str, ...]
    policy: LinePolicy
    numbering: Numbering

    @classmethod
    def of(cls, hall: Hall) -> "HallRules":
        """Return those of a hall."""
        return cls(**_as_arguments(hall))


Known = Unit | Matter | Person


@dataclass(frozen=True, slots=True)
class Change:
    """One unit, matter, person, or the hall's rules; None where there was, or is, none. Never both."""

    kind: Kind
    id: str
    before: Known | HallRules | None
    after: Known | HallRules | None

    @property
    def reverse(self) -> "Change":
        """The same change, taken back."""
        return Change(self.kind, self.id, self.after, self.before)


class Conflict(Exception):
    """A change no longer fits, as somebody else changed the same thing meanwhile.

    `field` is where, as far as one field alone is to blame.
    """

    def __init__(self, change: Change, field: str = "") -> None:
        what = f"{field} of {change.kind.value}" if field else change.kind.value
        super().__init__(f"{what} {change.id!r} was changed by somebody else meanwhile")
        self.change, self.field = change, field


def changes(old: Hall, new: Hall) -> tuple[Change, ...]:
    """Return what became of every unit, matter and person, and of the hall's rules, that is not the same in both."""
    return tuple(_changes(parts(old), parts(new)))


def created(new: Hall) -> tuple[Change, ...]:
    """Return the changes that make this hall where there was none."""
    return tuple(_changes({kind: {} for kind in Kind}, parts(new)))


def changed(hall: Hall, wanted: Iterable[Change]) -> Hall:
    """Return the hall with these changes made. Raises Conflict if one does not find what it expects.

    Of something that is otherwise than a change expects, only the fields that it changes need be as it expects: two
    people may change the room and the telephone of the same person. New ones come last in their list; others keep
    their place. Whether the result may go live, `directory.validate` says. A hall always has its rules: a change that
    takes them away finds nothing that it could leave.
    """
    tables: dict[Kind, dict[Any, Any]] = {kind: dict(found) for kind, found in parts(hall).items()}
    for change in wanted:
        table = tables[change.kind]
        fresh = _made(change, table.get(change.id))
        if fresh is None:
            table.pop(change.id, None)
        else:
            table[change.id] = fresh
    return replace(
        hall,
        units=tables[Kind.UNIT],
        matters=tables[Kind.MATTER],
        people=tables[Kind.PERSON],
        **_as_arguments(tables[Kind.HALL][HALL]),
    )


def reverse(made: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes that take these back, the last one first."""
    for change in reversed(tuple(made)):
        yield change.reverse


def parts(hall: Hall) -> Mapping[Kind, Mapping[Any, Known | HallRules]]:
    """Return everything of a hall that can change, by kind and id."""
    return {
        Kind.UNIT: hall.units,
        Kind.MATTER: hall.matters,
        Kind.PERSON: hall.people,
        Kind.HALL: {HALL: HallRules.of(hall)},
    }


def _made(change: Change, now: Any) -> Any:
    """What becomes of something by a change. Raises Conflict."""
    if change.kind is Kind.HALL and change.after is None:
        raise Conflict(change)
    if now == change.before:
        return change.after
    if now is None or change.before is None or change.after is None:
        raise Conflict(change)
    return _merged(change, now, change.before, change.after)


def _merged(change: Change, now: Any, before: Any, after: Any, *, within: str = "") -> Any:
    """What is there now, with the fields that differ between before and after made so. Raises Conflict."""
    fresh = {}
    for field in fields(before):
        here, was, wanted = (getattr(side, field.name) for side in (now, before, after))
        if was == wanted or here == wanted:
            continue
        if here == was:
            fresh[field.name] = wanted
        elif isinstance(was, LinePolicy | Numbering):
            fresh[field.name] = _merged(change, here, was, wanted, within=f"{field.name}.")
        else:
            raise Conflict(change, f"{within}{field.name}")
    return replace(now, **fresh)


def _changes(
    old: Mapping[Kind, Mapping[Any, Any]], new: Mapping[Kind, Mapping[Any, Any]]
) -> Iterator[Change]:
    for kind in Kind:
        before, after = old[kind], new[kind]
        for id in (*before, *(id for id in after if id not in before)):
            was, now = before.get(id), after.get(id)
            if was is not now and was != now:
                yield Change(kind, id, was, now)


def _as_arguments(rules: Hall | HallRules) -> dict[str, Any]:
    """The rules' fields by name."""
    return {rule.name: getattr(rules, rule.name) for rule in fields(HallRules)}
