"""One page: where it is, who may see it, what makes it, and what it may answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import web

from api.language import Text, noted
from records.account_views import Role

if TYPE_CHECKING:
    from api.pages.visit import Visit

SIGNED_IN = frozenset(Role)
"""Whoever is signed in."""
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
ANYBODY: frozenset[Role] = frozenset()
"""Also who is not signed in."""

NOTHING = Text("")

FORM_AT_MOST = 64 * 1024
"""Bytes of a form, unless its page says otherwise."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Show the page, or another template than its own, with these values.

    `wrong` are the sentences about what somebody filled in, by the field's name: with one of them the status
    is 422, the form shows each beside its field, and a summary above it has the focus.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    template: str = ""
    status: HTTPStatus = HTTPStatus.OK
    wrong: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Go:
    """It is done: go on to this path of ours (303, so that going back does not send the form again)."""

    to: str


Answer = Shown | Go | web.StreamResponse
Handler = Callable[["Visit"], Awaitable[Answer]]
"""Answers a visit of somebody who may be here, whose form, if there is one, is from a page of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One method of one path, as `api.http.route.Route` is for programs.

    `roles` are those who may come, any one is enough. `template` is what a whole page is made from; where
    `part` is given, htmx gets that fragment instead when it asks for a piece of the page. `menu` puts the page
    into the navigation of those who may see it, in the order of the table; `about` says on the
    home page what it is for.
    """

    path: str
    title: Text
    handler: Handler
    template: str = ""
    part: str = ""
    method: HTTPMethod = HTTPMethod.GET
    roles: frozenset[Role] = SIGNED_IN
    menu: bool = False
    about: Text = NOTHING
    at_most: int = FORM_AT_MOST


ROLES: Mapping[Role, Text] = {
    Role.CLERK: noted("pracownik BOM"),
    Role.SUPERVISOR: noted("przełożony"),
    Role.PROTECTION: noted("inspektor ochrony danych"),
    Role.ADMINISTRATOR: noted("administrator"),
}
"""What each role is called on pages."""
