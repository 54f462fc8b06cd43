"""The file of a SQLite database: made for its own user alone, and only when something is to be written."""

from pathlib import Path

from records.database import parse_url
from records.errors import DatabaseAway

MODE = 0o600


def make_private(url: str) -> None:
    """Make the file if it is not there: callers' numbers will be in it. Raises RecordsError.

    SQLite gives its journal files the mode of the database. For PostgreSQL there is nothing to do.
    """
    if (file := _file(url)) is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=MODE)
        except OSError as error:
            raise DatabaseAway(
                f"The database {file} cannot be used now: it cannot be made ({error.strerror})."
            ) from None


def not_made_yet(url: str) -> bool:
    """Whether it is a file that nobody has made: looking at the tables would make it. Raises BadDatabaseUrl."""
    file = _file(url)
    return file is not None and not file.exists()


def _file(url: str) -> Path | None:
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)
