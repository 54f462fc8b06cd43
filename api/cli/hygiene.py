"""`halo hygiene`: numbers of the directory that nobody answers, and the word that settles one."""

import getpass
import json
from collections.abc import Iterator

import click
from rich.console import Console
from rich.table import Table

from api.cli.asked import Cli, refuse, run
from api.cli.hall import hall_in_force
from api.clock import SystemClock
from directory.hygiene import How, Task, sentence
from directory.model import Hall
from records.database import open_database
from records.stores.hygiene import HygieneFilter, HygieneStore, NoSuchTask, TaskIsClosed

LISTED = 1000
"""More open tasks than this are no list that somebody reads."""


@click.group()
def hygiene() -> None:
    """Numbers of the directory that seem wrong, as nobody answers there."""


@hygiene.command("list")
@click.option("--unit", help="Those of this unit (its id).")
@click.option("--all", "which", flag_value="all", help="Closed ones too.")
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")
@click.pass_obj
def list_(cli: Cli, unit: str | None, which: str | None, form: str | None) -> None:
    """List the open tasks, the newest first."""

    async def listed() -> tuple[Task, ...]:
        wanted = HygieneFilter(unit=unit, open=None if which else True)
        async with open_database(cli.settings.database_url) as database:
            return (await HygieneStore(database).listed(wanted, limit=LISTED)).items

    tasks = run(listed())
    if form == "json":
        click.echo(json.dumps([_as_object(task) for task in tasks], ensure_ascii=False, indent=1))
        return
    if not tasks:
        click.echo("Nothing seems wrong: there is no open task.")
        return
    hall = hall_in_force(cli)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("task", "unit", "whose", "extension", "unanswered", "since", "last", "state"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "task")
    for task in tasks:
        table.add_row(*_row(hall, task))
    Console().print(table)


@hygiene.command()
@click.argument("task")
@click.option("--reason", required=True, help="Why nothing is wrong with this number, in words.")
@click.pass_obj
def close(cli: Cli, task: str, reason: str) -> None:
    """Close TASK, as nothing is wrong: only new unanswered tries open another."""
    said = " ".join(reason.split())
    if not said:
        raise click.BadParameter("write why nothing is wrong", param_hint="--reason")

    async def closed() -> Task:
        async with open_database(cli.settings.database_url) as database:
            store = HygieneStore(database)
            return await store.close(task, getpass.getuser(), How.REASON, said, at=SystemClock().now())

    try:
        done = run(closed())
    except (NoSuchTask, TaskIsClosed) as wrong:
        refuse(str(wrong))
    click.echo(f"Closed: extension {done.extension}.")


def _row(hall: Hall, task: Task) -> Iterator[str]:
    person, unit = hall.people.get(task.person), hall.units.get(task.unit)
    yield task.id
    yield unit.name if unit else task.unit
    yield person.name if person else task.person or "the unit's line"
    yield task.extension
    yield f"{task.unanswered} of {task.tries}"
    yield f"{task.since:%Y-%m-%d}"
    yield f"{task.raised:%Y-%m-%d}"
    yield "open" if task.how is None else f"{task.how.value} {task.reason}".strip()


def _as_object(task: Task) -> dict[str, object]:
    return {
        "task": task.id,
        "unit": task.unit,
        "person": task.person,
        "extension": task.extension,
        "tries": task.tries,
        "unanswered": task.unanswered,
        "since": task.since.isoformat(),
        "opened": task.opened.isoformat(),
        "raised": task.raised.isoformat(),
        "closed": task.closed.isoformat() if task.closed else None,
        "closed_by": task.closed_by,
        "how": task.how.value if task.how else None,
        "reason": task.reason,
        "sentence": sentence(task),
    }
