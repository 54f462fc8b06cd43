"""`halo database backup` and `halo database restore`: everything that was committed, in one file, and back."""

from pathlib import Path

import click

from api.cli.asked import Cli, refuse, run
from api.meanwhile import READ
from api.private import not_made_yet
from api.running import AlreadyRunning, held
from records.backup import back_up, restore

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command("backup")
@FILE
@click.pass_obj
def backup(cli: Cli, file: Path) -> None:
    """Put everything that is in the database into FILE; the service may run meanwhile.

    Facts of the last moments may still be in the state folder's spool, and all since the database went away. The file
    holds callers' numbers: keep it where only you can read it, and no longer than retention.personal_days.
    """
    url = cli.settings.database_url
    if not_made_yet(url):
        refuse("There is no database yet.")
    run(back_up(url, file))
    click.echo(f"The backup is {file} ({file.stat().st_size} bytes).")


@click.command("restore")
@FILE
@click.pass_obj
def restore_(cli: Cli, file: Path) -> None:
    """Let the database be what it was when FILE was made; the service must be stopped.

    A SQLite database that is there is set aside, not deleted; PostgreSQL's must be empty. The next `halo serve` brings
    the tables of an older backup up to its version.
    """
    settings = cli.settings
    try:
        settings.state_dir.mkdir(mode=0o755, parents=True, exist_ok=True)
        with held(settings.state_dir):
            aside = run(restore(settings.database_url, file))
            # An older database lacks calls that Asterisk alone answered, and that were taken over since.
            (settings.state_dir / READ).unlink(missing_ok=True)
    except AlreadyRunning as running:
        refuse(str(running))
    click.echo(f"The database is what it was when {file} was made.")
    if aside is not None:
        click.echo(f"What was there is {aside} now.")
