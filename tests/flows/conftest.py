"""The stage of the story tests: an in-memory world and a house, on a Tuesday at ten."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest

from callflows.facts import CallEnded, GivenInstead, TransferEnded
from callflows.outcomes import CallOutcome, Outcome
from callflows.reception import reception
from directory.model import Hall
from tests.fakes.house import FakeHouse, ListJournal
from tests.fakes.memory import MemoryWorld
from tests.fakes.memory.citizen import MemoryCitizen
from tests.flows.town import TOWN, TUESDAY_TEN


@dataclass
class Stage:
    """World and house, and the questions that most tests ask of the record."""

    world: MemoryWorld
    house: FakeHouse

    @property
    def journal(self) -> ListJournal:
        """The record."""
        return self.house.journal

    @property
    def outcomes(self) -> list[Outcome]:
        """The outcome of each attempt, in order."""
        return [fact.outcome for fact in self.journal.all(TransferEnded)]

    @property
    def instead(self) -> list[str]:
        """The last word of each failed attempt on what the caller got instead."""
        last = {fact.attempt: fact.instead.value for fact in self.journal.all(GivenInstead)}
        return list(last.values())

    @property
    def ended(self) -> CallOutcome:
        """How the one call ended."""
        return self.journal.one(CallEnded).outcome

    async def caller(self, *, presses: str) -> MemoryCitizen:
        """A citizen who has called, and chosen without waiting for the end of the menu."""
        citizen = self.world.citizen()
        await citizen.dials()
        await citizen.presses(presses)
        return citizen


Opens = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def line() -> Opens:
    """Open the line: `async with line() as stage:`; at its end every call is over and nothing is left."""

    @asynccontextmanager
    async def opens(hall: Hall = TOWN, at: datetime = TUESDAY_TEN) -> AsyncIterator[Stage]:
        stage = Stage(MemoryWorld(), FakeHouse(hall, at))
        async with stage.world.serves(reception(stage.house.house)):
            yield stage

    return opens
