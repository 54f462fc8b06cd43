"""The door to the database: `open_database(url)` gives a `Database`, whose blocks read or write.

    async with open_database("sqlite:///halo.db") as database:
        async with database.write() as connection:      # one transaction, committed at the end of the block
            await connection.execute(...)

SQLite is a file beside the service; PostgreSQL takes the same calls. Errors come out as `records.errors`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from records import sqlite
from records.columns import as_json
from records.errors import NATURAL_ERRORS, BadDatabaseUrl, in_our_words, shown

Result = TypeVar("Result")

CONNECT_SECONDS = 5.0
"""How long to wait for a connection: of the server, or out of the pool."""
READ_SECONDS = 10.0
"""How long somebody who reads waits, from the first to the last statement."""
ANSWER_SECONDS = 15.0
"""How long PostgreSQL may take over one statement before it counts as away."""
POOL = 5
"""Connections kept open; as many again are opened for a rush."""


class Database:
    """One database, its pool of connections, and the two kinds of transaction: `read` and `write`."""

    def __init__(self, url: URL) -> None:
        """Take an address from `parse_url`; nothing is opened before it is needed."""
        self.url = url
        self._threads = sqlite.Threads()
        self.engine = _engine(url, self._threads)
        self._plain: Engine | None = None
        self._thread: ThreadPoolExecutor | None = None
        # SQLite has one writer at a time. Waiting in a fair line here beats its own waiting, which polls.
        self._writers = asyncio.Lock() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file; otherwise it is PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """The address as it may be shown: the password is hidden."""
        return shown(self.url)

    async def __aenter__(self) -> Self:
        """Open the door; the first connection is made when one is needed."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Close all connections."""
        await self.close()

    async def close(self) -> None:
        """Close all connections; the object can be used again and opens new ones."""
        await self.engine.dispose()
        await self._threads.gone()
        thread, self._thread = self._thread, None
        plain, self._plain = self._plain, None
        if thread is not None and plain is not None:
            await asyncio.to_thread(thread.shutdown)
            plain.dispose()

    @asynccontextmanager
    async def read(self, *, within: float | None = READ_SECONDS) -> AsyncIterator[AsyncConnection]:
        """Give a connection whose reads all see one moment of the database.

        A block that takes longer than `within` seconds is ended by DatabaseAway: whoever reads waits for an answer.
        """
        try:
            async with asyncio.timeout(within), self.engine.connect() as connection:
                if not self.is_sqlite:
                    await connection.execution_options(isolation_level="REPEATABLE READ")
                yield connection
        except NATURAL_ERRORS as error:
            raise in_our_words(error, self.url) from error

    @asynccontextmanager
    async def write(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction: committed at the end of the block, undone by an exception.

        `durable` makes the commit survive a power cut, whatever the server's settings: for promises.
        """
        async with AsyncExitStack() as stack:
            if self._writers is not None:
                await stack.enter_async_context(self._writers)
            try:
                async with self.engine.connect() as connection:
                    await connection.execution_options(**{sqlite.WRITES: True, sqlite.DURABLE: durable})
                    async with connection.begin():
                        if durable and not self.is_sqlite:
                            await connection.execute(text("SET LOCAL synchronous_commit = on"))
                        yield connection
            except NATURAL_ERRORS as error:
                raise in_our_words(error, self.url) from error

    async def transact(self, work: Callable[[Connection], Result]) -> Result:
        """Run blocking work in a transaction of its own, as `write` does, and return what it returns.

        For the journal, which writes all day: an aiosqlite connection changes threads three times for every
        statement, and this one once for the whole transaction, at a third of the cost.
        """
        if self._writers is None:
            async with self.write() as connection:
                return await connection.run_sync(work)
        async with self._writers:
            if self._thread is None or self._plain is None:
                self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-writer")
                self._plain = _plain_engine(self.url)
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._thread, _transact, self._plain, work)
            except NATURAL_ERRORS as error:
                raise in_our_words(error, self.url) from error

    async def ping(self) -> None:
        """Return if the database answers; raise DatabaseAway if not."""
        async with self.read() as connection:
            await connection.execute(select(1))


def open_database(url: str) -> Database:
    """Return the database of this address; raises BadDatabaseUrl. Close it, or use it in `async with`."""
    return Database(parse_url(url))


def parse_url(url: str) -> URL:
    """Read an address, `sqlite:///file.db` or `postgresql://user:password@host/name`."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadDatabaseUrl(
            "The database address cannot be read: write sqlite:///file.db or postgresql://user@host/name."
        ) from None
    match parsed.get_backend_name():
        case "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise BadDatabaseUrl("A SQLite database must be a file: write sqlite:///file.db.")
            patient = parsed.set(drivername="sqlite+aiosqlite", query={"timeout": str(sqlite.PATIENCE)})
            return patient.update_query_dict(parsed.query)
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg")
        case other:
            raise BadDatabaseUrl(f"A database of the kind {other!r} is not known: use sqlite or postgresql.")


def _settings() -> dict[str, Any]:
    """What all our engines have in common: a small pool, prompt refusals instead of endless waits."""
    return {
        "pool_size": POOL,
        "max_overflow": POOL,
        "pool_timeout": CONNECT_SECONDS,
        "json_serializer": as_json,
        "hide_parameters": True,
    }


def _engine(url: URL, threads: sqlite.Threads) -> AsyncEngine:
    """Make the engine; PostgreSQL's connections are tested before use."""
    if url.get_backend_name() == "sqlite":
        how = {"async_creator_fn": threads.connect}
        engine = create_async_engine(url, connect_args=how, **_settings())
        sqlite.dress(engine.sync_engine)
        return engine
    return create_async_engine(
        url,
        pool_pre_ping=True,
        connect_args={"timeout": CONNECT_SECONDS, "command_timeout": ANSWER_SECONDS},
        **_settings(),
    )


def _plain_engine(url: URL) -> Engine:
    """Make the engine of SQLite's writing thread."""
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), **_settings())
    sqlite.dress(engine)
    return engine


def _transact(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """One transaction in the writing thread."""
    with engine.connect() as connection:
        writing = connection.execution_options(**{sqlite.WRITES: True})
        with writing.begin():
            return work(writing)
