"""`halo settings`: what is in force, and where each value comes from. Secrets are masked."""

import json

import click
from rich.console import Console
from rich.table import Table

from api.cli.asked import Cli


@click.command()
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")
@click.pass_obj
def settings(cli: Cli, form: str | None) -> None:
    """Show the settings in force and where each comes from."""
    rows = cli.loaded.shown()
    if form == "json":
        named = [dict(zip(("name", "value", "from", "what"), row, strict=True)) for row in rows]
        click.echo(json.dumps(named, ensure_ascii=False, indent=1))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("setting", "value", "from", "what it is"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
