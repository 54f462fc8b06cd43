"""Which hall a command speaks of: the directory in force, or the files that the first start would load."""

from dataclasses import replace
from pathlib import Path

import click

from api.cli.asked import Cli, refuse, run
from directory.load import DEMO, Loaded, load_hall
from directory.lookup import NotFound, looked_up
from directory.model import Hall, PersonId
from directory.report import DirectoryError


def hall_in_force(cli: Cli) -> Hall:
    """Return the hall in the database; before the first start, the one in the hall's folder, and say so."""
    url = cli.settings.database_url
    if not _surely_no_file(url):
        from api.hall_source import stored_hall  # SQLAlchemy takes its time, and `find` is asked often

        stored = run(stored_hall(url))
        if stored is not None:
            return stored
    folder = first_folder(cli)
    click.echo(f"No directory is in the database yet: this is the one in {folder.name}.", err=True)
    return read_hall(folder).hall


def _surely_no_file(url: str) -> bool:
    """Whether the address plainly names a file of SQLite that nobody has made."""
    kind, _, file = url.partition(":///")
    return kind.startswith("sqlite") and bool(file) and "?" not in file and not Path(file).exists()


def first_folder(cli: Cli) -> Path:
    """Return the folder that the service loads at its first start."""
    return cli.settings.hall_dir or DEMO


def read_hall(folder: Path) -> Loaded:
    """Load a hall's folder; if it may not go live, every fault is printed and the command ends."""
    try:
        return load_hall(folder)
    except DirectoryError as wrong:
        for fault in wrong.faults[1:]:
            click.echo(str(fault), err=True)
        refuse(f"{wrong.faults[0]}.")


def person_called(hall: Hall, typed: str) -> PersonId:
    """Return the person of this id or whole name; nobody of that name ends the command."""
    try:
        found = looked_up(replace(hall, units={}, matters={}), typed)
    except NotFound as wrong:
        refuse(f"{wrong} `halo directory find {typed}` finds people by words.")
    return PersonId(found.id)
