"""Facts as the journal stores them, and back: a kind, JSON without personal fields, JSON with them.

A fact's kind is its class name in small letters (`PhoneRang` is `phone_rang`). Old journals outlive their
authors: a kind or shape that this version no longer knows decodes to None, and stays readable as JSON.
"""

import dataclasses
import math
import re
import sys
import types
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

from callflows.facts import Fact
from records.columns import Json, clean, utc

_OF_EVERY_FACT = ("call", "at")
_ERASED: dict[Any, Any] = {str: "", tuple: ()}
"""What stands in a fact for a personal value that was erased."""


class Stored(NamedTuple):
    """A fact in the form of its row."""

    call: str
    at: datetime
    kind: str
    payload: dict[str, Json]
    personal: dict[str, Json] | None


class _Field(NamedTuple):
    """One of a fact's own fields."""

    name: str
    hint: Any
    personal: bool


class _Shape(NamedTuple):
    """What is to be known of a class of facts."""

    kind: str
    fields: tuple[_Field, ...]


_shapes: dict[type, _Shape] = {}


def encode(fact: Fact) -> Stored:
    """Write a fact; text is made storable, times are UTC, enums are their words."""
    kind, fields = _shape(type(fact))
    payload: dict[str, Json] = {}
    personal: dict[str, Json] = {}
    for name, _, is_personal in fields:
        (personal if is_personal else payload)[name] = _plain(getattr(fact, name))
    return Stored(clean(fact.call), utc(fact.at), kind, payload, personal or None)


def decode(stored: Stored) -> Fact | None:
    """Read a fact; None if its kind or shape is not known any more."""
    kind = _class_named(stored.kind)
    if kind is None:
        return None
    written = {**stored.payload, **(stored.personal or {})}
    values: dict[str, Any] = {"call": stored.call, "at": stored.at}
    try:
        for name, hint, is_personal in _shape(kind).fields:
            if name in written:
                values[name] = _read(written[name], hint)
            elif is_personal and stored.personal is None:
                values[name] = _ERASED.get(get_origin(_plain_type(hint)) or _plain_type(hint))
        return kind(**values)
    except (TypeError, ValueError):
        return None


def kind_of(fact: type[Fact]) -> str:
    """Return the name of a kind of fact as the journal writes it."""
    return _shape(fact).kind


def _shape(kind: type[Fact]) -> _Shape:
    """The shape of a class of facts, looked at once."""
    shape = _shapes.get(kind)
    if shape is None:
        hints = get_type_hints(kind)
        fields = tuple(
            _Field(field.name, hints[field.name], bool(field.metadata.get("personal")))
            for field in dataclasses.fields(kind)
            if field.name not in _OF_EVERY_FACT
        )
        shape = _shapes[kind] = _Shape(re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(), fields)
    return shape


@cache
def _class_named(name: str) -> type[Fact] | None:
    """The class of facts of this name, in whichever module it is defined."""
    waiting = [Fact]
    while waiting:
        kind = waiting.pop()
        if kind_of(kind) == name and _is_real(kind):
            return kind
        waiting.extend(kind.__subclasses__())
    return None


def _is_real(kind: type[Fact]) -> bool:
    """Whether its module knows it: `slots=True` leaves a ghost of each class behind in `__subclasses__`."""
    return getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind


def _plain(value: Any) -> Json:
    """A value of a fact as JSON."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return utc(value).isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"A fact cannot hold a {type(value).__name__}.")


def _plain_type(hint: Any) -> Any:
    """The type below a NewType."""
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    return hint


def _read(value: Json, hint: Any) -> Any:
    """A value of a fact from JSON; raises TypeError or ValueError if it is not of that type."""
    hint = _plain_type(hint)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _read_optional(value, hint)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError("not a list")
        return tuple(_read(item, get_args(hint)[0]) for item in value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is datetime:
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{name: _read(item, hints[name]) for name, item in dict(value).items() if name in hints})
    if not isinstance(value, hint):
        raise TypeError(f"not a {hint}")
    return value


def _read_optional(value: Json, hint: Any) -> Any:
    """A value that may be None."""
    others = [choice for choice in get_args(hint) if choice is not type(None)]
    if value is None and len(others) < len(get_args(hint)):
        return None
    return _read(value, others[0])
