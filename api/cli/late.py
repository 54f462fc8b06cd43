"""Groups of commands that are imported when they are wanted: who asks for one need not wait for the others."""

import gc
import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click


class LateCommands(click.Group):
    """A group whose commands are named by module and name ("api.cli.find:find")."""

    def __init__(self, *args: Any, late: Mapping[str, str], others: str = "", **kwargs: Any) -> None:
        """`late` are the commands in the order of the help; `others` is a group whose commands are these, too."""
        super().__init__(*args, **kwargs)
        self._late, self._others = late, others

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which an administrator meets them."""
        return list(dict.fromkeys((*self._late, *self._also())))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name; None if there is no such name."""
        if cmd_name not in self._late:
            return self._also().get(cmd_name)
        command = _imported(self._late[cmd_name])
        assert isinstance(command, click.Command)
        return command

    def _also(self) -> Mapping[str, click.Command]:
        if not self._others:
            return {}
        group = _imported(self._others)
        assert isinstance(group, click.Group)
        return group.commands


def _imported(place: str) -> object:
    """What is imported is never free again: to look for rings of objects among it took a seventh of the time."""
    module, _, name = place.partition(":")
    if module in sys.modules:
        return getattr(sys.modules[module], name)
    gc.disable()
    try:
        return getattr(importlib.import_module(module), name)
    finally:
        gc.freeze()
        gc.enable()
