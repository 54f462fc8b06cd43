"""Plays a recording back: a server that answers and tells exactly what a real Asterisk did.

It keeps the recorded order: an event is sent, and an answer given, as soon as everything recorded before it
has happened; so it never runs ahead of our code. An event that follows an answer comes a packet's time after it:
they take two ways to our code, and on the day of the recording the answer was there first. Names that our code chooses
anew in each process (they hold a random token) are translated.
"""

import asyncio
import json
import re
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from tests.fakes.asterisk.declarations import declaration, listing
from tests.fakes.memory.bell import Bell

TOKEN = re.compile(r"-(?:leg|talk|hold)-([0-9a-f]{8})-")
AT_MOST = 20.0
"""Seconds that an answer waits for its turn."""

CUT = ""
"""Among the events: the socket is reset here."""

A_PACKET = 0.02
"""Seconds by which an event comes after an answer."""


class Replay:
    """Use it as a context manager."""

    def __init__(self, recording: Path) -> None:
        text = recording.read_text()
        self._recorded = _token(text)
        self._live = ""
        self._lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
        self._asked: set[int] = set()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._position = 0
        self._resting: asyncio.TimerHandle | None = None
        self._events: asyncio.Queue[str] = asyncio.Queue()
        self._connected = False
        self._bell = Bell()
        self._runner: web.AppRunner | None = None
        self.unexpected: list[str] = []
        """What was asked and is not in the recording."""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/ari/api-docs/{name}.json", self._api)
        app.router.add_get("/ari/events", self._socket)
        app.router.add_route("*", "/{rest:.*}", self._command)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        if self._resting is not None:
            self._resting.cancel()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Its address."""
        assert self._runner is not None
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    @property
    def events(self) -> list[dict[str, Any]]:
        """All events of the recording."""
        return [line["event"] for line in self._lines if "event" in line]

    async def is_through(self) -> None:
        """Wait until the whole recording was gone through."""
        await self._bell.until(lambda: self._position == len(self._lines), AT_MOST)
        assert self._position == len(self._lines), f"never came to {self._lines[self._position]}"

    async def _command(self, request: web.Request) -> web.Response:
        found = TOKEN.search(request.path)
        if found and not self._live:
            self._live = found[1]
        path = request.path.replace(self._live, self._recorded) if self._live else request.path
        number = self._find(request.method, path)
        if number is None:
            self.unexpected.append(f"{request.method} {path}")
            return web.json_response({"message": "Not in the recording"}, status=404)
        self._asked.add(number)
        self._answers[number] = asyncio.get_running_loop().create_future()
        self._go_on()
        async with asyncio.timeout(AT_MOST):
            answer = await self._answers[number]
        body = answer["body"]
        text = "" if body is None else self._translated(body)
        return web.Response(status=answer["status"], text=text, content_type="application/json")

    def _find(self, method: str, path: str) -> int | None:
        for line in self._lines:
            if line.get("method") == method and line["path"] == path and line["ask"] not in self._asked:
                return int(line["ask"])
        return None

    def _go_on(self) -> None:
        """Go through the recording as far as our code has come."""
        while self._connected and self._position < len(self._lines):
            line = self._lines[self._position]
            if "ask" in line and line["ask"] not in self._asked:
                return
            if "event" in line:
                if self._resting is not None:
                    return
                self._events.put_nowait(self._translated(line["event"]))
            if "cut" in line:
                self._connected = False
                self._events.put_nowait(CUT)
            self._position += 1
            if "answer" in line:
                self._answers[line["answer"]].set_result(line)
                self._rest()
        self._bell.ring()

    def _rest(self) -> None:
        """Let no event go out for a moment."""
        if self._resting is not None:
            self._resting.cancel()
        self._resting = asyncio.get_running_loop().call_later(A_PACKET, self._wake)

    def _wake(self) -> None:
        self._resting = None
        self._go_on()

    def _translated(self, what: Any) -> str:
        text = json.dumps(what)
        return text.replace(self._recorded, self._live) if self._live else text

    async def _api(self, request: web.Request) -> web.Response:
        base, name = f"http://{request.host}/ari", request.match_info["name"]
        return web.json_response(listing(base) if name == "resources" else declaration(name, base))

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._connected = True
        self._go_on()
        sending = asyncio.create_task(self._send(socket, request.transport))
        try:
            async for _ in socket:
                pass
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
        return socket

    async def _send(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        while (text := await self._events.get()) != CUT:
            await socket.send_str(text)
        assert transport is not None
        transport.abort()


def _token(text: str) -> str:
    found = TOKEN.search(text)
    return found[1] if found else "00000000"
