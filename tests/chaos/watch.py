"""Watches what goes on after a fault: nobody stays alone in a bridge, and no citizen hears nothing for long."""

import asyncio
import urllib.error
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.chaos.invariants import Kind, Trouble
from tests.chaos.scene import Scene
from tests.fakes.moments import passes
from tests.phones.clipbook import QUIET

LOOKS = 0.4
"""Seconds between two looks."""
ALONE = 5.0
"""Seconds that a bridge may have one leg: somebody has just left it, or has yet to come, on a busy machine."""
SILENCE = 8.0
"""Seconds without a sound that nobody should bear: a question waits four, and a busy machine is slow."""


class Watch:
    """Over one cell."""

    def __init__(self, scene: Scene) -> None:
        self.troubles: dict[str, Trouble] = {}
        """By whom or what they are about."""
        self._scene = scene
        self._wrong_since: dict[str, float] = {}

    @asynccontextmanager
    async def over(self) -> AsyncIterator[None]:
        """Inside the block."""
        watching = asyncio.create_task(self._watches(), name="watch")
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watches(self) -> None:
        while True:
            for bridge in await self._bridges():
                alone = len(bridge["channels"]) == 1 and bridge["bridge_type"] == "mixing"
                self._within(ALONE, f"bridge {bridge['id']} with one leg", right=not alone)
            for citizen in self._scene.citizens:
                quiet = not citizen.over and citizen.answered_after > 0 and citizen.ear.loudness <= QUIET
                self._within(SILENCE, f"{citizen.who} hears nothing", right=not quiet)
            await passes(LOOKS)

    async def _bridges(self) -> list[dict[str, Any]]:
        try:
            found: list[dict[str, Any]] = await asyncio.to_thread(self._scene.at.pbx.ari, "bridges")
        except (urllib.error.URLError, OSError):
            return []
        return found

    def _within(self, seconds: float, what: str, *, right: bool) -> None:
        now = asyncio.get_running_loop().time()
        if right:
            self._wrong_since.pop(what, None)
        elif now - self._wrong_since.setdefault(what, now) > seconds:
            self.troubles[what] = Trouble(Kind.ORPHANED, f"{what} for more than {seconds:g} s")
