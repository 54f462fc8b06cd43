"""The fixtures `office` and `opens_office`: the real service on this worker's Asterisk, on either database."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

import pytest

from api.clock import SetClock
from directory.model import Hall
from tests.flows.town import TUESDAY_TEN, town
from tests.office.office import Office, open_office
from tests.pbx.asterisk import Pbx

FAST = {
    "ring": 8.0,
    "ring_in_all": 20.0,
    "accept": 6.0,
    "proof": 0.8,
    "proof_within": 8.0,
    "first_key": 4.0,
    "next_key": 0.8,
}
"""The hall's policy for tests that run in real time: whoever does something has time to, on a busy machine too."""

HURRIED = {**FAST, "ring": 3.0, "accept": 3.0, "proof_within": 2.0, "first_key": 1.5}
"""The same for stories in which somebody lets the time run out."""

OpensOffice = Callable[..., AbstractAsyncContextManager[Office]]


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'halo.sqlite3'}"
    else:
        yield request.getfixturevalue("postgres_url")


@pytest.fixture
def opens_office(pbx: Pbx, database_url: str) -> OpensOffice:
    """Open an office: `async with opens_office(hall=..., at=...) as office`."""

    def opens(
        hall: Hall | None = None, at: datetime = TUESDAY_TEN, **more: object
    ) -> AbstractAsyncContextManager[Office]:
        return open_office(pbx, hall or town(**FAST), database_url, SetClock(at), **more)  # type: ignore[arg-type]

    return opens


@pytest.fixture
async def office(opens_office: OpensOffice) -> AsyncIterator[Office]:
    """An office on a Tuesday at ten; when the test is over, nothing of its calls may be left on the PBX."""
    async with opens_office() as office:
        yield office
        await office.is_at_rest()
