"""Errors as people and programs can read them: RFC 9457 problem documents with one sentence each."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from api.tokens import TokenError
from records.errors import RecordsError

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that we answer with an error; `detail` is one sentence that says what to do."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self) -> web.Response:
        """The problem document (RFC 9457 §3.1); its type is about:blank, so its title is HTTP's phrase."""
        body = {"title": self.status.phrase, "status": self.status.value, "detail": self.detail}
        return web.Response(
            text=json.dumps(body, ensure_ascii=False),
            status=self.status.value,
            headers=self.headers,
            content_type=CONTENT_TYPE,
        )


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn errors into problem documents.

    A mistake of our own is left to aiohttp: it logs the traceback, answers 500 without details, and goes on.
    """
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response()
    except web.HTTPException as refused:
        # aiohttp's router speaks by exceptions: unknown path, wrong method, body too large.
        return _of_router(request, refused).response()
    except (RecordsError, TokenError) as away:
        log.warning("a request could not be answered: %s", away)
        detail = "What was asked for cannot be read at present; the log says why, and /health/ready too."
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, {"Retry-After": "5"}).response()


def _of_router(request: web.Request, refused: web.HTTPException) -> Problem:
    status = HTTPStatus(refused.status)
    if isinstance(refused, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(refused.allowed_methods))
        return Problem(status, f"Here only {allowed} is understood.", {"Allow": allowed})
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Problem(status, "The body is too large: no command needs more than 16 KiB.")
    if status is HTTPStatus.NOT_FOUND:
        return Problem(status, "There is nothing under this path; /openapi.json lists every path.")
    return Problem(status, f"The request was refused: {status.description or status.phrase}.")
