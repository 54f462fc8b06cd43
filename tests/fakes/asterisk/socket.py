"""The event sockets of the fake Asterisk: one application each, filtered, and breakable on demand."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.asterisk.parts import now

THE_END = frozenset({WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR})

ALWAYS = frozenset({"ApplicationReplaced"})


class EventSocket:
    """One open websocket; a later one of the same application replaces it."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.silent = False
        self.sending: asyncio.Queue[str] = asyncio.Queue()
        self._request = request
        self._reading = asyncio.create_task(self._read(), name="fake Asterisk reads events")

    async def run(self) -> None:
        """Send what is put into `sending` until the client or a fault ends it."""
        writing = asyncio.create_task(self._write(), name="fake Asterisk writes events")
        try:
            await asyncio.wait({self._reading})
            if self.silent:
                await asyncio.Event().wait()  # until the client gives up, which cancels this handler
        finally:
            tasks = (writing, self._reading)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def fall_silent(self) -> None:
        """Send nothing more and answer no ping, while TCP still stands."""
        self.silent = True
        self._reading.cancel()

    def cut(self) -> None:
        """Reset the connection: no close frame."""
        transport = self._request.transport
        if transport is not None:
            transport.abort()

    async def _write(self) -> None:
        while True:
            text = await self.sending.get()
            if not self.silent:
                await self.socket.send_str(text)

    async def _read(self) -> None:
        """Read for the sake of pings, which aiohttp answers while it reads."""
        while (await self.socket.receive()).type not in THE_END:
            pass


class Sockets:
    """All event sockets, and which application hears what."""

    def __init__(self) -> None:
        self._open: dict[str, EventSocket] = {}
        self._everyone: set[EventSocket] = set()
        self._allowed: dict[str, frozenset[str]] = {}
        self.sent: list[dict[str, Any]] = []
        """Every event that went out, in order."""
        self.connections = 0

    def hears(self, app: str) -> bool:
        """Whether somebody is connected as this application."""
        return app in self._open

    def open(self, app: str, socket: EventSocket) -> None:
        """A client has connected; who was there before is told so, and hears nothing more."""
        self.connections += 1
        self._everyone.add(socket)
        before = self._open.get(app)
        if before is not None:
            before.sending.put_nowait(json.dumps(self._event(app, {"type": "ApplicationReplaced"})))
        self._open[app] = socket

    def close(self, app: str, socket: EventSocket) -> None:
        """It is gone. One that was replaced does not come back."""
        self._everyone.discard(socket)
        if self._open.get(app) is socket:
            del self._open[app]

    def filter(self, app: str, allowed: frozenset[str]) -> None:
        """Only these types are sent from now on; none at all means every type."""
        self._allowed[app] = allowed

    def send(self, app: str, event: Mapping[str, Any]) -> None:
        """Send an event to an application, if anybody is there and it wants this type: nothing is kept."""
        socket = self._open.get(app)
        allowed = self._allowed.get(app, frozenset())
        if socket is None or (allowed and event["type"] not in allowed | ALWAYS):
            return
        whole = self._event(app, event)
        self.sent.append(whole)
        socket.sending.put_nowait(json.dumps(whole))

    def send_text(self, text: str) -> None:
        """Send something that is no event to everybody."""
        for socket in self._open.values():
            socket.sending.put_nowait(text)

    def cut(self) -> None:
        """Reset every connection."""
        for socket in tuple(self._everyone):
            socket.cut()

    async def close_cleanly(self) -> None:
        """Say goodbye to everybody (1001), as Asterisk does when it stops."""
        for socket in tuple(self._everyone):
            await socket.socket.close(code=1001)

    def fall_silent(self) -> None:
        """Every connection that is open now sends nothing more and answers no ping."""
        for socket in self._everyone:
            socket.fall_silent()

    def _event(self, app: str, event: Mapping[str, Any]) -> dict[str, Any]:
        return {"application": app, "timestamp": now(), "asterisk_id": "00:00:00:00:00:00", **event}
