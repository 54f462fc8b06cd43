"""Waiting for something to become true, without tasks and without polling; and who is still alive."""

import asyncio
from collections.abc import Callable


class Bell:
    """Rung whenever something changed; whoever waits looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits."""
        for waiter in tuple(self._waiting):
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, true: Callable[[], bool], seconds: float | None = None) -> bool:
        """Wait until `true()`, at most `seconds`; return what it is then."""
        loop = asyncio.get_running_loop()
        deadline = None if seconds is None else loop.time() + seconds
        while not true():
            waiter = loop.create_future()
            self._waiting.add(waiter)
            try:
                async with asyncio.timeout_at(deadline):
                    await waiter
            except TimeoutError:
                return true()
            finally:
                self._waiting.discard(waiter)
        return True


class Alive:
    """What is going on in the world just now, by description: legs, bridges, playbacks, music."""

    def __init__(self) -> None:
        self._things: dict[object, str] = {}

    def add(self, thing: object, description: str) -> None:
        """Something has begun."""
        self._things[thing] = description

    def discard(self, thing: object) -> None:
        """It is over (or was already)."""
        self._things.pop(thing, None)

    @property
    def descriptions(self) -> list[str]:
        """What is alive, in the order in which it began."""
        return list(self._things.values())
