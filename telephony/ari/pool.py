"""Plain HTTP/1.1 over kept-alive connections to one server: the thirty lines of HTTP that Asterisk's ARI speaks.

Every command of every call goes through here, some twenty a call, so this is the hottest place of the service. A
general client spends many times as long on each (cookies, redirects, proxies, encodings, tracing), none of which ARI
has: docs/adr/0020. What is not understood (a body without a length, say) ends the connection and is `BadAnswer`.
"""

import asyncio
import ssl
from collections import deque
from typing import cast
from urllib.parse import urlsplit

LONGEST_HEAD = 65536
"""Bytes of status line and headers beyond which something else than Asterisk answers."""
BODILESS = frozenset({204, 304})


class BadAnswer(OSError):
    """The server ended the connection, or what it says is no HTTP/1.1 that we speak."""


class Connection(asyncio.Protocol):
    """One connection: a question at a time, and its answer."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._received = b""
        self._status = 0
        self._length = -1
        """Of the body that is being received; -1 while its headers are."""
        self._last = False

    @property
    def usable(self) -> bool:
        """Whether another question may be asked."""
        return self._transport is not None and not self._transport.is_closing() and not self._last

    async def ask(self, question: bytes) -> tuple[int, bytes]:
        """Send a whole request, and return status and body. Cancelled, the connection is of no more use."""
        if self._transport is None:
            raise BadAnswer("the connection has ended before anything was asked")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(question)
        try:
            return await self._answer
        except asyncio.CancelledError:
            self.close()
            raise
        finally:
            self._answer = None

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.abort()

    # ---- asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        """It has ended, by whichever side."""
        self._transport = None
        self._fail(BadAnswer(f"the connection has ended: {error or 'closed by the server'}"))

    def data_received(self, data: bytes) -> None:
        """Some of an answer; nearly always all of it."""
        self._received = self._received + data if self._received else data
        if self._length < 0:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                if len(self._received) > LONGEST_HEAD:
                    self._reject()
                return
            head, self._received = self._received[:end], self._received[end + 4 :]
            try:
                self._status, self._length, self._last = read_head(head)
            except ValueError:
                self._reject()
                return
        if len(self._received) < self._length:
            return
        body, self._received = self._received[: self._length], self._received[self._length :]
        self._length = -1
        if self._answer is None or self._answer.done() or self._received:
            self.close()  # it speaks without being asked
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((self._status, body))

    def _reject(self) -> None:
        self.close()
        self._fail(BadAnswer("what answers does not speak HTTP as Asterisk does"))

    def _fail(self, error: BadAnswer) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


def read_head(head: bytes) -> tuple[int, int, bool]:
    """Status, length of the body, and whether the server closes the connection after it. Raises ValueError."""
    first, *lines = head.split(b"\r\n")
    if not first.startswith(b"HTTP/1."):
        raise ValueError
    status, length, last = int(first[9:12]), -1, first.startswith(b"HTTP/1.0")
    for line in lines:
        name, _, value = line.partition(b":")
        match name.lower():
            case b"content-length":
                length = int(value)
            case b"connection":
                last = last or b"close" in value.lower()
            case b"transfer-encoding":
                raise ValueError
    if status in BODILESS:
        return status, 0, last
    if length < 0:
        raise ValueError
    return status, length, last


class Pool:
    """As many connections to the server of `url` as are needed at once, up to `limit`; whoever finds none free waits.

    A connection that was idle for `keep` seconds is not used again: the server may be closing it just then. `headers`
    are lines that go with every request.
    """

    def __init__(self, url: str, *, limit: int, keep: float, headers: str) -> None:
        where = urlsplit(url)
        self._tls = ssl.create_default_context() if where.scheme == "https" else None
        self._host = where.hostname or ""
        self._port = where.port or (443 if self._tls else 80)
        self._path = where.path.rstrip("/")
        self._limit, self._keep = limit, keep
        self._fixed = f" HTTP/1.1\r\nHost: {where.netloc.rpartition('@')[2]}\r\n{headers}"
        self._idle: list[Connection] = []
        self._open: set[Connection] = set()
        self._asked = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def ask(self, method: str, resource: str, body: str = "") -> tuple[int, bytes]:
        """Ask, and return status and body. Raises OSError (BadAnswer among them); the caller sets the time limit."""
        content = body.encode()
        typed = "Content-Type: application/json\r\n" if content else ""
        length = f"{typed}Content-Length: {len(content)}\r\n" if content or method != "GET" else ""
        question = f"{method} {self._path}{resource}{self._fixed}{length}\r\n".encode() + content
        if self._asked >= self._limit:
            await self._a_turn()
        else:
            self._asked += 1
        try:
            connection = self._free() or await self._connect()
            try:
                return await connection.ask(question)
            finally:
                self._put_back(connection)
        finally:
            self._hand_over()

    async def close(self) -> None:
        """End every connection; who waits for an answer gets BadAnswer."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._idle.clear()
        await asyncio.sleep(0)  # aborted connections are closed in the next turn of the loop

    async def _a_turn(self) -> None:
        """Wait until somebody hands their place over, in the order of asking: who comes later does not go before."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._hand_over()  # it was ours, and somebody else's now
            raise

    def _hand_over(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._asked -= 1

    def _free(self) -> Connection | None:
        """The connection that was used last, if it is fresh: so those of a rush grow old and are let go."""
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection = self._idle.pop()
            if connection.usable and now - connection.idle_since < self._keep:
                self._let_go_of_the_old(now)
                return connection
            self._open.discard(connection)
            connection.close()
        return None

    def _put_back(self, connection: Connection) -> None:
        if connection.usable:
            connection.idle_since = asyncio.get_running_loop().time()
            self._idle.append(connection)
        else:
            self._open.discard(connection)

    def _let_go_of_the_old(self, now: float) -> None:
        while self._idle and now - self._idle[0].idle_since >= self._keep:
            connection = self._idle.pop(0)
            self._open.discard(connection)
            connection.close()

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, self._host, self._port, ssl=self._tls)
        self._open.add(connection)
        return connection
