"""The event socket as aioari reads it, with an end that is always noticed.

aioari's reader ends on CLOSED and CLOSING, warns of everything else that is no text and reads on. A
socket that breaks or goes silent comes up as ERROR or CLOSE first: here each of them is the end at once.
"""

import aiohttp

THE_END = frozenset(
    {
        aiohttp.WSMsgType.CLOSE,
        aiohttp.WSMsgType.CLOSING,
        aiohttp.WSMsgType.CLOSED,
        aiohttp.WSMsgType.ERROR,
    }
)


class EventSocket:
    """Wraps aiohttp's socket; `receive` and `close` are all that aioari uses."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def receive(self) -> aiohttp.WSMessage | None:
        """The next text; None when the socket has ended, cleanly or not."""
        while True:
            message = await self._socket.receive()
            if message.type in THE_END:
                return None
            if message.type is aiohttp.WSMsgType.TEXT:
                return message

    async def close(self) -> None:
        """Close it; idempotent."""
        await self._socket.close()
