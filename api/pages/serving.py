"""Serving the table of pages: who may come, whose form it is, and one way to fail, in the visitor's language."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from http import HTTPMethod, HTTPStatus
from typing import Any
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from api.http.hardening import path_of
from api.http.parts import Parts
from api.http.problems import Problem
from api.language import Text, noted
from api.pages.addresses import HOME, PASSWORD, SIGN_IN, SIGN_OUT
from api.pages.cookies import SESSION
from api.pages.forms import close_files, read_form
from api.pages.page import ANYBODY, Answer, Go, Page, Shown
from api.pages.rendering import html
from api.pages.static_files import PREFIX, add_static
from api.pages.table import PAGES
from api.pages.visit import TROUBLE, Visit, recognise, visit_of
from records.errors import RecordsError

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing but our own files runs, and nothing inline (Content Security Policy Level 3)."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    # A browser tells no origin with a form if it may tell no referrer (Fetch, "append a request Origin header").
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Vary": "Cookie, Accept-Language, HX-Request",
}
STREAM = "text/event-stream"
"""What a browser's EventSource accepts: it cannot be led to another page."""
HSTS = "max-age=31536000"
SHOWN = {page.path for page in PAGES if page.method is HTTPMethod.GET}
"""The patterns of what can be opened, and not only sent to."""
OF_PROGRAMS = ("/api/", "/health/", "/metrics", "/openapi.json", PREFIX + "/")
"""What lies under these is never answered with a page."""

