"""The cable between the service and Asterisk: a TCP relay that a test can cut, unplug, or hold still."""

import asyncio
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Cable:
    """Relays every connection to the server of `url`; use it as a context manager."""

    def __init__(self, url: str) -> None:
        self._server = urlsplit(url)
        self._listening: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._plugged = True
        self._flows = asyncio.Event()
        self._flows.set()

    @property
    def url(self) -> str:
        """Where to connect instead of the server."""
        assert self._listening is not None
        return f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """Reset all connections; new ones work."""
        for end in tuple(self._ends):
            end.transport.abort()

    def unplug(self) -> None:
        """Reset all connections, and every new one, until it is plugged in."""
        self._plugged = False
        self.cut()

    def plug_in(self) -> None:
        """New connections work again."""
        self._plugged = True

    def hold_still(self) -> None:
        """Connections stay, and nothing passes: a dead network, not a dead peer."""
        self._flows.clear()

    def let_go(self) -> None:
        """Everything passes again."""
        self._flows.set()

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._listening is not None
        self.let_go()
        self.unplug()
        self._listening.close()
        await self._listening.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            if self._plugged:
                there, to_server = await asyncio.open_connection(self._server.hostname, self._server.port)
                self._ends.add(to_server)
                await asyncio.gather(self._relay(reader, to_server), self._relay(there, writer))
        except OSError:
            pass  # cut, or nobody there: the other side sees the same
        finally:
            writer.transport.abort()
            self._ends.discard(writer)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()
            self._ends.discard(writer)
