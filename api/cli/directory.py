"""`halo directory`: take the hall's files into force, look things up, and ask who is competent.

`show` and `who` answer from the directory in force, which is the one in the database. Where none was loaded yet
they answer from the files that the service would load at its first start, and say so on standard error.
"""

import getpass
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from api.cli.asked import Cli, refuse, run
from api.cli.directory_history import history, undo
from api.cli.directory_text import as_object, print_report, rows, way_on
from api.cli.hall import first_folder, hall_in_force, read_hall
from api.cli.importing import export_list, import_list
from api.cli.ldap import ldap
from api.clock import SystemClock
from api.private import make_private
from api.running import ask_to_reload
from directory.changes import Source
from directory.lookup import Known, NotFound, looked_up
from directory.model import Hall, Person
from directory.resolve import resolve
from records.database import open_database
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

    What is wrong stops it, and nothing is changed.
    """
    loaded = read_hall(folder)
    print_report(loaded)
    if mode == "check":
        click.echo("Nothing was changed: this was a check.")
        return
    version = run(_save(cli.settings.database_url, folder, loaded.hall))
    click.echo(f"In force for new calls: version {version} of the directory.")
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


@directory.command()
@click.argument("name", metavar="ID")
@click.option(
    "--at", "moment", metavar="TIME", help='When: "2026-11-24T10:00", in the hall\'s time zone; else now.'
)
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects, best first.")
@from_folder
@click.pass_obj
def who(cli: Cli, name: str, moment: str | None, form: str | None, folder: Path | None) -> None:
    """Say who is rung about a matter or unit, in which order, and why."""
    hall = _hall(cli, folder)
    subject = _looked_up(hall, name)
    if isinstance(subject, Person):
        refuse(f"{subject.name} is a person; name a matter or a unit.")
    at = _moment(hall, moment) or cli.settings.clock or SystemClock().now()
    resolution = resolve(hall, subject.id, at)
    if form == "json":
        candidates = [as_object(candidate) for candidate in resolution.candidates]
        click.echo(json.dumps(candidates, ensure_ascii=False, indent=1))
    else:
        for order, candidate in enumerate(resolution.candidates, start=1):
            named = candidate.person.name if candidate.person else candidate.unit.name
            click.echo(
                f"{order}. {named}, {candidate.extension.digits} ({candidate.extension.reached.value})"
            )
            click.echo(f"   {candidate.why}")
    if resolution.why_none:
        click.echo(f"Nobody is rung: {resolution.why_none}.", err=True)
    click.echo(way_on(hall, resolution), err=form == "json")


def _hall(cli: Cli, folder: Path | None) -> Hall:
    """Return the hall to answer from."""
    return hall_in_force(cli) if folder is None else read_hall(folder).hall


async def _save(url: str, folder: Path, hall: Hall) -> int:
    """Take a hall into force; a new database gets its tables first."""
    make_private(url)
    if await current(url) is None:
        await upgrade(url)
    async with open_database(url) as database:
        saved = await HallStore(database).save_hall(
            hall, getpass.getuser(), source=Source.COMMAND, note=folder.name
        )
        return saved.version


def _looked_up(hall: Hall, name: str) -> Known:
    """Find what is meant, or end the command."""
    try:
        return looked_up(hall, name)
    except NotFound as wrong:
        refuse(str(wrong))


def _moment(hall: Hall, written: str | None) -> datetime | None:
    """Read a moment; without a time zone it is the hall's own."""
    if written is None:
        return None
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(
            f"{written!r} is no time: write 2026-11-24T10:00", param_hint="--at"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(hall.timezone))
