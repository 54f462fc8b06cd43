"""SQLite, dressed for a telephone line: WAL, patience, foreign keys, and transactions that begin when we say.

* WAL: readers never wait for the writer, nor the writer for readers (sqlite.org/wal.html).
* `synchronous`: NORMAL keeps every commit through a crash of the process, and may lose the last ones in a
  power cut; FULL keeps them through that too, for an fsync more (sqlite.org/pragma.html#pragma_synchronous).
* `secure_delete`: what is erased is overwritten, not only marked free.
* Python's sqlite3 begins transactions by guesswork; we switch that off and say BEGIN ourselves: IMMEDIATE for
  writers, because a reader that turns writer half-way is refused at once, without patience (SQLITE_BUSY).
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = 5.0
"""Seconds that a statement waits for a lock that another process holds, unless the address says `?timeout=`."""

WRITES = "halo_writes"
DURABLE = "halo_durable"
"""Execution options of a connection: this transaction will write; and must survive a power cut."""


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
