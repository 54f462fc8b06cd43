"""The query of a request: each parameter declared once, for reading it and for the OpenAPI document."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from http import HTTPStatus
from typing import Any

from aiohttp import web

from api.http.problems import Problem
from api.settings.mending import nearest

TEXT_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter: its name, what it is for, its JSON schema, and how its text is read.

    `read` raises ValueError for a text that is none; `must` then says what it has to be.
    """

    name: str
    what: str
    must: str
    schema: Mapping[str, object]
    read: Callable[[str], Any]
    default: object = None


FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Moments before and after these are taken for these: at the ends of Python's calendar no day can be added any more."""


def whole(name: str, what: str, *, least: int, most: int, default: int | None = None) -> Parameter:
    """A whole number within bounds."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text[:20]) <= most:
            raise ValueError
        return int(text)

    schema: dict[str, object] = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(name, what, f"a whole number from {least} to {most}", schema, read, default)


def word_of(name: str, what: str, words: type[Enum]) -> Parameter:
    """One of the words of an enumeration."""
    values = [str(word.value) for word in words]

    def read(text: str) -> Enum:
        return words(text)

    return Parameter(name, what, f"one of {', '.join(values)}", {"type": "string", "enum": values}, read)


def words_of(name: str, what: str, words: type[Enum], *, default: Sequence[Enum] = ()) -> Parameter:
    """Any of the words of an enumeration, with commas between them."""
    values = [str(word.value) for word in words]

    def read(text: str) -> tuple[Enum, ...]:
        return tuple(words(each) for each in text.split(","))

    schema: dict[str, object] = {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "enum": values},
    }
    if default:
        schema["default"] = [word.value for word in default]
    must = f"one or more of {', '.join(values)}, with commas between"
    return Parameter(name, what, must, schema, read, tuple(default))


def moment(name: str, what: str) -> Parameter:
    """A moment with its time zone (RFC 3339), such as 2026-11-24T10:00:00+01:00."""

    def read(text: str) -> datetime:
        # A "+" that nobody escaped arrives as a space; RFC 3339 §5.6 allows small letters too.
        parsed = datetime.fromisoformat(text.replace(" ", "+").upper())
        if parsed.tzinfo is None:
            raise ValueError
        return max(FIRST, min(LAST, parsed)).astimezone(UTC)

    must = "a moment with its time zone, like 2026-11-24T10:00:00+01:00"
    return Parameter(name, what, must, {"type": "string", "format": "date-time"}, read)


def text(name: str, what: str) -> Parameter:
    """A short text."""

    def read(given: str) -> str:
        if not 1 <= len(given) <= TEXT_AT_MOST:
            raise ValueError
        return given

    schema: dict[str, object] = {"type": "string", "minLength": 1, "maxLength": TEXT_AT_MOST}
    return Parameter(name, what, f"a text of 1 to {TEXT_AT_MOST} characters", schema, read)


def query(request: web.Request, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The request's parameters, read; those not given have their default. Raises Problem (400)."""
    known = {parameter.name: parameter for parameter in parameters}
    values = {name: parameter.default for name, parameter in known.items()}
    for name in request.query:
        if name not in known:
            hint = nearest(name, known, quoted=True) if known else "; this path takes none"
            raise Problem(HTTPStatus.BAD_REQUEST, f"{quoted(name)} is not a parameter here{hint}")
        given = request.query.getall(name)
        if len(given) > 1:
            raise Problem(HTTPStatus.BAD_REQUEST, f'"{name}" was given {len(given)} times; give it once.')
        try:
            values[name] = known[name].read(given[0])
        except ValueError:
            detail = f'"{name}" must be {known[name].must}, but {quoted(given[0])} was read.'
            raise Problem(HTTPStatus.BAD_REQUEST, detail) from None
    return values


def headers(request: web.Request, wanted: Sequence[Parameter]) -> dict[str, Any]:
    """Those headers of the request that the route reads, by their names. Raises Problem (400)."""
    values = {}
    for parameter in wanted:
        given = request.headers.getall(parameter.name, [])
        try:
            values[parameter.name] = parameter.read(", ".join(given)) if given else parameter.default
        except ValueError:
            detail = (
                f'The header "{parameter.name}" must be {parameter.must}, but {quoted(given[0])} was read.'
            )
            raise Problem(HTTPStatus.BAD_REQUEST, detail) from None
    return values


def quoted(text: str) -> str:
    """What somebody sent, as a sentence may show it: short, and printable."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in text[:60])
    return f'"{shown}{"…" if len(text) > 60 else ""}"'
