"""Stands between our ARI code and a real Asterisk, and writes down all that passes, one JSON line each.

    {"ask": 3, "method": "POST", "path": "/ari/channels/...", "query": {...}, "body": null}
    {"answer": 3, "status": 200, "body": {...}}
    {"event": {...}}
    {"cut": true}                                  the event socket, by us

The API description is passed on and not written down: it is Asterisk's own, and large.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.memory.bell import Bell

MACHINE = re.compile(r'("(?:asterisk_id|entity_id)": )"[^"]*"')
"""Asterisk names itself by a network card of its machine."""

NOT_OURS = frozenset({"host", "connection", "upgrade", "content-length", "transfer-encoding"})
"""Headers that each side of the recorder has of its own."""


class Recorder:
    """Use it as a context manager around the line: `url` is where the line must think Asterisk is."""

    def __init__(self, asterisk: str, *, hide: Mapping[str, str]) -> None:
        self._asterisk = asterisk
        self._hide = hide
        self._lines: list[dict[str, Any]] = []
        self._numbers = count(1)
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self._sockets = 0
        self._cut = asyncio.Event()
        self._bell = Bell()

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        app = web.Application()
        app.router.add_get("/ari/events", self._events)
        app.router.add_route("*", "/{rest:.*}", self._command)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        assert self._session is not None
        await self._runner.cleanup()
        await self._session.close()

    @property
    def url(self) -> str:
        """Its address."""
        assert self._runner is not None
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def begins_anew(self) -> None:
        """Forget what passed so far."""
        self._lines.clear()

    async def cuts_the_socket(self) -> None:
        """Reset the event socket, and return when the line has connected again and knows what there is."""
        sockets = self._sockets
        self._cut.set()
        await self._bell.until(lambda: self._sockets > sockets and self._has_looked_around)

    @property
    def _has_looked_around(self) -> bool:
        """Whether the last thing that was asked is which bridges there are, with which reconciling ends."""
        asked = [line["path"] for line in self._lines if "ask" in line]
        return asked[-1:] == ["/ari/bridges"]

    def save(self, path: Path) -> None:
        """Write the recording; what must not be shown (paths of this machine) is replaced."""
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in self._lines)
        for what, instead in self._hide.items():
            text = text.replace(what, instead)
        text = MACHINE.sub(r'\1"00:00:00:00:00:01"', text)
        path.write_text(text)

    async def _command(self, request: web.Request) -> web.Response:
        assert self._session is not None
        number, body = next(self._numbers), await request.text()
        written = "/api-docs/" not in request.path
        if written:
            ask = {"ask": number, "method": request.method, "path": request.path}
            self._lines.append(ask | {"query": dict(request.query), "body": _json(body)})
        headers = {name: value for name, value in request.headers.items() if name.lower() not in NOT_OURS}
        url = self._asterisk + request.path
        async with self._session.request(
            request.method, url, params=request.query, data=body or None, headers=headers
        ) as answer:
            said = await answer.text()
        if written:
            self._lines.append({"answer": number, "status": answer.status, "body": _json(said)})
            self._bell.ring()
        return web.Response(status=answer.status, text=said, content_type="application/json")

    async def _events(self, request: web.Request) -> web.WebSocketResponse:
        assert self._session is not None
        ours = web.WebSocketResponse()
        await ours.prepare(request)
        credentials = {"Authorization": request.headers["Authorization"]}
        theirs = await self._session.ws_connect(
            f"{self._asterisk}/ari/events", params=request.query, headers=credentials
        )
        self._sockets += 1
        self._cut.clear()
        passing = [
            asyncio.create_task(_until_closed(ours)),
            asyncio.create_task(self._pass_on(theirs, ours)),
            asyncio.create_task(self._cut.wait()),
        ]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
            if self._cut.is_set() and request.transport is not None:
                request.transport.abort()
                self._lines.append({"cut": True})
        finally:
            for task in passing:
                task.cancel()
            await asyncio.gather(*passing, return_exceptions=True)
            await theirs.close()
        return ours

    async def _pass_on(self, theirs: aiohttp.ClientWebSocketResponse, ours: web.WebSocketResponse) -> None:
        async for message in theirs:
            self._lines.append({"event": json.loads(message.data)})
            await ours.send_str(message.data)


async def _until_closed(socket: web.WebSocketResponse) -> None:
    async for _ in socket:
        pass


def _json(text: str) -> Any:
    return json.loads(text) if text else None
