"""`halo directory who`: who would be rung about a matter or unit, in which order and why, and who not, and why not."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from api.cli.asked import Cli, refuse, run
from api.cli.directory_text import as_object, passed_over_as_object, way_on
from api.cli.hall import hall_in_force, read_hall
from api.clock import SystemClock
from api.private import not_made_yet
from directory.absence import Absence
from directory.live import Known
from directory.lookup import NotFound, looked_up
from directory.model import Hall, Matter, Person, Unit
from directory.resolve import Candidate, PassedOver, resolve
from records.database import open_database
from records.errors import NotMigrated
from records.stores.absences import AbsenceStore


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "--at", "moment", metavar="TIME", help='When: "2026-11-24T10:00", in the hall\'s time zone; else now.'
)
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects, best first.")
@click.option("--all", "all_", flag_value="all", help='With --json: also who is passed over ("passed_over").')
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Answer from these files, not from the database.",
)
@click.pass_obj
def who(
    cli: Cli, name: str, moment: str | None, form: str | None, all_: str | None, folder: Path | None
) -> None:
    """Say who is rung about a matter or unit, in which order, and why.

    Who is away then is passed over. What phones are doing only the running service knows: ask its
    GET /api/directory/who/ID.
    """
    hall = hall_in_force(cli) if folder is None else read_hall(folder).hall
    subject = _subject(hall, name)
    at = _moment(hall, moment) or cli.settings.clock or SystemClock().now()
    absences = () if folder is not None else run(_absences(cli.settings.database_url, at))
    found = resolve(hall, subject.id, at, Known.of(absences))
    if form == "json":
        rows: list[dict[str, object]] = [as_object(each) for each in found.candidates]
        if all_ is not None:
            rows += [passed_over_as_object(each) for each in found.passed_over]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for order, candidate in enumerate(found.candidates, start=1):
            phone = candidate.extension
            click.echo(f"{order}. {_named(candidate)}, {phone.digits} ({phone.reached.value})")
            click.echo(f"   {candidate.why}")
        for passed in found.passed_over:
            click.echo(f"-  {_named(passed)}: passed over")
            click.echo(f"   {passed.why}")
    if found.why_none:
        click.echo(f"Nobody is rung: {found.why_none}.", err=True)
    click.echo(way_on(hall, found), err=form == "json")


def _named(one: Candidate | PassedOver) -> str:
    return one.person.name if one.person else one.unit.name


def _subject(hall: Hall, name: str) -> Matter | Unit:
    """Find what is meant, or end the command."""
    try:
        found = looked_up(hall, name)
    except NotFound as wrong:
        refuse(str(wrong))
    if isinstance(found, Person):
        refuse(f"{found.name} is a person; name a matter or a unit.")
    return found


async def _absences(url: str, at: datetime) -> tuple[Absence, ...]:
    """Who is away then or later; nobody in a database that is not there yet."""
    if not_made_yet(url):
        return ()
    try:
        async with open_database(url) as database:
            return await AbsenceStore(database).running(at)
    except NotMigrated:
        return ()


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
