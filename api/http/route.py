"""One route: what is served, who may ask, what may be asked, and in which shape it is answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus
from typing import Any

from api.http.body import Body
from api.http.parameters import Parameter
from api.http.parts import Asked, Parts
from api.tokens import Scope

Handler = Callable[[Parts, Asked], Awaitable[Any]]
"""Answers a request that is past the door and understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one path.

    `scope` None needs no token. `answer` is the shape of a success, whose status is `status`; None where it is
    no JSON, and then `content` says what it is. `also` names further statuses beside the usual errors. `leads_to`
    names routes that an answer leads to, and where in it the id for their path stands (a JSON pointer).
    """

    path: str
    name: str
    summary: str
    handler: Handler
    method: HTTPMethod = HTTPMethod.GET
    scope: Scope | None = Scope.READ
    parameters: tuple[Parameter, ...] = ()
    headers: tuple[Parameter, ...] = ()
    body: Body | None = None
    answer: type | None = None
    status: HTTPStatus = HTTPStatus.OK
    content: str = "application/json"
    also: Mapping[int, str] = field(default_factory=dict)
    leads_to: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_path(self) -> tuple[str, ...]:
        """The names in the path's pattern."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))
