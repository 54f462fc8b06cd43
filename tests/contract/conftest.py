"""The worlds of the contract suite, as one parametrised fixture."""

import pytest

from tests.contract.world import World
from tests.fakes.memory import MemoryWorld

WORLDS = [pytest.param("memory", marks=pytest.mark.looptime)]


@pytest.fixture(params=WORLDS)
async def world(request: pytest.FixtureRequest) -> World:
    """Each world in turn; the test must leave it at rest."""
    return MemoryWorld()
