"""Commands from screens: to the floor for a clerk, to the talk that has a caller; each answered with its id.

202 says that somebody has the command who can do it. What became of it is the fact `command_answered` with that
id, on `/api/events` and in the call's story; it may arrive a moment before the 202 does.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from api.http.handlers import NO_SUCH_CALL, story_of
from api.http.orders import NotInDirectory, ToWhom, whom
from api.http.parts import Asked, Parts
from api.http.problems import Problem
from api.http.route import Handler
from callflows.command import Command, CommandId, new_command
from callflows.floor.ports import NotAClerk
from callflows.talk.commands import HandOver
from directory.model import PersonId
from records.errors import RecordsError
from telephony.values import CallId

log = logging.getLogger(__name__)

NOBODY_HAS_THEM = "Nobody has this caller now, so nobody can do that; /api/calls/{id} tells where they are."


@dataclass(frozen=True, slots=True)
class CommandTaken:
    """The command is with whoever can do it; its result arrives as the fact `command_answered` with this id."""

    command: CommandId


def gives(kind: type[Command]) -> Handler:
    """A handler that gives such a command to the talk of the call in the path."""

    async def give(parts: Parts, asked: Asked) -> CommandTaken:
        return await _given(parts, asked, kind(id=new_command(), by=asked.by))

    return give


async def hand_over(parts: Parts, asked: Asked) -> CommandTaken:
    """Hand the caller over to whom the body names."""
    order: ToWhom = asked.body
    try:
        wanted = whom(parts.house.hall(), order)
    except NotInDirectory as nobody:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(nobody)) from None
    command = HandOver(id=new_command(), by=asked.by, whom=wanted, how=order.how)
    return await _given(parts, asked, command)


async def log_on(parts: Parts, asked: Asked) -> CommandTaken:
    """The clerk is ready, also after a break."""
    return _told(parts, asked, parts.house.floor.log_on)


async def log_off(parts: Parts, asked: Asked) -> CommandTaken:
    """The clerk's duty is over."""
    return _told(parts, asked, parts.house.floor.log_off)


async def pause(parts: Parts, asked: Asked) -> CommandTaken:
    """The clerk takes a break."""
    return _told(parts, asked, parts.house.floor.pause)


async def _given(parts: Parts, asked: Asked, command: Command) -> CommandTaken:
    """The command's id, once it is in the talk's inbox. Raises Problem."""
    call = CallId(asked.path["id"])
    if parts.house.switchboard.give(call, command):
        log.info(
            '"%s" tells the talk of call %s: %s (%s)', asked.by, call, type(command).__name__, command.id
        )
        return CommandTaken(command.id)
    try:
        known = await story_of(parts, call) is not None
    except RecordsError:  # what goes on does not wait for the record
        known = True
    if not known:
        raise Problem(HTTPStatus.NOT_FOUND, NO_SUCH_CALL)
    raise Problem(HTTPStatus.CONFLICT, NOBODY_HAS_THEM)


def _told(parts: Parts, asked: Asked, tell: Callable[[PersonId, Command], None]) -> CommandTaken:
    """The command's id, once the floor has it. Raises Problem."""
    person, command = PersonId(asked.path["person"]), Command(id=new_command(), by=asked.by)
    if person not in parts.house.hall().people:
        raise Problem(
            HTTPStatus.NOT_FOUND, "There is nobody of this id in the directory; /api/floor lists clerks."
        )
    try:
        tell(person, command)
    except NotAClerk as none:
        raise Problem(HTTPStatus.CONFLICT, str(none)) from None
    log.info('"%s" tells the floor about %s: %s (%s)', asked.by, person, tell.__name__, command.id)
    return CommandTaken(command.id)
