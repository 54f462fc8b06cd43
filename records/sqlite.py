"""SQLite, dressed for a telephone line: WAL, patience, foreign keys, and transactions that begin when we say.

* WAL: readers never wait for the writer, nor the writer for readers (sqlite.org/wal.html).
* `synchronous`: NORMAL keeps every commit through a crash of the process, and may lose the last ones in a
  power cut; FULL keeps them through that too, for an fsync more (sqlite.org/pragma.html#pragma_synchronous).
* `secure_delete`: what is erased is overwritten, not only marked free.
* Python's sqlite3 begins transactions by guesswork; we switch that off and say BEGIN ourselves: IMMEDIATE for
  writers, because a reader that turns writer half-way is refused at once, without patience (SQLITE_BUSY).
"""

import asyncio
from threading import Thread
from time import monotonic
from typing import Any
from weakref import WeakSet

import aiosqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = 3.0
"""Seconds that a statement waits for a lock that another process holds, unless the address says `?timeout=`."""

WRITES = "halo_writes"
DURABLE = "halo_durable"
"""Execution options of a connection: this transaction will write; and must survive a power cut."""


FAREWELL = 1.0
"""Seconds that closing waits for the threads of connections."""


class Threads:
    """The threads behind aiosqlite's connections, so that none outlives the event loop it reports to.

    aiosqlite gives up a connection that could not be opened, or was cut short, without waiting for its thread;
    if the loop closes first, that thread dies with a traceback on the administrator's screen.
    """

    def __init__(self) -> None:
        self._threads: WeakSet[Thread] = WeakSet()

    async def connect(self, *where: Any, **how: Any) -> aiosqlite.Connection:
        """Open a connection as SQLAlchemy would, and remember its thread."""
        connection = aiosqlite.connect(*where, **how)
        thread = connection._thread
        thread.daemon = True
        self._threads.add(thread)
        return await connection

    async def gone(self) -> None:
        """Return when all threads have ended, or after a second."""
        if any(thread.is_alive() for thread in self._threads):
            await asyncio.to_thread(self._join)

    def _join(self) -> None:
        until = monotonic() + FAREWELL
        for thread in list(self._threads):
            thread.join(max(0.0, until - monotonic()))


def dress(engine: Engine) -> None:
    """Make every connection of this engine behave as the module says."""
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begin)


def _connected(connection: Any, entry: ConnectionPoolEntry) -> None:
    """Set what SQLite keeps per connection."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode")
    if cursor.fetchone() != ("wal",):  # asking for it again takes a lock, even where it is so already
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
    entry.info[DURABLE] = False


def _begin(connection: Connection) -> None:
    """Begin as the connection's options say; `synchronous` can only be set before that."""
    options = connection.get_execution_options()
    durable = bool(options.get(DURABLE, False))
    if connection.info.get(DURABLE) != durable:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        connection.info[DURABLE] = durable
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES, False) else "BEGIN")
