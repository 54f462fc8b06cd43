"""Live facts as server-sent events (WHATWG HTML §9.2): for screens, and for watching the demonstration."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web
from pydantic import TypeAdapter

from api.http import shapes
from api.http.hardening import HEADERS
from records.subscription import FellBehind, Subscription

BEAT_SECONDS = 15.0
"""So often something is sent though nothing happened: proxies and dead watchers are found out."""

COME_BACK_MS = 2000

log = logging.getLogger(__name__)
_shown = TypeAdapter(shapes.FactShown)


class Streams:
    """The open streams of one application, each with its own subscription to the journal."""

    def __init__(self, subscribe: Callable[[], Subscription]) -> None:
        self._subscribe = subscribe
        self._open: set[Subscription] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def stream(self) -> Iterator[Subscription]:
        """Facts from now on, inside this block; at once at its end when the application stops."""
        subscription = self._subscribe()
        self._open.add(subscription)
        if self._closed:
            subscription.end()
        try:
            yield subscription
        finally:
            self._open.discard(subscription)
            subscription.close()

    def close(self) -> None:
        """End every stream, so that none holds a shutdown up."""
        self._closed = True
        for subscription in tuple(self._open):
            subscription.end()


async def write_events(
    request: web.Request, streams: Streams, *, personal: bool, beat: float = BEAT_SECONDS
) -> web.StreamResponse:
    """Send every committed fact from now on; `event` is its kind, `data` the object of a call's story.

    The stream ends when the service stops, or when the reader falls too far behind: then come back, and read
    `/api/calls` for what was missed.
    """
    headers = {**HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    with streams.stream() as facts:
        await response.prepare(request)
        try:
            await response.write(f"retry: {COME_BACK_MS}\n: facts from now on\n\n".encode())
            await _written(facts, response, personal=personal, beat=beat)
            await response.write_eof()
        except ConnectionResetError:
            log.debug("a watcher of the events went away")
    return response


async def _written(facts: Subscription, response: web.StreamResponse, *, personal: bool, beat: float) -> None:
    """Write facts until there are no more, and a sign of life in every pause."""
    while True:
        try:
            async with asyncio.timeout(beat):
                fact = await anext(facts)
        except TimeoutError:
            await response.write(b": still here\n\n")
        except FellBehind:
            await response.write(b"event: fell_behind\ndata: {}\n\n")
            return
        except StopAsyncIteration:
            return
        else:
            await response.write(one_event(shapes.live(fact, personal=personal)))


def one_event(shown: shapes.FactShown) -> bytes:
    """One event; JSON has no line ends of its own, so one data line is enough."""
    data = json.dumps(_shown.dump_python(shown, mode="json"), ensure_ascii=False)
    return f"event: {shown.kind}\ndata: {data}\n\n".encode()
