"""`halo calls` and `halo call-story`: what happened, for whoever sits at the machine. Numbers are masked."""

from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from api.cli.asked import Cli, refuse, run
from api.http import shapes
from api.private import not_made_yet
from api.settings.model import HOME_ZONE
from callflows.outcomes import CallOutcome
from callflows.story_words import CALLS
from records.database import open_database
from records.stores.calls import CallFilter, CallStore
from records.views import CallStory, CallView
from telephony.values import CallId


@click.command()
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many at most."
)
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in CallOutcome]),
    help="Only those that ended so.",
)
@click.pass_obj
def calls(cli: Cli, limit: int, outcome: str | None) -> None:
    """List calls, newest first."""
    wanted = CallFilter(outcome=CallOutcome(outcome) if outcome else None)
    found = run(_calls(_database(cli), wanted, limit))
    if not found:
        click.echo("Nie ma takich rozmów.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("kiedy", "numer", "sprawa", "wynik", "rozmowa"):
        table.add_column(heading, overflow="fold", no_wrap=heading in {"kiedy", "rozmowa"})
    for call in found:
        ended = CALLS[call.outcome] if call.outcome else "trwa"
        table.add_row(_time(call.arrived), call.number or "", call.matter_title or "", ended, call.call)
    Console().print(table)


@click.command("call-story")
@click.argument("call", metavar="ID")
@click.pass_obj
def call_story(cli: Cli, call: str) -> None:
    """Tell one call as a story, a sentence for each thing that happened."""
    found = run(_story(_database(cli), CallId(call)))
    if found is None:
        refuse(f'There is no call "{call}"; `halo calls` lists them.')
    story = shapes.story(found, personal=False)
    begun = story.call.arrived
    click.echo(f"{_time(begun)}  {story.call.call}")
    for fact in story.facts:
        click.echo(f"{(fact.at - begun).total_seconds():8.1f} s  {fact.sentence}")


def _database(cli: Cli) -> str:
    url = cli.settings.database_url
    if not_made_yet(url):
        refuse("There is no database yet, so nothing happened: the first `halo serve` makes it.")
    return url


async def _calls(url: str, wanted: CallFilter, limit: int) -> tuple[CallView, ...]:
    async with open_database(url) as database:
        page = await CallStore(database).listed(wanted, limit=limit)
        return shapes.call_page(page, personal=False).items


async def _story(url: str, call: CallId) -> CallStory | None:
    async with open_database(url) as database:
        return await CallStore(database).story(call)


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(HOME_ZONE):%Y-%m-%d %H:%M:%S}"
