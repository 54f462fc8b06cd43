"""`halo token`: who may use the API. A token's text is shown once and kept nowhere."""

import json

import click
from rich.console import Console
from rich.table import Table

from api.cli.asked import Cli, refuse
from api.tokens import Scope, TokenError, Tokens


@click.group()
def token() -> None:
    """Make, list and revoke the API's tokens."""


@token.command()
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    default=Scope.READ.value,
    show_default=True,
    help="metrics: counts only. read:directory: units, matters, people, absences. read: calls too, numbers and names "
    "masked. read:personal: unmasked. desk: unmasked, and commands to calls and clerks. directory: change the "
    "directory and absences; no calls.",
)
@click.pass_obj
def create(cli: Cli, name: str, scope: str) -> None:
    """Make a token called NAME and print it, this once."""
    try:
        made, text = Tokens(cli.settings.state_dir).create(name, Scope(scope))
    except TokenError as wrong:
        refuse(str(wrong))
    click.echo(text)
    click.echo(f'This is the token "{made.name}" ({made.scope.value}). It is not shown again.', err=True)


@token.command("list")
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")
@click.pass_obj
def list_(cli: Cli, form: str | None) -> None:
    """List the tokens that are valid; their texts are known to nobody."""
    try:
        tokens = Tokens(cli.settings.state_dir).all()
    except TokenError as wrong:
        refuse(str(wrong))
    rows = [
        {"id": each.id, "name": each.name, "scope": each.scope.value, "created": each.created.isoformat()}
        for each in tokens
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        click.echo("There is no token yet; `halo token create NAME` makes one.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in rows[0]:
        table.add_column(heading, overflow="fold", no_wrap=heading in {"id", "scope"})
    for row in rows:
        table.add_row(*row.values())
    Console().print(table)


@token.command()
@click.argument("id_or_name", metavar="ID|NAME")
@click.pass_obj
def revoke(cli: Cli, id_or_name: str) -> None:
    """Make a token invalid, at once and for ever."""
    try:
        gone = Tokens(cli.settings.state_dir).revoke(id_or_name)
    except TokenError as wrong:
        refuse(str(wrong))
    click.echo(f'The token "{gone.name}" is no longer valid.')
