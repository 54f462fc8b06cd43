"""`halo database`: bring the tables up to date, and see where they are."""

import click

from api.cli.asked import Cli, run
from api.private import make_private, not_made_yet
from records.migrate import current, head, upgrade


@click.group()
def database() -> None:
    """The database: its tables, and the erasure of personal data."""


@database.command("upgrade")
@click.pass_obj
def upgrade_(cli: Cli) -> None:
    """Bring the tables up to this version; running it twice does no harm."""
    url = cli.settings.database_url
    make_private(url)
    before = run(current(url))
    after = run(upgrade(url))
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
