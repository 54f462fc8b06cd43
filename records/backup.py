"""A backup of the database in one file, made while the service runs, and the way back from it.

SQLite: its online backup (sqlite.org/backup.html) in one step, which in WAL mode holds up no writer, and whose copy is
checked before it takes its name. PostgreSQL: pg_dump's own format, by its own program, which sees one moment of the
database; pg_restore brings it into an empty one. The file holds callers' numbers: only our own user may read it.
"""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from records.database import parse_url
from records.errors import BackupFailed
from records.migrate import current

MODE = 0o600
_COMPANIONS = ("", "-wal", "-shm")
"""The files of a SQLite database."""


async def back_up(url: str, file: Path) -> None:
    """Put everything that is committed now into this file, whole or not at all. Raises BackupFailed."""
    parsed, fresh = parse_url(url), file.with_name(f"{file.name}.part")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE))
        if parsed.get_backend_name() == "sqlite":
            await asyncio.to_thread(_copy, Path(str(parsed.database)), fresh)
        else:
            await _run("pg_dump", "--format=custom", f"--file={fresh}", *_where(parsed), url=parsed)
        fresh.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup was not made: {error}.") from None
    finally:
        fresh.unlink(missing_ok=True)


async def restore(url: str, file: Path) -> Path | None:
    """Let the database be what it was when this file was made; returns where a SQLite file that was there is now.

    The service must not run meanwhile. PostgreSQL's database must be empty. Raises RecordsError.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        try:
            return await asyncio.to_thread(_restore_file, file, Path(str(parsed.database)))
        except (OSError, sqlite3.Error) as error:
            raise BackupFailed(f"{file} was not restored: {error}.") from None
    if await current(url) is not None:
        raise BackupFailed(
            "A backup is restored into an empty database: make a new one with createdb, and name that."
        )
    options = ("--no-owner", "--exit-on-error", "--single-transaction")
    await _run("pg_restore", *options, *_where(parsed), str(file), url=parsed)
    return None


def _copy(source: Path, target: Path) -> None:
    """Copy a SQLite database, and see whether the copy is sound. Raises OSError or sqlite3.Error."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)
        (found,) = here.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged ({found})")
        here.execute("SELECT version_num FROM alembic_version").fetchone()
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _restore_file(file: Path, database: Path) -> Path | None:
    """Put a copy of the backup in the database's place; what is there is set aside."""
    fresh = database.with_name(f"{database.name}.part")
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE))
    try:
        _copy(file, fresh)
        aside = database.with_name(f"{database.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}")
        there = database.exists()
        for companion in _COMPANIONS:
            if (old := Path(f"{database}{companion}")).exists():
                old.rename(f"{aside}{companion}")
        fresh.replace(database)
    finally:
        fresh.unlink(missing_ok=True)
    return aside if there else None


def _where(url: URL) -> Sequence[str]:
    """PostgreSQL's own words for an address, without its password."""
    host = url.host or url.query.get("host")
    parts = {"host": host, "port": url.port, "username": url.username, "dbname": url.database}
    return ["--no-password", *(f"--{name}={value}" for name, value in parts.items() if value)]


async def _run(program: str, *arguments: str, url: URL) -> None:
    """Run one of PostgreSQL's programs. Raises BackupFailed with its own words."""
    path = shutil.which(program)
    if path is None:
        told = " ".join((program, *arguments))
        raise BackupFailed(f"{program} is not installed here; where it is, run: {told}")
    password = {"PGPASSWORD": url.password} if url.password else {}
    process = await asyncio.create_subprocess_exec(
        path, *arguments, env={**os.environ, **password}, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        words = said.decode(errors="replace").strip().splitlines() or [f"exit code {process.returncode}"]
        raise BackupFailed(f"{program} failed: {words[0].rstrip('.')}.")
