"""Live pages: which topics have news, as server-sent events (WHATWG HTML §9.2), to whoever is signed in.

An event says *that* there is news and nothing of it: its name is a topic, such as `directory` or the kind of a
fact (`presence_changed`). The page then asks for its fragment again (`hx-trigger="sse:directory, sse:missed"`),
with the rights of who looks. So no personal data travels here, and a burst of news is one event.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from aiohttp import web

from api.http.events import BEAT_SECONDS, COME_BACK_MS, Streams
from records.codec import kind_of
from records.errors import RecordsError
from records.subscription import FellBehind, Subscription

MISSED = "missed"
"""The topic of who comes back after a break: anything may have happened."""
TOGETHER = 0.2
"""Seconds in which news of one topic become one event."""


class Listener:
    """One stream's ear: the topics that have news since it was last asked."""

    def __init__(self) -> None:
        self._topics: set[str] = set()
        self._news = asyncio.Event()

    def hear(self, topic: str) -> None:
        """There is news of this topic."""
        self._topics.add(topic)
        self._news.set()

    def look_again(self) -> None:
        """Wake up without news."""
        self._news.set()

    async def topics(self) -> list[str]:
        """Wait for news, and say of what; of nothing if it was only woken."""
        await self._news.wait()
        self._news.clear()
        heard, self._topics = sorted(self._topics), set()
        return heard


class Bell:
    """Rung by whoever changes something that pages show: `bell.ring("directory")`."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def ring(self, topic: str) -> None:
        """Tell every open page that there is news of this topic."""
        for listener in self._listeners:
            listener.hear(topic)

    def look_again(self) -> None:
        """Have every open page look whether its session is over."""
        for listener in self._listeners:
            listener.look_again()

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        """An ear, inside this block."""
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)


async def write_topics(
    request: web.Request,
    bell: Bell,
    streams: Streams,
    still_in: Callable[[], Awaitable[bool]],
    *,
    beat: float = BEAT_SECONDS,
) -> web.StreamResponse:
    """Send topics until the service stops, or the reader leaves or is no longer signed in.

    That is asked at each beat, and at once when a session is ended here. The last topic then is `missed`: the page asks
    for its fragment, and is led to sign in; nothing that it showed stays on the screen.
    """
    headers = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    with bell.listening() as listener, streams.stream() as facts:
        facts_too = asyncio.create_task(_pass_on(facts, listener), name="facts for a page")
        if "Last-Event-ID" in request.headers:
            listener.hear(MISSED)
        try:
            await response.prepare(request)
            await response.write(f"retry: {COME_BACK_MS}\nid: 1\n\n".encode())
            while not facts_too.done() and await still_in():
                if told := await _next(listener, beat):
                    await response.write(told)
            await response.write(_event(MISSED))
            await response.write_eof()
        except ConnectionResetError:
            pass
        except RecordsError:  # nobody knows whether they are still signed in: they come back and are asked
            await response.write_eof()
        finally:
            facts_too.cancel()
    return response


async def _next(listener: Listener, beat: float) -> bytes:
    """The next events, or a sign of life; nothing if there is only to look whether the session is over."""
    try:
        async with asyncio.timeout(beat):
            topics = await listener.topics()
    except TimeoutError:
        return b": still here\n\n"
    if topics:
        await asyncio.sleep(TOGETHER)
    return b"".join(map(_event, topics))


def _event(topic: str) -> bytes:
    """An event; its id has browsers say, when they come back, that they have been here (`Last-Event-ID`)."""
    return f"id: 1\nevent: {topic}\ndata:\n\n".encode()


async def _pass_on(facts: Subscription, listener: Listener) -> None:
    """Have the listener hear the kind of each fact; ends with the service, or when it fell behind."""
    with suppress(FellBehind):
        async for fact in facts:
            listener.hear(kind_of(type(fact)))
    listener.look_again()
