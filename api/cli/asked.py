"""What every command needs: the settings, once, and one way to say that something is wrong."""

import asyncio
import os
from collections.abc import Coroutine
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from api.settings import Loaded, Settings, SettingsError, load

Result = TypeVar("Result")

WRONG_SETTING = 2


class Refused(click.ClickException):
    """What was asked for cannot be done; the text is one sentence, the exit code 1."""


class Taken(Refused):
    """Another process serves the line (EX_TEMPFAIL of sysexits.h)."""

    exit_code = 75


class Misconfigured(Refused):
    """It cannot be done before somebody has changed a setting (EX_CONFIG of sysexits.h)."""

    exit_code = 78


class _WrongSetting(click.ClickException):
    exit_code = WRONG_SETTING


class Cli:
    """The command line's own state: which file of settings was named."""

    def __init__(self, config: Path | None) -> None:
        self._config = config

    @cached_property
    def loaded(self) -> Loaded:
        """The settings with their origins; what is wrong with them ends the command with one sentence."""
        try:
            return load(config=self._config, environ=os.environ, folder=Path.cwd())
        except SettingsError as wrong:
            raise _WrongSetting(str(wrong)) from None

    @property
    def settings(self) -> Settings:
        """The settings."""
        return self.loaded.settings


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run asynchronous work of a command; what the database refuses becomes one sentence."""
    from records.errors import RecordsError  # a command without a database need not wait for SQLAlchemy

    try:
        return asyncio.run(work)
    except RecordsError as wrong:
        refuse(str(wrong))


def refuse(sentence: str, *, by: type[Refused] = Refused) -> NoReturn:
    """End the command with this sentence, and the exit code of `by`: 1 unless another is named."""
    raise by(sentence)