REASONS: Mapping[HTTPStatus, Text] = {
    HTTPStatus.FORBIDDEN: noted("Ta strona jest dla innych ról niż Twoje."),
    HTTPStatus.NOT_FOUND: noted("Nie ma takiej strony. Może adres ma literówkę, albo strony już nie ma."),
    HTTPStatus.METHOD_NOT_ALLOWED: noted("Tej strony nie można tak otworzyć."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: noted(
        "To, co zostało wysłane, jest za duże. Nic nie zostało zmienione."
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: noted("Baza danych chwilowo nie odpowiada. Spróbuj za chwilę."),
    HTTPStatus.INTERNAL_SERVER_ERROR: noted(
        "To nasz błąd, został zapisany. Spróbuj ponownie, a jeśli się powtarza, powiedz administratorowi."
    ),
}
EXPIRED = noted("Sesja się skończyła, więc nic nie zostało zapisane. Zaloguj się i spróbuj jeszcze raz.")
OTHERWISE = noted("Tego nie można zrobić.")

TITLES: Mapping[HTTPStatus, Text] = {
    HTTPStatus.FORBIDDEN: noted("Brak dostępu"),
    HTTPStatus.NOT_FOUND: noted("Nie znaleziono"),
    HTTPStatus.INTERNAL_SERVER_ERROR: noted("Błąd"),
    HTTPStatus.SERVICE_UNAVAILABLE: noted("Chwilowa przerwa"),
}
UNTITLED = noted("Nie udało się")


def add_pages(app: web.Application, parts: Parts) -> None:
    """Add every page of the table, and the files that they load."""
    for page in PAGES:
        app.router.add_route(page.method.value, page.path, _served(page, parts))
    add_static(app)


def wants_page(request: web.Request) -> bool:
    """Whether somebody looks who reads pages: a browser, and nothing under a path of programs."""
    return "text/html" in request.headers.get("Accept", "") and not request.path.startswith(OF_PROGRAMS)


def in_pages(parts: Parts) -> Middleware:
    """A middleware that answers a browser with a page where the router knows no way."""
    paths = {page.path for page in PAGES}

    @web.middleware
    async def shown(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as refused:
            if not (path_of(request) in paths or wants_page(request)):
                raise
            status = HTTPStatus(refused.status)
            response = await _within(parts, request, None, partial(_refused, status))
            if "Allow" in refused.headers:
                response.headers["Allow"] = refused.headers["Allow"]
            return response

    return shown


async def _refused(status: HTTPStatus, visit: Visit) -> Answer:
    raise Problem(status, "")


def _served(page: Page, parts: Parts) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(visit: Visit) -> Answer:
        if away := _must_go(visit, page):
            return away
        if page.method is HTTPMethod.GET:
            return await page.handler(visit)
        visit.form = await read_form(visit)
        try:
            return await page.handler(visit)
        finally:
            close_files(visit.form)

    async def serve(request: web.Request) -> web.StreamResponse:
        return await _within(parts, request, page, answer)

    return serve


def _must_go(visit: Visit, page: Page) -> Answer | None:
    """Where somebody is sent who may not see this page now, or not at all. Raises Problem."""
    if page.roles == ANYBODY:
        return None
    if visit.signed_in is None:
        if visit.request.headers.get("Accept") == STREAM:
            return web.Response(status=HTTPStatus.NO_CONTENT)  # it comes back no more (WHATWG HTML §9.2.3)
        if page.path == SIGN_OUT:
            return Go(SIGN_IN)
        if page.method is not HTTPMethod.GET and visit.cookies.get(SESSION):
            visit.flash(EXPIRED, TROUBLE)
        return Go(f"{SIGN_IN}?next={quote(_way_back(visit), safe='')}")
    if visit.account.must_change_password and page.path != PASSWORD:
        return Go(PASSWORD)
    if not visit.account.is_any(page.roles):
        raise Problem(HTTPStatus.FORBIDDEN, "")
    return None


async def _within(
    parts: Parts, request: web.Request, page: Page | None, answer: Callable[[Visit], Awaitable[Answer]]
) -> web.StreamResponse:
    """Answer a visit; what goes wrong becomes a page too, also our own mistakes: one visit hurts no other."""
    visit = visit_of(parts, request, page)

    async def answered() -> web.StreamResponse:
        await recognise(visit)
        return _response(visit, await answer(visit))

    (response,) = await asyncio.gather(answered(), return_exceptions=True)
    if isinstance(response, BaseException):
        response = _of_error(visit, response)
    if not response.prepared:
        visit.cookies.write(response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if parts.pages.secure:
            response.headers["Strict-Transport-Security"] = HSTS
    return response


def _way_back(visit: Visit) -> str:
    """Where somebody comes to the same page again: one that can only be sent to has its form elsewhere."""
    if visit.request.method == HTTPMethod.GET:
        return visit.request.path_qs
    return visit.request.path if visit.page and visit.page.path in SHOWN else HOME


def _frame(visit: Visit) -> dict[str, Any]:
    """What the layout of every page needs."""
    return {"menu": _menu(visit), "way_back": _way_back(visit)}


def _response(visit: Visit, answer: Answer) -> web.StreamResponse:
    match answer:
        case Go(to=to) if visit.wants_part:
            # htmx follows a redirect by itself and would put the whole page into the piece that it asked for.
            return web.Response(headers={"HX-Redirect": to})
        case Go(to=to):
            return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": to})
        case Shown():
            assert visit.page is not None
            template = visit.page.part if visit.page.part and visit.wants_part else visit.page.template
            values = {**answer.values, **_frame(visit), "wrong": answer.wrong}
            status = HTTPStatus.UNPROCESSABLE_ENTITY if answer.wrong else answer.status
            shown = html(visit, answer.template or template, values, status)
            shown.headers.update(answer.headers)
            return shown
        case _:
            return answer


def _of_error(visit: Visit, error: BaseException) -> web.Response:
    """The page that says what went wrong. Raises what is no error: a cancellation."""
    match error:
        case Problem():
            return _trouble(visit, error.status, error.detail)
        case web.HTTPException():
            return _trouble(visit, HTTPStatus(error.status))
        case RecordsError():
            log.warning("a page could not be shown: %s", error)
            return _trouble(visit, HTTPStatus.SERVICE_UNAVAILABLE)
        case Exception():
            log.error("a page failed by our own mistake", exc_info=error)
            return _trouble(visit, HTTPStatus.INTERNAL_SERVER_ERROR)
    raise error


def _trouble(visit: Visit, status: HTTPStatus, reason: str = "") -> web.Response:
    values = {
        "title": visit.text(TITLES.get(status, UNTITLED)),
        "reason": visit.text(reason or REASONS.get(status, OTHERWISE)),
        "status": status,
        **_frame(visit),
    }
    return html(visit, "trouble.html", values, status)


def _menu(visit: Visit) -> list[Page]:
    """The pages that stand in the navigation of who is here."""
    if visit.signed_in is None or visit.account.must_change_password:
        return []
    return [page for page in PAGES if page.menu and visit.account.is_any(page.roles)]
