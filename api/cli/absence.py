"""`halo absence`: who is away, entered, listed and cancelled from the command line."""

import getpass
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from api.cli.asked import Cli, refuse, run
from api.cli.hall import hall_in_force, person_called
from api.clock import SystemClock
from api.office.absences import AbsenceDesk, new_absence_id
from api.office.away_sheet import AbsenceSheet, Typing, absence_of
from api.office.complaints import Refused
from api.running import ask_to_reload
from directory.absence import Absence, AbsenceId, Entered, Reason
from directory.model import Hall, PersonId
from records.database import open_database
from records.stores.absences import AbsenceStore

Result = TypeVar("Result")
AHEAD = timedelta(days=60)
"""So far `list` looks, unless it is told."""


@click.group()
def absence() -> None:
    """Who is away, until when, and who helps meanwhile."""


@absence.command()
@click.argument("person")
@click.option(
    "--from", "begins", help='The first day or moment, like "2026-11-24" or "2026-11-24T10:00"; else now.'
)
@click.option("--to", "ends", required=True, help="The last day, or the moment when it ends.")
@click.option("--back", help="When they can be reached again; else when their unit next opens.")
@click.option("--helps", metavar="PERSON", help="Who helps meanwhile; else their deputies.")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in Reason]),
    default=Reason.OUT_OF_OFFICE.value,
    show_default=True,
)
@click.pass_obj
def add(
    cli: Cli, person: str, begins: str | None, ends: str, back: str | None, helps: str | None, reason: str
) -> None:
    """Enter that PERSON (an id or a whole name) is away. It counts for the next caller."""
    hall = hall_in_force(cli)
    sheet = AbsenceSheet(
        person=person_called(hall, person),
        begins=begins,
        ends=ends,
        back=back,
        helps=person_called(hall, helps) if helps else None,
        reason=Reason(reason),
    )
    now = cli.settings.clock or SystemClock().now()
    typing = Typing(id=new_absence_id(), at=now, by=getpass.getuser(), entered=Entered.COMMAND)
    try:
        made = absence_of(hall, sheet, None, typing)
    except Refused as refused:
        refuse(_by_option(str(refused)))
    beside = run(_at_desk(cli, lambda desk: desk.add(made)))
    zone = ZoneInfo(hall.timezone)
    click.echo(
        f"Entered ({made.id}): {hall.people[made.person].name}, back {_written(made.reachable, zone)}."
    )
    for each in beside:
        click.echo(f"It overlaps absence {each.id}; both count.", err=True)
    _tell(cli)


@absence.command("list")
@click.option("--person", help="Of this person (an id or a whole name).")
@click.option("--unit", help="Of the people of this unit (its id).")
@click.option(
    "--days", type=click.IntRange(1, 366), default=AHEAD.days, show_default=True, help="So far ahead."
)
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")
@click.pass_obj
def list_(cli: Cli, person: str | None, unit: str | None, days: int, form: str | None) -> None:
    """List who is away now and later, in order."""
    hall = hall_in_force(cli)
    people = frozenset({person_called(hall, person)}) if person else None
    if unit is not None:
        staff = {each.id for each in hall.people.values() if each.unit == unit}
        people = frozenset(staff if people is None else staff & people)
    now = cli.settings.clock or SystemClock().now()
    found = run(_at_desk(cli, lambda desk: desk.store.between(now, now + timedelta(days=days), people)))
    if form == "json":
        click.echo(json.dumps([_as_object(hall, each) for each in found], ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo("Nobody is away.")
        return
    zone = ZoneInfo(hall.timezone)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("id", "who", "from", "to", "back", "helps", "reason"):
        day = len("2026-11-24") if heading in {"from", "to", "back"} else None
        table.add_column(heading, overflow="fold", no_wrap=heading == "id", min_width=day)
    for each in found:
        times = (_written(at, zone) for at in (each.begins, each.ends, each.reachable))
        who, helps = _name(hall, each.person), _name(hall, each.helps) if each.helps else "deputies"
        table.add_row(each.id, who, *times, helps, each.reason.value)
    Console().print(table)


@absence.command()
@click.argument("id_", metavar="ID")
@click.pass_obj
def cancel(cli: Cli, id_: str) -> None:
    """Cancel absence ID: they are in after all."""
    gone = run(_at_desk(cli, lambda desk: desk.take_back(AbsenceId(id_), getpass.getuser())))
    click.echo(f"Cancelled: {_name(hall_in_force(cli), gone.person)} is in.")
    _tell(cli)


async def _at_desk(cli: Cli, work: Callable[[AbsenceDesk], Awaitable[Result]]) -> Result:
    async with open_database(cli.settings.database_url) as database:
        return await work(AbsenceDesk(AbsenceStore(database), SystemClock()))


def _tell(cli: Cli) -> None:
    if process := ask_to_reload(cli.settings.state_dir):
        click.echo(f"The running service (process {process}) was told.")


def _by_option(sentence: str) -> str:
    """Name the options of the command instead of the fields of the sheet."""
    for field, option in (("begins", "--from"), ("ends", "--to"), ("back", "--back"), ("helps", "--helps")):
        sentence = sentence.replace(f'"{field}":', f"{option}:")
    return sentence


def _name(hall: Hall, person: PersonId) -> str:
    return hall.people[person].name if person in hall.people else person


def _written(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _as_object(hall: Hall, each: Absence) -> dict[str, str]:
    return {
        "id": each.id,
        "person": each.person,
        "name": _name(hall, each.person),
        "begins": each.begins.isoformat(),
        "ends": each.ends.isoformat(),
        "back": each.reachable.isoformat(),
        "helps": each.helps or "",
        "reason": each.reason.value,
        "entered": each.entered.value,
        "entered_by": each.entered_by,
    }
