"""`halo directory` as a group: `find` is asked often and by other programs, so it loads nothing of the others."""

import click

from api.cli.late import LateCommands


@click.group(
    cls=LateCommands,
    late={"find": "api.cli.find:find", "who": "api.cli.who:who"},
    others="api.cli.directory:directory",
)
def directory() -> None:
    """The hall's units, matters, people, hours and menu."""
