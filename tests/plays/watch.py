"""Watches a real Asterisk while a play goes on: nobody is alone in a bridge, and nobody hears nothing for long."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from tests.fakes.moments import passes
from tests.office.office import Office
from tests.phones.citizen import Citizen
from tests.phones.clipbook import QUIET

LOOKS = 0.4
"""Seconds between two looks."""
ALONE = 4.0
"""Seconds that a bridge may have one leg: somebody has just left it, or has yet to come, on a busy machine."""
PATIENCE = 7.0
"""Seconds without a sound: a question waits two, and a busy machine is slow."""


class Watch:
    """Over one play at a time."""

    def __init__(self, office: Office) -> None:
        self.holding: set[int] = set()
        """The citizens whose own phone holds: what they hear is their own affair."""
        self._office = office
        self._quiet_is_fine = False
        self._wrong_since: dict[str, float] = {}

    def may_be_quiet(self) -> None:
        """Somebody in this play says nothing: to hear nothing of them is right."""
        self._quiet_is_fine = True

    @asynccontextmanager
    async def over(self, citizens: Mapping[int, Citizen]) -> AsyncIterator[None]:
        """Inside the block; what it has seen that must not be fails the block's end."""
        self._quiet_is_fine = False
        self.holding.clear()
        self._wrong_since.clear()
        watching = asyncio.create_task(self._watches(citizens), name="watch")
        try:
            yield
        finally:
            watching.cancel()
            (seen,) = await asyncio.gather(watching, return_exceptions=True)
        if isinstance(seen, AssertionError):
            raise seen

    async def _watches(self, citizens: Mapping[int, Citizen]) -> None:
        while True:
            bridges: list[dict[str, Any]] = await asyncio.to_thread(self._office.pbx.ari, "bridges")
            for bridge in bridges:
                self._within(
                    ALONE, f"somebody is alone in {bridge['id']}", right=len(bridge["channels"]) != 1
                )
            for number, citizen in tuple(citizens.items()):
                fine = (
                    self._quiet_is_fine
                    or number in self.holding
                    or citizen.over
                    or citizen.answered_after <= 0
                )
                right = fine or citizen.ear.loudness > QUIET
                story = "" if right else citizen.ear.story()
                self._within(PATIENCE, f"{citizen.who} hears nothing", right=right, more=story)
            await passes(LOOKS)

    def _within(self, seconds: float, what: str, *, right: bool, more: str = "") -> None:
        now = asyncio.get_running_loop().time()
        if right:
            self._wrong_since.pop(what, None)
        else:
            since = self._wrong_since.setdefault(what, now)
            assert now - since <= seconds, f"{what} for {now - since:.1f} s; {more}"
