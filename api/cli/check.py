"""`halo check`: the doctor. Exit code 1 if anything must be mended."""

import asyncio
import json
from dataclasses import asdict

import click

from api.cli.asked import Cli
from api.doctor import Finding, Standing, examine

COLOURS = {Standing.OK: "green", Standing.WARNING: "yellow", Standing.PROBLEM: "red"}


@click.command()
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")
@click.pass_obj
def check(cli: Cli, form: str | None) -> None:
    """Look at everything that a call needs, and say how to mend what is wrong."""
    findings = asyncio.run(examine(cli.settings))
    if form == "json":
        rows = [{**asdict(finding), "standing": finding.standing.value} for finding in findings]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            _print(finding)
    if any(finding.standing is Standing.PROBLEM for finding in findings):
        raise SystemExit(1)


def _print(finding: Finding) -> None:
    standing = click.style(f"{finding.standing.value:7}", fg=COLOURS[finding.standing])
    click.echo(f"{standing}  {finding.check}: {finding.what}")
    if finding.mend:
        click.echo(f"         mend: {finding.mend}")
