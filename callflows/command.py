"""A command: what a screen, a program or a phone's keys ask for; what became of it arrives as `CommandAnswered`."""

import secrets
from dataclasses import dataclass
from typing import NewType

CommandId = NewType("CommandId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that is wanted; `by` says on record who wanted it."""

    id: CommandId
    by: str


def new_command() -> CommandId:
    """An id for a command: 64 random bits."""
    return CommandId(secrets.token_hex(8))
