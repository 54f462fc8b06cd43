"""Writes the draft of a new migration: `python -m records.migrations "what changes"`."""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command

from records.database import open_database
from records.migrate import head, upgrade
from records.steps import config_for


async def draft(message: str, *, into: Path | None = None) -> None:
    """Compare the tables of the code with those that the migrations make, and write the difference down."""
    number = f"{int(head()) + 1:04}"
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/draft.db"
        await upgrade(url)
        async with open_database(url) as database, database.write() as connection:
            await connection.run_sync(
                lambda plain: command.revision(
                    config_for(plain, drafts=into),
                    message,
                    autogenerate=True,
                    rev_id=number,
                    version_path=None if into is None else str(into),
                )
            )


if __name__ == "__main__":
    asyncio.run(draft(" ".join(sys.argv[1:]) or "What changes"))
