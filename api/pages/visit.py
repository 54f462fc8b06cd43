"""A visit: one request for a page, by somebody, in a language, with what they filled in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from multidict import MultiDict, MultiDictProxy

from api.accounts.sessions import SignedIn
from api.http.parts import Parts
from api.language import LANGUAGES, Text, catalogue, preferred
from api.pages.cookies import FLASH, LANGUAGE, LONGEST, SESSION, THEME, YEAR, Cookies
from api.pages.page import Page
from api.pages.parts import PageParts
from records.account_views import Account

THEMES = ("auto", "light", "dark")
FLASH_AT_MOST = 500
"""Characters of one message: three signs of a cookie for each would still fit."""
DONE, TROUBLE = "done", "trouble"
"""Kinds of flash messages."""

BY_ITSELF = "X-By-Itself"
"""A header of what a page asks for by itself, when there is news: that is no sign of somebody sitting before it."""

Filled = str | bytes | bytearray | web.FileField
FormData = MultiDictProxy[Filled] | MultiDict[Filled]


@dataclass(slots=True)
class Visit:
    """Everything a page's handler is given."""

    parts: Parts
    request: web.Request
    cookies: Cookies
    page: Page | None = None
    """None: there is no such page."""
    signed_in: SignedIn | None = None
    language: str = "pl"
    form: FormData = field(default_factory=MultiDict)

    @property
    def pages(self) -> PageParts:
        """What only pages need."""
        return self.parts.pages

    @property
    def account(self) -> Account:
        """Who is here; only for pages that nobody sees without having signed in."""
        assert self.signed_in is not None
        return self.signed_in.account

    @property
    def by(self) -> str:
        """Who is here, for the record of a change."""
        return self.account.name

    @property
    def address(self) -> str:
        """Where the request came from: the peer, or what the proxy that we know says of it."""
        peer = self.request.remote or ""
        if peer and peer == self.pages.proxy:
            told = ",".join(self.request.headers.getall("X-Forwarded-For", []))
            return told.rpartition(",")[2].strip()[:64] or peer
        return peer

    @property
    def path(self) -> Mapping[str, str]:
        """The names in the path, by the words of the page's pattern."""
        return self.request.match_info

    @property
    def wants_part(self) -> bool:
        """Whether htmx asks for a piece of the page."""
        return self.request.headers.get("HX-Request") == "true" and "HX-Boosted" not in self.request.headers

    @property
    def theme(self) -> str:
        """The colours that were chosen: "auto", "light" or "dark"."""
        chosen = self.cookies.get(THEME)
        return chosen if chosen in THEMES else THEMES[0]

    def asked(self, name: str) -> str:
        """A value of the query, or ""."""
        return self.request.query.get(name, "")

    def filled(self, name: str) -> str:
        """A text of the form without spaces around it, or ""."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """A text of the form exactly as it was typed: a password may begin with a space."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def chosen(self, name: str) -> Sequence[str]:
        """All the texts of this name in the form."""
        return [value for value in self.form.getall(name, []) if isinstance(value, str)]

    def text(self, text: str, **values: Any) -> str:
        """A text in the language of the visit, with values in the places of its `%(name)s`."""
        translated = catalogue(self.language).gettext(text)
        return translated % values if values else translated

    def counted(self, one: str, many: str, num: int) -> str:
        """A text that depends on a number, which stands in it as `%(num)s`."""
        return catalogue(self.language).ngettext(one, many, num) % {"num": num}

    def flash(self, text: Text, kind: str = DONE, **values: Any) -> None:
        """Show this on top of the next page, once."""
        said = self.text(text, **values)
        said = f"{said[:FLASH_AT_MOST]}…" if len(said) > FLASH_AT_MOST else said
        waiting = [*self._flashes(), (kind, said)][-3:]
        while len(sealed := self._sealed(waiting)) > LONGEST:
            waiting = waiting[1:]
        self.cookies.put(FLASH, sealed, seconds=60)

    def take_flashes(self) -> list[tuple[str, str]]:
        """What was to be shown on this page, as (kind, text); a piece of a page leaves it to the next whole one."""
        waiting = [] if self.wants_part else self._flashes()
        if waiting:
            self.cookies.drop(FLASH)
        return waiting

    def _sealed(self, flashes: list[tuple[str, str]]) -> str:
        packed = json.dumps(flashes, ensure_ascii=False).encode().hex()  # hex: signs that need no quotes
        return self.pages.key.sealed(FLASH, packed)

    def _flashes(self) -> list[tuple[str, str]]:
        packed = self.pages.key.opened(FLASH, self.cookies.get(FLASH))
        return [(kind, text) for kind, text in json.loads(bytes.fromhex(packed))] if packed else []

    def keep_language(self, language: str) -> None:
        """Show pages in this language from now on, in this browser."""
        if language in LANGUAGES:
            self.language = language
            self.cookies.put(LANGUAGE, language, seconds=YEAR)


def visit_of(parts: Parts, request: web.Request, page: Page | None) -> Visit:
    """A visit of whoever it may be; `recognise` finds out."""
    visit = Visit(parts, request, Cookies(request, secure=parts.pages.secure), page)
    visit.language = _language(visit)
    return visit


async def recognise(visit: Visit) -> None:
    """Find out who comes. Raises RecordsError."""
    if token := visit.cookies.get(SESSION):
        sessions = visit.pages.sessions
        by_itself = BY_ITSELF in visit.request.headers
        visit.signed_in = await (sessions.glance(token) if by_itself else sessions.of_token(token))
        visit.language = _language(visit)


def _language(visit: Visit) -> str:
    """The account's, the one chosen in this browser, or the one that the browser asks for."""
    for language in (
        visit.signed_in.account.language if visit.signed_in else "",
        visit.cookies.get(LANGUAGE),
    ):
        if language in LANGUAGES:
            return language
    return preferred(visit.request.headers.get("Accept-Language", ""))
