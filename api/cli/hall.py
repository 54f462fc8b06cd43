"""Which hall a command speaks of: the directory in force, or the files that the first start would load."""

from pathlib import Path

import click

from api.cli.asked import Cli, refuse, run
from directory.load import DEMO, load_hall
from directory.model import Hall
from directory.report import DirectoryError
from records.database import open_database, parse_url
from records.errors import NoHall, NotMigrated, RecordsError
from records.stores.hall import HallStore


def hall_in_force(cli: Cli) -> Hall:
    """Return the hall in the database; before the first start, the one in the hall's folder, and say so."""
    url = cli.settings.database_url
    found = run(_stored(url)) if _is_there(url) else None
    if found is not None:
        return found
    folder = cli.settings.hall_dir or DEMO
    click.echo(f"No directory is in the database yet: this is the one in {folder.name}.", err=True)
    try:
        return load_hall(folder).hall
    except DirectoryError as wrong:
        refuse(f"{wrong}.")


def _is_there(url: str) -> bool:
    """Tell whether the database exists; a file of SQLite may not have been made yet."""
    try:
        address = parse_url(url)
    except RecordsError as wrong:
        refuse(str(wrong))
    return address.get_backend_name() != "sqlite" or Path(address.database or "").exists()


async def _stored(url: str) -> Hall | None:
    """Return the hall in the database; None if it holds none, or has no tables yet."""
    try:
        async with open_database(url) as database:
            return await HallStore(database).load_hall()
    except (NoHall, NotMigrated):
        return None
