"""The fake Asterisk over real sockets: HTTP commands, the event websocket, a journal, and faults on demand."""

import asyncio
import base64
import json
import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.fakes.asterisk.commands import Ask, Asked, Commands
from tests.fakes.asterisk.declarations import OPERATIONS, Operation, declaration, listing, resources
from tests.fakes.asterisk.originate import Network
from tests.fakes.asterisk.parts import Says
from tests.fakes.asterisk.socket import EventSocket
from tests.fakes.asterisk.sounds import Sounds
from tests.fakes.asterisk.switch import Switch

USER, PASSWORD = "halo", "not-a-secret"


class FakeAsterisk:
    """One Asterisk on a port of its own. `start` and `stop` may be repeated: the port stays the same."""

    def __init__(self) -> None:
        self.switch = Switch()
        self.sounds = Sounds(self.switch)
        self.network = Network(self.switch)
        self.journal: list[Asked] = []
        """Every request, in the order in which they were answered."""
        self.reply_after = 0.0
        """Seconds between doing what was asked and answering: events then come before the answer."""
        self.slow: dict[str, float] = {}
        """Seconds by which an operation ("channels.answer") is done late."""
        self.refuses_next: defaultdict[str, deque[Says]] = defaultdict(deque)
        """What the next requests of an operation are answered with, instead of being done."""
        self.before: Callable[[str], None] = lambda operation: None
        """Called with each operation that was asked for, before it is done."""
        self.after: Callable[[str], None] = lambda operation: None
        """Called when it was done or refused, before it is answered."""
        self.password = PASSWORD
        self._commands = Commands(self.switch, self.sounds, self.network)
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Its address, without `/ari`."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen."""
        app = web.Application(middlewares=[self._let_in])
        app.router.add_get("/ari/api-docs/resources.json", self._listing)
        for name in resources():
            app.router.add_get(f"/ari/api-docs/{name}.json", self._declaration)
        for operation in OPERATIONS:
            handler = self._events if operation.websocket else self._handler(operation)
            app.router.add_route(operation.method, f"/ari{operation.path}", handler)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every connection and listen no more; what is inside lives on, as behind a broken network."""
        if self._runner is not None:
            self.switch.sockets.cut()
            await self._runner.cleanup()
            self._runner = None

    async def restart(self) -> None:
        """Die and come back: every call is gone."""
        await self.stop()
        self.switch.vanish()
        await self.start()

    async def end(self) -> None:
        """Take it away for good."""
        await self.stop()
        await self.sounds.stop()

    def asked(self, operation: str) -> list[Asked]:
        """All requests of one operation ("bridges.addChannel") so far."""
        return [one for one in self.journal if one.operation == operation]

    @web.middleware
    async def _let_in(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        secret = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {secret}":
            return _answer(401, {"message": "Authentication required"})
        return await handler(request)

    async def _listing(self, request: web.Request) -> web.Response:
        return _answer(200, listing(f"http://{request.host}/ari"))

    async def _declaration(self, request: web.Request) -> web.Response:
        name = request.path.rpartition("/")[2].removesuffix(".json")
        return _answer(200, declaration(name, f"http://{request.host}/ari"))

    def _handler(self, operation: Operation) -> Callable[[web.Request], Awaitable[web.Response]]:
        command = getattr(self._commands, f"{operation.resource}_{operation.nickname}")
        name = f"{operation.resource}.{operation.nickname}"

        async def handle(request: web.Request) -> web.Response:
            text = await request.text()
            ask = Ask(dict(request.match_info), dict(request.query), json.loads(text) if text else None)
            await asyncio.sleep(self.slow.get(name, 0.0))
            self.before(name)
            try:
                if self.refuses_next[name]:
                    raise self.refuses_next[name].popleft()
                answer: Any = await command(ask)
                status = 204 if answer is None else 200
            except Says as refusal:
                key = "error" if refusal.status >= 500 else "message"
                answer, status = {key: refusal.message}, refusal.status
            self.journal.append(Asked(name, ask.at, ask.query, ask.body, status))
            self.after(name)
            await asyncio.sleep(self.reply_after)
            return _answer(status, answer)

        return handle

    async def _events(self, request: web.Request) -> web.StreamResponse:
        app = re.sub(r",.*", "", request.query["app"])
        websocket = web.WebSocketResponse()
        await websocket.prepare(request)
        socket = EventSocket(websocket, request)
        self.switch.sockets.open(app, socket)
        self.switch.bell.ring()
        try:
            await socket.run()
        finally:
            self.switch.sockets.close(app, socket)
            self.switch.bell.ring()
        return websocket


def _answer(status: int, body: Any) -> web.Response:
    if body is None:
        return web.Response(status=status)
    return web.Response(status=status, text=json.dumps(body), content_type="application/json")
