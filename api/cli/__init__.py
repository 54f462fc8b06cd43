"""The administrator's command line: `halo`.

Each command lives in a file of its own and is imported when it is wanted, so that `halo token` neither loads
the voice nor the database. What is wrong is one sentence on standard error, and an exit code that is not 0:
1 for what the world refuses, 2 for a wrong command line or a wrong setting.
"""

import importlib
from collections.abc import Mapping
from pathlib import Path

import click

from api.cli.asked import Cli
from api.version import VERSION

COMMANDS: Mapping[str, str] = {
    "serve": "api.cli.serve:serve",
    "check": "api.cli.check:check",
    "settings": "api.cli.settings:settings",
    "token": "api.cli.token:token",
    "user": "api.cli.user:user",
    "database": "api.cli.database:database",
    "prompts": "api.cli.prompts:prompts",
    "directory": "api.cli.directory:directory",
    "phones": "api.cli.phones:phones",
    "calls": "api.cli.calls:calls",
    "call-story": "api.cli.calls:call_story",
}


class LateCommands(click.Group):
    """A group whose commands are imported when they are wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which an administrator meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name; None if there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="halo")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of settings; else HALO_CONFIG, else halo.toml here if there is one.",
)
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Halo Urząd: the telephone line of a city hall, and its promises."""
    context.obj = Cli(config)
