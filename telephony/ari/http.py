"""The HTTP that aioari's Swagger layer speaks through: our pool, our timeouts, our errors.

`commands` awaits `send` for every command; aioari awaits `request` for Asterisk's API description and `ws_connect`
for the event socket: this class is the whole seam between them and the network. What the client that comes with
aioswagger11 does otherwise: it has no timeouts, raises the *server's* exceptions, and writes its basic-auth header
into the socket's query.

Commands go over a pool of kept-alive connections, all in parallel. ARI 22 also takes them over the event
socket (`RESTRequest`), cheaper and strictly one after another: one that waits stops all calls. `send` is
where such a way would be chosen, command by command; docs/adr/0003 says why none is.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import aiohttp
from aioswagger11.http_client import HttpClient

from telephony.ari.errors import Gone, Missing, refusal
from telephony.ari.operations import KEPT, path_of
from telephony.ari.pool import Pool
from telephony.ari.settings import AriSettings
from telephony.ari.socket import EventSocket
from telephony.ari.statistics import Counters
from telephony.errors import PbxAway

KEEP_ALIVE = 10.0
"""Seconds an idle connection is kept: less than Asterisk's 15 (http.conf `session_keep_alive`), so that we
never send a command into a connection that Asterisk is just closing."""

Params = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of Asterisk, wholly read: the connection is free again. The body may name callers."""

    status: int
    body: str = field(repr=False)

    async def text(self) -> str:
        """The body, in the form in which aioari asks for it."""
        return self.body


class AriHttp(HttpClient):  # type: ignore[misc]  # aioswagger11 is untyped
    """Sends what it is told to the configured Asterisk, and nowhere else."""

    def __init__(self, settings: AriSettings, counters: Counters) -> None:
        self._settings = settings
        self._counters = counters
        secret = base64.b64encode(f"{settings.user}:{settings.password}".encode()).decode("ascii")
        self._authorization = f"Basic {secret}"
        self._pool = Pool(
            settings.url,
            limit=settings.pool,
            keep=KEEP_ALIVE,
            headers=f"Authorization: {self._authorization}\r\n",
        )
        self._session: aiohttp.ClientSession | None = None
        self.socket_opened: Callable[[], None] = lambda: None
        """Called each time the event socket opens: aioari has no word for that."""

    async def request(
        self,
        method: str,
        url: str,
        params: Params | None = None,
        data: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one command, for aioswagger: see `send`."""
        return await self.send(method, _resource(url, params), data or "")

    async def send(self, method: str, resource: str, content: str = "") -> Reply:
        """Send one command. Raises what `telephony.ari.errors.refusal` makes of a refusal, or PbxAway."""
        self._counters.commands += 1
        try:
            async with asyncio.timeout(self._settings.command):
                status, body = await self._pool.ask(method, resource, content)
            reply = Reply(status, body.decode(errors="replace"))
        except (TimeoutError, OSError) as error:
            self._counters.failures += 1
            raise PbxAway(f"Asterisk does not answer: {type(error).__name__} {error}".rstrip()) from error
        if reply.status >= 400:
            refused = refusal(reply.status, _message(reply.body), self._settings.user)
            if not isinstance(refused, Gone | Missing):
                self._counters.failures += 1
            raise refused
        return reply

    async def ws_connect(self, url: str, params: Params | None = None) -> EventSocket:
        """Open the event socket, pinged and with our own idea of its end."""
        try:
            async with asyncio.timeout(self._settings.command):
                socket = await self._open().ws_connect(
                    self._ours(url),
                    params=_texts(params),
                    heartbeat=self._settings.heartbeat,
                    timeout=aiohttp.ClientWSTimeout(ws_close=0.5),
                )
        except aiohttp.WSServerHandshakeError as error:
            raise refusal(error.status, error.message, self._settings.user) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise PbxAway(f"Asterisk's event socket cannot be opened: {type(error).__name__}") from error
        self.socket_opened()
        return EventSocket(socket)

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None
        await self._pool.close()

    def _open(self) -> aiohttp.ClientSession:
        """For the event socket alone."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"Authorization": self._authorization},
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session

    def _ours(self, url: str) -> str:
        return self._settings.url.rstrip("/") + _resource(url, None)


def _resource(url: str, params: Params | None) -> str:
    """The resource that is meant, to be asked of the configured address.

    aioari takes the address of each operation from Asterisk's own API description, which writes there
    what our request's Host header said, and always `http`. Our password goes only where we were told.
    """
    path = path_of(url)
    return f"{path}?{urlencode(_texts(params), safe=KEPT, quote_via=quote)}" if params else path


def _texts(params: Params | None) -> dict[str, str]:
    return {name: str(value) for name, value in (params or {}).items()}


def _message(body: str) -> str:
    """The sentence in a refusal: ARI says `message`, and `error` when it is ill."""
    try:
        answer = json.loads(body)
    except ValueError:
        return body[:200]
    if isinstance(answer, dict):
        return str(answer.get("message") or answer.get("error") or "")
    return ""
