"""Units, matters, people and the hall's rules as JSON and back: how the history keeps what was, and what became.

Every field is written, so that what stood there is known even when a default changes. A field that a later version
no longer knows is passed over, one that came later has its default: old histories outlive their authors.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from directory.changes import HallRules, Kind, Known
from directory.model import Matter, Person, Unit
from records.columns import Json, clean

CLASSES: Mapping[Kind, type[Known | HallRules]] = {
    Kind.UNIT: Unit,
    Kind.MATTER: Matter,
    Kind.PERSON: Person,
    Kind.HALL: HallRules,
}

Reads = Callable[[Any], Any]


def to_json(value: Any) -> Json:
    """Write a value of the directory's model."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(to_json(item) for item in value)
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"A directory cannot hold a {type(value).__name__}.")


def from_json(kind: Kind, written: Json) -> Known | HallRules | None:
    """Read what was written; None if it was nothing, or is not what this version could read."""
    if written is None:
        return None
    try:
        hint: Any = CLASSES[kind]
        read: Known | HallRules = _reader(hint)(written)
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    return read


@cache
def _reader(hint: Any) -> Reads:
    """What reads a value of this type; made once for each type."""
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        [other] = [_reader(choice) for choice in inner if choice is not type(None)]
        return lambda written: None if written is None else other(written)
    if origin is tuple:
        item = _reader(inner[0])
        return lambda written: tuple(item(each) for each in written)
    if origin is frozenset:
        item = _reader(inner[0])
        return lambda written: frozenset(item(each) for each in written)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, item = _reader(inner[0]), _reader(inner[1])
        return lambda written: {key(name): item(each) for name, each in written.items()}
    if isinstance(hint, type) and issubclass(hint, date | time):
        return hint.fromisoformat
    if is_dataclass(hint):
        return _of_class(hint)
    if not isinstance(hint, type):
        raise TypeError(f"no reader for {hint}")
    return hint  # str, int, float, bool, an enum: the class itself reads its value


def _of_class(kind: Any) -> Reads:
    """What reads a dataclass."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def read(written: Mapping[str, Json]) -> Any:
        if missing := needed - written.keys():
            raise ValueError(f"{sorted(missing)} are missing")
        return kind(**{name: _reader(hints[name])(written[name]) for name in names if name in written})

    return read
