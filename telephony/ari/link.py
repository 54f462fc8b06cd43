"""Whether we and Asterisk agree on what there is: the event socket is up, and we have reconciled."""

import asyncio

NOTICED = 1.0
"""Seconds after a failed command within which the event socket breaks too, if Asterisk itself is gone."""


class Link:
    """Down until the first `rise`. While it is down, what Asterisk says of a channel is not the last word."""

    def __init__(self) -> None:
        self.up = asyncio.Event()
        self.down = asyncio.Event()
        self.down.set()

    def rise(self) -> None:
        """Connected and reconciled."""
        self.down.clear()
        self.up.set()

    def fall(self) -> None:
        """The event socket has ended."""
        self.up.clear()
        self.down.set()

    async def came_back(self) -> bool:
        """After a command that Asterisk did not answer: wait until reconciling has told who lives.

        False at once, or nearly, if the link does not break: then it was that command alone.
        """
        try:
            async with asyncio.timeout(NOTICED):
                await self.down.wait()
        except TimeoutError:
            return False
        await self.up.wait()
        return True
