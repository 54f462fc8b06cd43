"""The worlds of the contract suite, as one parametrised fixture."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.world import World
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.asterisk_real import RealWorld
from tests.fakes.memory import MemoryWorld

WORLDS = [pytest.param("memory", marks=pytest.mark.looptime), "fake-asterisk", "asterisk"]


@pytest.fixture(params=WORLDS)
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """Each world in turn; the test must leave it at rest."""
    if request.param == "memory":
        yield MemoryWorld()
    elif request.param == "fake-asterisk":
        async with FakeAsteriskWorld.opened() as fake:
            yield fake
    else:
        async with RealWorld.opened(request.getfixturevalue("pbx"), tmp_path) as real:
            yield real
