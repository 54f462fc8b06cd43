"""`halo directory`: take the hall's files into force, look things up, and ask who is competent.

`show` and `who` answer from the directory in force, which is the one in the database. Where none was loaded yet
they answer from the files that the service would load at its first start, and say so on standard error.
"""

import getpass
import json
from pathlib import Path

import click

from api.cli.asked import Cli, refuse, run
from api.cli.directory_history import history, undo
from api.cli.directory_text import print_report, rows
from api.cli.hall import first_folder, hall_in_force, read_hall
from api.cli.importing import export_list, import_list
from api.cli.ldap import ldap
from api.private import make_private
from api.running import ask_to_reload
from directory.changes import Source
from directory.lookup import Known, NotFound, looked_up
from directory.model import Hall
from records.database import open_database
from records.history_views import Saved
from records.migrate import current, upgrade
from records.stores.hall import HallStore

FOLDER = click.Path(path_type=Path, file_okay=False)
from_folder = click.option("--folder", type=FOLDER, help="Answer from these files, not from the database.")


@click.group()
def directory() -> None:
    """The hall's units, matters, people, hours and menu."""


directory.add_command(import_list)
directory.add_command(export_list)
directory.add_command(history)
directory.add_command(undo)
directory.add_command(ldap)


@directory.command()
@click.argument("folder", type=FOLDER)
@click.option("--check", "mode", flag_value="check", help="Only say what is wrong or doubtful.")
@click.pass_obj
def load(cli: Cli, folder: Path, mode: str | None) -> None:
    """Read the hall's FOLDER, tell what is doubtful in it, and take it into force for new calls.

    What is wrong stops it, and nothing is changed. The files' word counts for everything: what pages, lists
    or LDAP have changed since is gone, until it is undone.
    """
    loaded = read_hall(folder)
    print_report(loaded)
    if mode == "check":
        click.echo("Nothing was changed: this was a check.")
        return
    saved = run(_save(cli.settings.database_url, folder, loaded.hall))
    click.echo(f"In force for new calls: version {saved.version} of the directory.")
    if saved.changes and saved.version > 1:
        told = f"It differs from what was in force (changes: {len(saved.changes)})"
        click.echo(
            f"{told}: `halo directory history` lists them, `halo directory undo {saved.version}` takes it back."
        )
    if process := ask_to_reload(cli.settings.state_dir):
        click.echo(f"The running service (process {process}) was told to take it over.")


@directory.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")
@click.pass_obj
def report(cli: Cli, folder: Path | None, form: str | None) -> None:
    """List every doubtful cell of the hall's FOLDER: its row, what was read, why it is doubtful, the mend."""
    loaded = read_hall(folder or first_folder(cli))
    if form != "json":
        print_report(loaded)
        return
    rows = [
        {name: getattr(found, name) for name in ("file", "line", "field", "read", "why", "mend")}
        for found in loaded.report.findings
    ]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


@directory.command()
@click.argument("name")
@from_folder
@click.pass_obj
def show(cli: Cli, name: str, folder: Path | None) -> None:
    """Show the unit, matter or person called NAME: an id, a symbol, or a whole name."""
    hall = _hall(cli, folder)
    for label, value in rows(hall, _looked_up(hall, name)):
        if value:
            click.echo(f"{label + ':':12} {value}")


def _hall(cli: Cli, folder: Path | None) -> Hall:
    """Return the hall to answer from."""
    return hall_in_force(cli) if folder is None else read_hall(folder).hall


async def _save(url: str, folder: Path, hall: Hall) -> Saved:
    """Take a hall into force; a new database gets its tables first."""
    make_private(url)
    if await current(url) is None:
        await upgrade(url)
    async with open_database(url) as database:
        return await HallStore(database).save_hall(
            hall, getpass.getuser(), source=Source.COMMAND, note=folder.name
        )


def _looked_up(hall: Hall, name: str) -> Known:
    """Find what is meant, or end the command."""
    try:
        return looked_up(hall, name)
    except NotFound as wrong:
        refuse(str(wrong))
