"""The administrator's command line: `halo`.

Each command lives in a file of its own and is imported when it is wanted, so that `halo token` neither loads
the voice nor the database. What is wrong is one sentence on standard error, and an exit code that is not 0:
1 for what the world refuses, 2 for a wrong command line or a wrong setting.
"""

from collections.abc import Mapping
from pathlib import Path

import click

from api.cli.asked import Cli
from api.cli.late import LateCommands
from api.version import VERSION

COMMANDS: Mapping[str, str] = {
    "serve": "api.cli.serve:serve",
    "check": "api.cli.check:check",
    "settings": "api.cli.settings:settings",
    "token": "api.cli.token:token",
    "user": "api.cli.user:user",
    "database": "api.cli.database:database",
    "prompts": "api.cli.prompts:prompts",
    "directory": "api.cli.directory_group:directory",
    "absence": "api.cli.absence:absence",
    "hygiene": "api.cli.hygiene:hygiene",
    "phones": "api.cli.phones:phones",
    "calls": "api.cli.calls:calls",
    "call-story": "api.cli.calls:call_story",
}


@click.group(cls=LateCommands, late=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
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
