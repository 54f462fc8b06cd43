"""Every test of records runs on SQLite and on PostgreSQL, each in a database of its own, already migrated."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from records.database import Database, open_database
from records.migrate import upgrade
from tests.pbx.postgres import Cluster


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """A migrated database to copy from."""
    name = postgres.new_database()
    asyncio.run(upgrade(postgres.url(name)))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy from."""
    path = tmp_path_factory.mktemp("template") / "halo.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def migrated_sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database."""
    path = tmp_path / "halo.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def migrated_postgres(postgres: Cluster, postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database."""
    name = postgres.new_database(template=postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database: every test that asks runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> str:
    """A migrated database of that kind."""
    return str(request.getfixturevalue(f"migrated_{kind}"))


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of that kind without any table."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_url"))


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
