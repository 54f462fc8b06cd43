"""`halo database`: bring the tables up to date, see where they are, and forget personal data."""

import getpass
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import click

from api.cli.asked import Cli, refuse, run
from api.cli.backup import backup, restore_
from api.cli.spooled import bring_in_the_spool
from api.cli.unreached import tell_what_is_not_reached
from api.forgetting import forget_old
from api.private import make_private, not_made_yet
from records.database import Database, open_database
from records.erase import erase_number
from records.migrate import current, head, upgrade
from records.views import Erasure

Result = TypeVar("Result")


@click.group()
def database() -> None:
    """The database: its tables, its backup, and forgetting personal data."""


database.add_command(backup)
database.add_command(restore_)


@database.command("upgrade")
@click.pass_obj
def upgrade_(cli: Cli) -> None:
    """Bring the tables up to this version; running it twice does no harm."""
    url = cli.settings.database_url
    before, after = run(_upgraded(url))
    click.echo(
        f"The tables are at {after}, as before." if before == after else f"The tables are at {after} now."
    )


@database.command("current")
@click.pass_obj
def current_(cli: Cli) -> None:
    """Say where the tables are; exit code 1 if this version needs others."""
    url = cli.settings.database_url
    revision = None if not_made_yet(url) else run(current(url))
    if revision == head():
        click.echo(f"The tables are at {revision}, as this version needs them.")
        return
    was = f"The tables are at {revision}" if revision else "There are no tables yet"
    raise click.ClickException(f"{was}, and this version needs {head()}: halo database upgrade")


@database.command()
@click.argument("number")
@click.option("--yes", "confirmed", flag_value="yes", help="Do not ask whether this is meant.")
@click.pass_obj
def erase(cli: Cli, number: str, confirmed: str | None) -> None:
    """Forget whoever called from NUMBER or is to be called back there (GDPR art. 17).

    Their open tickets are withdrawn: nobody could be called. What happened stays on record, without them.
    """
    if confirmed is None:
        click.confirm("This cannot be undone, and withdraws their open tickets. Go on?", abort=True)

    async def erased(opened: Database, by: str, at: datetime) -> Erasure:
        await bring_in_the_spool(cli.settings.state_dir, opened)
        return await erase_number(opened, number, asked_by=by, at=at)

    tell(run(_with_database(cli, erased)))
    tell_what_is_not_reached(cli.settings.asterisk.log_dir, number)


@database.command()
@click.pass_obj
def forget(cli: Cli) -> None:
    """Forget callers of calls older than retention.personal_days, and absences that ended retention.absence_days ago.

    The service does so daily.
    """

    async def forgotten(opened: Database, by: str, at: datetime) -> tuple[Erasure, int]:
        return await forget_old(opened, cli.settings.retention, at=at, asked_by=by)

    done, absences = run(_with_database(cli, forgotten))
    tell(done)
    click.echo(f"Deleted: {absences} absences.")


async def _upgraded(url: str) -> tuple[str | None, str]:
    make_private(url)
    return await current(url), await upgrade(url)


def tell(done: Erasure) -> None:
    """Say what was forgotten: numbers only, never whose."""
    click.echo(f"Forgotten: the person in {done.calls} calls, {done.facts} facts and {done.tickets} tickets.")


async def _with_database(cli: Cli, work: Callable[[Database, str, datetime], Awaitable[Result]]) -> Result:
    url = cli.settings.database_url
    if not_made_yet(url):
        refuse("There is no database yet, so nobody is in it.")
    async with open_database(url) as opened:
        return await work(opened, getpass.getuser(), datetime.now(UTC))
