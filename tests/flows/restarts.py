"""A service that is killed and starts again, in memory: what the journal had then is all that the next one knows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from callflows.facts import PresenceChanged
from callflows.floor.floor import OneFloor
from callflows.reception import reception
from callflows.restart.aftermath import close_what_is_gone
from callflows.restart.standing import standings
from directory.model import Hall
from telephony.values import Settled
from tests.fakes.house import FakeHouse
from tests.fakes.memory import MemoryWorld
from tests.fakes.process import Process
from tests.flows.clerks import staffed
from tests.flows.conftest import Stage
from tests.flows.town import TUESDAY_TEN


class MortalStage(Stage):
    """A stage whose house is another one after each restart, with the journal of the one before."""

    def __init__(self, hall: Hall, at: datetime) -> None:
        house = FakeHouse(hall, at)
        super().__init__(MemoryWorld(), house)
        self._processes = AsyncExitStack()
        self._process: Process | None = None
        self._closing: asyncio.Task[int] | None = None

    async def starts(self) -> None:
        """A process serves the line from now on."""
        story = reception(self.house.house)
        self._process = await self._processes.enter_async_context(self.world.process(story, self._settled))

    async def dies(self) -> None:
        """Kill -9: nothing is said or written any more."""
        assert self._process is not None
        facts = list(self.house.journal.facts)
        before, self.house = self.house, FakeHouse(self.house.hall, TUESDAY_TEN)
        await self._process.dies()
        self._closing = None
        self.house.clock, self.house.promises = before.clock, before.promises
        self.house.floor = OneFloor(before.clock, self.house.journal, lambda: before.hall)
        self.house.journal.facts.extend(facts)
        self.house.past.knows(*standings(facts).values())
        for clerk, presence in {
            fact.clerk: fact.presence for fact in facts if isinstance(fact, PresenceChanged)
        }.items():
            if presence != "away":
                self.house.floor.log_on(clerk)

    async def is_killed_and_starts_again(self) -> None:
        """And the callers are still there."""
        await self.dies()
        await self.starts()

    async def closes(self) -> None:
        """Wait until every call has ended."""
        await self.world.line.idle(3600)
        await self.stops()
        if self._closing is not None:
            await self._closing

    async def stops(self) -> None:
        """No process serves the line any more."""
        await self._processes.aclose()

    def _settled(self, settled: Settled) -> None:
        if self._closing is None:
            past = standings(self.house.journal.facts).values()
            self._closing = asyncio.create_task(close_what_is_gone(self.house.house, past, settled, {}))


@asynccontextmanager
async def mortal(hall: Hall | None = None, at: datetime = TUESDAY_TEN) -> AsyncIterator[MortalStage]:
    """A line that is served by one process after another; at its end every call is over."""
    stage = MortalStage(hall or staffed(), at)
    await stage.starts()
    try:
        yield stage
        await stage.closes()
    finally:
        await stage.stops()
    await stage.world.settles()
    stage.world.assert_no_ghost_legs()
    assert not standings(stage.journal.facts), "calls that are not closed on record"
