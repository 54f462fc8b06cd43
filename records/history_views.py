"""What a reader of the directory's history sees: versions, and each change of each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from directory.changes import Change, HallRules, Kind, Known, Source
from directory.model import Hall, Matter


@dataclass(frozen=True, slots=True)
class InForce:
    """The hall that new calls use, and the version that it was saved as."""

    version: int
    hall: Hall


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to; without changes it was in force already, and nothing was written."""

    in_force: InForce
    changes: tuple[Change, ...]

    @property
    def version(self) -> int:
        """The version that is in force now."""
        return self.in_force.version


@dataclass(frozen=True, slots=True, kw_only=True)
class HallVersion:
    """One save of the hall's directory."""

    version: int
    saved: datetime
    saved_by: str
    source: Source | None
    """From where; None for one that an older version of the service saved."""
    note: str
    """What they said of it: an import's file."""
    undoes: int | None
    """The version that it took back."""
    undone: bool
    """Whether it was taken back since."""
    in_force: bool
    changes: int
    """How many things it changed; 0 if it was saved before changes were kept."""
    whole: bool
    """Whether it can still be loaded; of old ones only the changes are kept."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as `directory.model` has it; None where there was, or is, nothing at all."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One change of one unit, matter or person, or of the hall's rules: who made it, when, and from where."""

    version: int
    ordinal: int
    """Its place among the changes of this version, from 0."""
    saved: datetime
    saved_by: str
    source: Source | None
    note: str
    undoes: int | None
    kind: Kind
    id: str
    title: str
    """Its name at that time."""
    change: Change | None
    """None if it was written by a version of the service whose words this one does not know."""

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ, in the model's order; all of them for what is new or gone."""
        return tuple(fields_of(self.change)) if self.change else ()


def fields_of(change: Change) -> Iterator[FieldChange]:
    """Yield the fields that a change makes different."""
    known = change.after if change.after is not None else change.before
    assert known is not None
    for field in fields(known):
        before, after = (getattr(side, field.name, None) for side in (change.before, change.after))
        if before != after:
            yield FieldChange(field.name, before, after)


def title_of(change: Change) -> str:
    """Return what a unit, matter, person or hall is called; the new name, if it got one."""
    known: Known | HallRules | None = change.after if change.after is not None else change.before
    assert known is not None
    return f"{known.symbol} {known.title}".strip() if isinstance(known, Matter) else known.name
