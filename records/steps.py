"""Alembic at work: the steps in `records.migrations` are run, compared, and drafted. `records.migrate` is the door."""

import io
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from records.all_tables import metadata
from records.migrations import VERSIONS


def config_for(connection: Connection | None = None, *, drafts: Path | None = None) -> Config:
    """Alembic's configuration, made of code: there is no ini file to lose. `drafts` is one more place to look."""
    places = [VERSIONS, *([drafts] if drafts else [])]
    config = Config(stdout=io.StringIO())
    for option, value in (
        ("script_location", str(VERSIONS.parent)),
        ("path_separator", "newline"),
        ("version_locations", "\n".join(str(place) for place in places)),
        ("file_template", "r%(rev)s_%(slug)s"),
    ):
        config.set_main_option(option, value.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def known(revision: str) -> bool:
    """Whether this version of the service knows that revision."""
    try:
        return ScriptDirectory.from_config(config_for()).get_revision(revision) is not None
    except CommandError:
        return False


def newest() -> str:
    """The revision at which the steps end, as Alembic reads them."""
    return str(ScriptDirectory.from_config(config_for()).get_current_head())


def upgrade(connection: Connection) -> None:
    """Run the steps that are missing, in the connection's transaction."""
    command.upgrade(config_for(connection), "head")


def compare(connection: Connection) -> list[Any]:
    """Where the tables of the database differ from those of the code."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))
