"""The fixtures `pbx`, `new_pbx`, `postgres` and `postgres_url`, for every test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.pbx.asterisk import Pbx
from tests.pbx.postgres import Cluster


@pytest.fixture(scope="session")
def pbx() -> Iterator[Pbx]:
    """A running Asterisk, one for each test process: whoever breaks or restarts it takes `new_pbx` instead."""
    with Pbx() as running:
        yield running


@pytest.fixture
def new_pbx() -> Iterator[Callable[..., Pbx]]:
    """Start an Asterisk for one test alone; takes what `Pbx` takes."""
    with ExitStack() as ending:

        def start(**wanted: object) -> Pbx:
            return ending.enter_context(Pbx(**wanted))  # type: ignore[arg-type]

        yield start


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A running PostgreSQL, one for each test process."""
    with Cluster() as running:
        yield running


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """An empty database of one's own, as a SQLAlchemy URL for asyncpg."""
    database = postgres.new_database()
    yield postgres.url(database)
    postgres.drop(database)
