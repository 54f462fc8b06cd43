"""One process of the service in a test: it dies, as by `kill -9`, or it is stopped, as by systemd."""

import asyncio
from collections.abc import Callable


class Process:
    """`vanish` takes it off the network, at once: nothing that its tasks still do reaches anybody."""

    def __init__(self, serving: asyncio.Task[None], vanish: Callable[[], None]) -> None:
        self._serving = serving
        self._vanish = vanish

    async def dies(self) -> None:
        """Nothing is said any more, nothing is tidied up; return when its tasks are gone."""
        self._vanish()
        await self.stops()

    async def stops(self) -> None:
        """It is cancelled, and may tidy up; return when it is over. Idempotent."""
        self._serving.cancel()
        await asyncio.gather(self._serving, return_exceptions=True)
