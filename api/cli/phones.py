"""`halo phones`: the phones of the directory in force, as configuration for Asterisk and as sheets of paper."""

import asyncio
from pathlib import Path

import click

from api.cli.asked import Cli, refuse
from api.cli.hall import hall_in_force
from api.phones.reloading import reload_phones
from api.phones.rendering import Instance, Rendering, instance_in, render, server_of, write
from api.phones.secrets import PhoneSecrets
from api.phones.whose import BadPhone, phones_of
from telephony.errors import TelephonyError


@click.group()
def phones() -> None:
    """The phones that register at our Asterisk."""


@phones.command("render")
@click.option(
    "--into",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The Asterisk instance's directory, which configure.py has written.",
)
@click.option(
    "--server", metavar="HOST[:PORT]", help="Where phones register, for the sheets; else the instance's."
)
@click.option(
    "--new-secret",
    "anew",
    multiple=True,
    metavar="EXTENSION",
    help="Give this phone a new secret; may be repeated.",
)
@click.option("--dry-run", "mode", flag_value="dry", help="Only say what is new, changed or gone.")
@click.option(
    "--reload", "then", flag_value="reload", help="Have the running Asterisk take it over; calls go on."
)
@click.pass_obj
def render_phones(
    cli: Cli, into: Path, server: str | None, anew: tuple[str, ...], mode: str | None, then: str | None
) -> None:
    """Write the phones of the directory in force into the Asterisk instance in DIR.

    For every person and unit whose extension is reached here: an account with a secret of its own, a lamp for
    others (BLF), and a sheet for who plugs the phone in (DIR/sheets, with the secret: only for its owner's eyes).
    Secrets are kept, so it may be run again at any time; a phone that left the directory loses its account.
    """
    kept = PhoneSecrets(cli.settings.state_dir)
    try:
        instance = instance_in(into.resolve())
        wanted = phones_of(hall_in_force(cli))
        rendering = render(wanted, instance, kept, server_of(instance, server), anew=anew)
        _say_what_changes(rendering)
        if mode == "dry":
            click.echo("Nothing was written: this was a dry run.")
            return
        write(rendering, kept)
    except BadPhone as wrong:
        refuse(f"{str(wrong).removesuffix('.')}.")
    except OSError as wrong:
        refuse(f"{wrong.filename or into} cannot be written: {wrong.strerror or type(wrong).__name__}.")
    click.echo(
        f"Written: {len(rendering.files) - rendering.phones} files in {instance.directory / 'etc'}, and"
    )
    click.echo(
        f"{rendering.phones} sheets with secrets in {instance.directory / 'sheets'}: print, set up, destroy."
    )
    if then == "reload":
        _reload(instance)
    else:
        click.echo("A running Asterisk takes them over with --reload.")


def _say_what_changes(rendering: Rendering) -> None:
    """Print how many phones there are, and which of them are different from what is written now."""
    click.echo(f"{rendering.phones} phones in the directory are reached here.")
    for word, extensions in (
        ("new", rendering.new),
        ("changed", rendering.changed),
        ("gone", rendering.gone),
    ):
        click.echo(f"{word + ':':9}{', '.join(extensions) or 'none'}")


def _reload(instance: Instance) -> None:
    """Ask the running Asterisk; what it answers is one sentence."""
    try:
        asyncio.run(reload_phones(instance))
    except TelephonyError as wrong:
        refuse(
            f"The files are written, and Asterisk has not taken them over: {str(wrong).removesuffix('.')}."
        )
    click.echo("The running Asterisk has taken them over; calls go on.")
