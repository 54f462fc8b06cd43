"""What can go wrong between us and the database, each told in one sentence.

    RecordsError
    ├── BadDatabaseUrl    the setting is no address of a database that we know
    ├── DatabaseAway      it cannot be used at present (gone, locked, full, refused): try again later
    ├── NotMigrated       it answers, and its tables are not those of this version: `records.migrate.upgrade`
    ├── TooNew            it was upgraded by a later version of this service
    ├── Rejected          it refused the values themselves: trying again will not help
    ├── BackupFailed      it could not be copied to a file, or from one
    ├── NoHall            no directory of a hall has been saved yet
    └── Stale             somebody else saved the directory since it was read

A database says "no" in dozens of dialect-specific ways; `in_our_words` is the one place that knows them.
"""

import asyncio

import asyncpg
from sqlalchemy import exc
from sqlalchemy.engine import URL


class RecordsError(Exception):
    """Anything that went wrong between us and the database; the text is one sentence."""


class BadDatabaseUrl(RecordsError):
    """The address names no database that we can open."""


class DatabaseAway(RecordsError):
    """The database cannot be used at present; what we wanted may succeed later, unchanged."""


class NotMigrated(RecordsError):
    """The tables are not those of this version."""


class TooNew(RecordsError):
    """The tables belong to a later version of this service."""


class Rejected(RecordsError):
    """The database refused the values, and will refuse them again."""


class BackupFailed(RecordsError):
    """A backup could not be made or restored; nothing was changed."""


class NoHall(RecordsError):
    """No hall, or not the version asked for, is in the database."""


class Stale(RecordsError):
    """What was to be saved was made of a directory that is in force no more; nothing was changed."""


NATURAL_ERRORS = (
    exc.SQLAlchemyError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
    TimeoutError,
    asyncio.TimeoutError,
    OverflowError,
)
"""What engine and drivers raise by nature. asyncpg's connecting errors reach us bare, without SQLAlchemy's
coat; sqlite3 raises a bare OverflowError for a whole number beyond 64 bits."""

_NOT_MIGRATED_STATES = ("42P01", "42703")
"""PostgreSQL: undefined_table, undefined_column (Appendix A, "PostgreSQL Error Codes")."""


def in_our_words(error: BaseException, url: URL) -> RecordsError:
    """Turn an error of engine or driver into one of ours; the address in it has its password hidden."""
    where = shown(url)
    cause = _first_line(error)
    if _is_not_migrated(error):
        return NotMigrated(f"The database {where} lacks the tables of this version ({cause}): upgrade it.")
    if _is_rejection(error):
        return Rejected(f"The database {where} refused a value: {cause}.")
    if isinstance(error, TimeoutError | exc.TimeoutError) and not str(error):
        cause = "no answer in time"
    return DatabaseAway(f"The database {where} cannot be used now: {cause}.")


def shown(url: URL) -> str:
    """The address as the administrator wrote it, with its password hidden."""
    plain = url.set(drivername=url.get_backend_name()).difference_update_query(["timeout"])
    return plain.render_as_string(hide_password=True)


def _original(error: BaseException) -> BaseException:
    """The driver's own exception inside SQLAlchemy's."""
    if isinstance(error, exc.DBAPIError):
        return error.driver_exception
    if isinstance(error, exc.StatementError) and error.orig is not None:
        return error.orig
    return error


def _state(error: BaseException) -> str:
    """PostgreSQL's five-character SQLSTATE, or nothing."""
    return str(getattr(_original(error), "sqlstate", None) or "")


def _is_not_migrated(error: BaseException) -> bool:
    if _state(error) in _NOT_MIGRATED_STATES:
        return True
    return isinstance(error, exc.OperationalError) and (
        "no such table" in str(error) or "no such column" in str(error) or "no column named" in str(error)
    )


def _is_rejection(error: BaseException) -> bool:
    if isinstance(error, OverflowError | exc.IntegrityError | exc.DataError):
        return True
    if _state(error)[:2] in ("22", "23"):  # data exception, integrity constraint violation
        return True
    if isinstance(error, exc.DBAPIError):
        # sqlite3 says "type not supported" as ProgrammingError or InterfaceError; asyncpg as its DataError
        return isinstance(_original(error), asyncpg.DataError) or (
            isinstance(error, exc.ProgrammingError | exc.InterfaceError) and "binding parameter" in str(error)
        )
    return isinstance(error, exc.StatementError)


def _first_line(error: BaseException) -> str:
    """The driver's words, one line, without SQL and without the values (they may be personal)."""
    original = _original(error)
    words = (str(original).strip() or type(original).__name__).splitlines()[0]
    if words.startswith("invalid input for query argument"):  # asyncpg goes on with the value
        words = words.partition(":")[0]
    return words.rstrip(".")
