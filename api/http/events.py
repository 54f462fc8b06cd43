"""Live facts as server-sent events (WHATWG HTML §9.2): for screens, and for watching the demonstration."""

import json
import logging

from aiohttp import web
from pydantic import TypeAdapter

from api.feed import Watcher
from api.http import shapes
from api.http.hardening import HEADERS
from api.http.parts import Asked, Parts

BEAT_SECONDS = 15.0
"""So often something is sent though nothing happened: proxies and dead watchers are found out."""

COME_BACK_MS = 2000

log = logging.getLogger(__name__)

_shown = TypeAdapter(shapes.FactShown)


async def events(parts: Parts, asked: Asked) -> web.StreamResponse:
    """Every committed fact from now on; `event` is its kind, `data` the same object as in a call's story.

    The stream ends when the service stops, or when the reader falls too far behind: then come back, and read
    `/api/calls` for what was missed.
    """
    response = web.StreamResponse(
        headers={**HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
    )
    with parts.feed.watched() as watcher:
        await response.prepare(asked.request)
        try:
            await response.write(f"retry: {COME_BACK_MS}\n: facts from now on\n\n".encode())
            await _told(watcher, response, personal=asked.sees_personal)
            await response.write_eof()
        except ConnectionResetError:
            log.debug("a watcher of the events went away")
    return response


async def _told(watcher: Watcher, response: web.StreamResponse, *, personal: bool) -> None:
    """Write facts until the watcher is cut off."""
    while True:
        try:
            fact = await watcher.next(within=BEAT_SECONDS)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if fact is None:
            return
        await response.write(written(shapes.live(fact, personal=personal)))


def written(shown: shapes.FactShown) -> bytes:
    """One event; JSON has no line ends of its own, so one data line is enough."""
    data = json.dumps(_shown.dump_python(shown, mode="json"), ensure_ascii=False)
    return f"event: {shown.kind}\ndata: {data}\n\n".encode()
