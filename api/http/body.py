"""The body of a request: a shape declared once, for reading it, for complaints and for the OpenAPI document.

The description of a field says what it must be; a wrong value is answered with those words.
"""

import dataclasses
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, get_args, get_type_hints

from aiohttp import web
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from api.http.parameters import quoted
from api.http.problems import Problem
from api.settings.mending import nearest

JSON = "application/json"
AT_MOST = 16 * 1024
"""Bytes; whoever sends more is stopped early."""

NO_FIELD = frozenset({"unexpected_keyword_argument", "extra_forbidden"})


class Body:
    """What a request carries: one dataclass, or several of which one must fit, and the name for the document.

    `must` is the sentence about a body that is none of them.
    """

    def __init__(self, name: str, shape: Any, must: str) -> None:
        self.name = name
        self.adapter: TypeAdapter[Any] = TypeAdapter(shape)
        self._must = must
        self._fields = dict(_described(shape))

    async def read(self, request: web.Request) -> Any:
        """The body, in its shape. Raises Problem: 415 if it is no JSON by its type, 400 if it is none of these."""
        if request.content_type != JSON or "Content-Encoding" in request.headers:
            detail = f'Send the body as plain JSON, with the header "Content-Type: {JSON}".'
            raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
        try:
            return self.adapter.validate_json(await _bytes(request))
        except ValidationError as wrong:
            raise Problem(HTTPStatus.BAD_REQUEST, self._sentence(wrong.errors()[0])) from None

    def _sentence(self, wrong: ErrorDetails) -> str:
        """What is wrong, and what it must be instead."""
        name = next((str(part) for part in reversed(wrong["loc"]) if part in self._fields), "")
        if wrong["type"] == "json_invalid":
            return f"The body cannot be read as JSON ({wrong['ctx']['error']}); {self._must}"
        if wrong["type"] in NO_FIELD:
            name = str(wrong["loc"][-1])
            return f"{quoted(name)} is not a field here{nearest(name, self._fields, quoted=True)}"
        if name not in self._fields:
            return f"The body must be another: {self._must}"
        return f'"{name}" must be {self._fields[name]}, but {_shown(wrong["input"])} was read.'


async def no_body(request: web.Request) -> None:
    """Be sure that nothing was sent that somebody believes to matter. Raises Problem."""
    if await _bytes(request):
        raise Problem(HTTPStatus.BAD_REQUEST, "Nothing is read from a body here; send none.")


async def _bytes(request: web.Request) -> bytes:
    """What was sent, as it came. Raises Problem for what is no HTTP."""
    try:
        return await request.read()
    except web.RequestPayloadError:
        raise Problem(
            HTTPStatus.BAD_REQUEST, "The body is broken: its chunks are not as HTTP wants them."
        ) from None


def _described(shape: Any) -> Mapping[str, str]:
    """The description of every field of a dataclass, or of the dataclasses of a union."""
    if not (isinstance(shape, type) and dataclasses.is_dataclass(shape)):
        return {name: must for part in get_args(shape) for name, must in _described(part).items()}
    return {
        name: next(about.description or "" for about in hint.__metadata__ if isinstance(about, FieldInfo))
        for name, hint in get_type_hints(shape, include_extras=True).items()
    }


def _shown(value: object) -> str:
    return quoted(value) if isinstance(value, str) else quoted(json.dumps(value))[1:-1]
