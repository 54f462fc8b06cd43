"""What every answer carries and what the access log says: safe headers, and nobody's data."""

import logging

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

log = logging.getLogger("api.access")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "halo",
}
"""Answers are data about people: nothing may sniff, frame, embed, refer to or keep them."""


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers; a handler's own choice of one of them stands (a signal of aiohttp, on prepare)."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = HEADERS["Server"]  # aiohttp has put its own name and version there already


def path_of(request: web.BaseRequest) -> str:
    """The path as the table of routes has it ("/api/calls/{id}"), never as it was asked; no query."""
    try:
        resource = request.match_info.route.resource if isinstance(request, web.Request) else None
    except AssertionError:  # aiohttp's own: what was sent is no HTTP, and never came to the router
        resource = None
    return resource.canonical if resource is not None else "(no such path)"


class AccessLog(AbstractAccessLogger):
    """One line per request: method, path pattern, status, milliseconds. No address, query, header or id."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write the line."""
        log.info("%s %s %d in %.1f ms", request.method, path_of(request), response.status, time * 1000)
