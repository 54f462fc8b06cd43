"""The aiohttp application: every route of the table behind one door, with one way to fail."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from functools import cache
from http import HTTPMethod, HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from pydantic import TypeAdapter

from api.http.body import AT_MOST, no_body
from api.http.hardening import harden, path_of
from api.http.health import Ready
from api.http.openapi import document
from api.http.parameters import headers, query
from api.http.parts import Asked, Parts
from api.http.problems import problems
from api.http.route import Route
from api.http.routes import ROUTES
from api.metrics import Metrics
from api.pages.addresses import TOPICS
from api.pages.serving import add_pages, in_pages

STREAMS = ("/api/events", TOPICS)
"""Last as long as their readers like: not requests whose time says anything."""

COUNTED = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE"})
"""Methods that have a metric of their own: whoever asks may invent others."""


def build_app(parts: Parts) -> web.Application:
    """The application over these parts; the caller runs it."""
    app = web.Application(
        middlewares=[_measured(parts.metrics), problems, in_pages(parts)], client_max_size=AT_MOST
    )
    app.on_response_prepare.append(harden)
    for route in ROUTES:
        app.router.add_route(route.method.value, route.path, _served(route, parts), name=route.name)
    add_pages(app, parts)

    async def openapi(request: web.Request) -> web.Response:
        described = await asyncio.to_thread(_described, parts.version)
        return web.Response(text=described, content_type="application/json")

    app.router.add_get("/openapi.json", openapi, name="openapi", allow_head=False)

    async def close_streams(_: web.Application) -> None:
        # Streams of events would otherwise hold the shutdown up until its time limit.
        parts.streams.close()

    app.on_shutdown.append(close_streams)
    return app


@cache
def _described(version: str) -> str:
    """The OpenAPI document, made once, when it is asked for: it takes a tenth of a second."""
    return json.dumps(document(ROUTES, version=version), ensure_ascii=False)


@cache
def _adapter(answer: type) -> TypeAdapter[Any]:
    """What turns answers of this shape into JSON, made once, at the first of them: a start has no time for all."""
    return TypeAdapter(answer)


def _served(route: Route, parts: Parts) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The route's handler, behind the door, with its query and body read and its answer written."""

    async def serve(request: web.Request) -> web.StreamResponse:
        token = parts.door.let_in(request, route.scope) if route.scope is not None else None
        values = query(request, route.parameters) | headers(request, route.headers)
        answer = await route.handler(parts, Asked(request, values, token, await _body(route, request)))
        if isinstance(answer, web.StreamResponse):
            return answer
        assert route.answer is not None
        body = json.dumps(_adapter(route.answer).dump_python(answer, mode="json"), ensure_ascii=False)
        response = web.Response(text=body, status=_status(route, answer), content_type="application/json")
        if mark := getattr(answer, "mark", ""):
            response.headers["ETag"] = f'"{mark}"'
        return response

    return serve


async def _body(route: Route, request: web.Request) -> Any:
    """What was sent in the body, in the route's shape. Raises Problem."""
    if route.body is not None:
        return await route.body.read(request)
    if route.method is not HTTPMethod.GET:
        await no_body(request)
    return None


def _status(route: Route, answer: object) -> int:
    unready = isinstance(answer, Ready) and not answer.ready
    return (HTTPStatus.SERVICE_UNAVAILABLE if unready else route.status).value


def _measured(metrics: Metrics) -> Middleware:
    """A middleware that notes how long each request took."""

    @web.middleware
    async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
        began, status = time.perf_counter(), HTTPStatus.INTERNAL_SERVER_ERROR.value
        try:
            response = await handler(request)
            status = response.status
            return response
        finally:
            if path_of(request) not in STREAMS:
                metrics.request(
                    method=request.method if request.method in COUNTED else "other",
                    path=path_of(request),
                    status=status,
                    seconds=time.perf_counter() - began,
                )

    return measured
