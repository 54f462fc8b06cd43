"""What a screen, a program or a phone's keys may ask of a talk, and the way to the task that does it.

A command is put into the inbox of the call's own task, which is the only one that acts on the call; what became of
it arrives later as the fact `CommandAnswered`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from callflows.command import Command
from directory.model import MatterId, PersonId, UnitId
from telephony.values import CallId


@dataclass(frozen=True, slots=True)
class ThisPerson:
    """The caller is to be handed over to this person."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class WhoeverIsCompetent:
    """The caller is to be handed over to somebody competent for this matter, or for a unit's other matters."""

    subject: MatterId | UnitId


@dataclass(frozen=True, slots=True)
class AtExtension:
    """The caller is to be handed over to whoever the directory has at this extension."""

    digits: str


Whom = ThisPerson | WhoeverIsCompetent | AtExtension


class How(Enum):
    """What whoever has the caller does while the colleague's phone rings."""

    STAY = "stay"
    """Waits for the outcome, and is told how it goes."""
    LEAVE = "leave"
    """Leaves at once (a blonde transfer)."""
    CONSULT = "consult"
    """Talks to the colleague first, while the caller hears music."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Command):
    """The caller hears music, until `Resume` or `TakeBack`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """The two talk again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Command):
    """Hand the caller over by a verified transfer."""

    whom: Whom
    how: How = How.STAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(Command):
    """The consultation is over: the caller goes to the colleague."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Command):
    """Call the transfer off; the caller stays on hold with whoever wanted it, who may try another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(Command):
    """Call the transfer off and talk to the caller again; who has left meanwhile is rung for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Command):
    """Leave the transfer that is under way to the line."""


class Switchboard:
    """Brings commands to the talks that go on now, and between phones. One per process, used by one event loop."""

    def __init__(self) -> None:
        self._inboxes: dict[CallId, Callable[[Command], None]] = {}
        self._ringing: dict[tuple[str, str], Callable[[], None]] = {}

    @contextmanager
    def listens(self, call: CallId, inbox: Callable[[Command], None]) -> Iterator[None]:
        """Inside the block this talk takes commands."""
        self._inboxes[call] = inbox
        try:
            yield
        finally:
            del self._inboxes[call]

    def give(self, call: CallId, command: Command) -> bool:
        """Hand a command on; False if nobody has this caller now, so that nobody could do it."""
        inbox = self._inboxes.get(call)
        if inbox is None:
            return False
        inbox(command)
        return True

    @contextmanager
    def rings(self, phone: str, other: str, give_way: Callable[[], None]) -> Iterator[None]:
        """Inside the block one phone of the hall rings another, and stops it if told to give way."""
        self._ringing[phone, other] = give_way
        try:
            yield
        finally:
            self._ringing.pop((phone, other), None)

    def gives_way(self, phone: str, others: Iterable[str]) -> None:
        """This phone is to ring none of these any more: the line rings them now, for the caller whom it had."""
        for other in others:
            give_way = self._ringing.pop((phone, other), None)
            if give_way is not None:
                give_way()
