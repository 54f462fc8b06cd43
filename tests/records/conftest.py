"""Every test of records runs on SQLite and on PostgreSQL, each in a database of its own, already migrated."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from records.database import Database, open_database
from records.migrate import upgrade
from tests.records.cluster import Cluster, running_cluster

# On Python 3.11 pytest-asyncio asks for "the current event loop" before its own, which makes one that nobody closes,
# unless it has been said that there is none.
asyncio.set_event_loop(None)

settings.register_profile("records", deadline=None)  # a busy machine is no failure
settings.load_profile("records")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL that the tests of this process share."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    """A migrated database to copy from."""
    name = cluster.new_database()
    asyncio.run(upgrade(cluster.url(name)))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy from."""
    path = tmp_path_factory.mktemp("template") / "halo.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database."""
    path = tmp_path / "halo.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(cluster: Cluster, postgres_template: str) -> str:
    """A migrated PostgreSQL database."""
    return cluster.url(cluster.new_database(postgres_template))


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database: every test that asks runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> str:
    """A migrated database of that kind."""
    return str(request.getfixturevalue(f"{kind}_url"))


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of that kind without any table."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.url(cluster.new_database())


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The migrated database, open."""
    async with open_database(database_url) as database:
        yield database


class _WhenLogged(logging.Handler):
    """Sets an event when the journal says that facts wait."""

    def __init__(self) -> None:
        super().__init__()
        self.event = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if "Facts wait" in record.getMessage():
            self.event.set()


@pytest.fixture
def waiting() -> Iterator[asyncio.Event]:
    """Set as soon as the journal has said that the database is away."""
    handler = _WhenLogged()
    journal = logging.getLogger("records.journal")
    journal.addHandler(handler)
    yield handler.event
    journal.removeHandler(handler)
