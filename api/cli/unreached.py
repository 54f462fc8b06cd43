"""Where somebody's number may still stand after an erasure: what the service cannot reach, so that somebody does.

Asterisk's own log and its record of calls without the service (docker/asterisk/README.md), and copies of the database.
"""

from collections.abc import Iterator
from pathlib import Path

import click

NATIONAL = 9
"""Digits at the end of a number that are the same however it is written."""


def tell_what_is_not_reached(log_dir: Path | None, number: str) -> None:
    """Say which files of Asterisk's hold this number, or that nobody has looked."""
    click.echo("Not reached: backups of the database, and printouts.")
    if log_dir is None:
        click.echo("Not looked into: Asterisk's own logs and records; asterisk.log_dir does not name them.")
        return
    try:
        found = list(files_with(log_dir, number))
    except OSError as wrong:
        click.echo(f"Not looked into: {log_dir} ({wrong.strerror}).")
        return
    for path in found:
        click.echo(f"Not reached: {path} holds this number. Delete it, or the lines with it.")
    if not found:
        click.echo(f"Asterisk's own logs and records in {log_dir} do not hold it.")


def files_with(log_dir: Path, number: str) -> Iterator[Path]:
    """Files in which the last digits of this number stand together. Raises OSError."""
    wanted = "".join(sign for sign in number if sign.isdecimal())[-NATIONAL:].encode()
    if not wanted:
        return
    for path in sorted(log_dir.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                if any(wanted in line for line in file):
                    yield path
