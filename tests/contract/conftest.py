"""The worlds of the contract suite, as one parametrised fixture."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.world import World
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.memory import MemoryWorld

WORLDS = [pytest.param("memory", marks=pytest.mark.looptime), "fake-asterisk"]


@pytest.fixture(params=WORLDS)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Each world in turn; the test must leave it at rest."""
    if request.param == "memory":
        yield MemoryWorld()
    else:
        async with FakeAsteriskWorld.opened() as fake:
            yield fake
