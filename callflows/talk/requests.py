"""What a host asks for, whichever way it came: a screen's command, keys, or the phone's own transfer key.

All become one `Request`, so that each goes through the same table, the same verified transfer and the same record.
"""

from dataclasses import dataclass, replace
from enum import Enum

from callflows.command import Command, CommandId, new_command
from callflows.conversation import Conversation
from callflows.host import Host
from callflows.proposing import propose
from callflows.subject import Subject, subject_of
from callflows.talk import commands
from callflows.talk.codes import Code, Dialled
from callflows.talk.commands import AtExtension, How, ThisPerson, WhoeverIsCompetent, Whom
from callflows.talk.table import Event, State, Step
from directory.resolve import Candidate
from directory.whom import at_extension, circumstances, competence, this_person
from directory.why import joined
from telephony.values import LegId, TransferAsked


class Came(Enum):
    """How a request reached us: so does the answer."""

    FROM_A_SCREEN = "screen"
    BY_KEYS = "keys"
    BY_TRANSFER_KEY = "transfer_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something that a host asks of the talk; `whom` is set exactly if it is a transfer."""

    event: Event
    command: CommandId
    came: Came
    by: str = ""
    """The name of the screen that asked; empty if it was the host's own phone."""
    whom: Whom | None = None
    how: How = How.STAY
    consulted: LegId | None = None
    """The colleague's leg, where the host's phone has asked them already."""


_PLAIN: dict[type[Command], Event] = {
    commands.Hold: Event.HOLD,
    commands.Resume: Event.RESUME,
    commands.Complete: Event.COMPLETE,
    commands.Cancel: Event.CANCEL,
    commands.TakeBack: Event.TAKE_BACK,
    commands.Leave: Event.LEAVE,
}


def by_command(command: Command) -> Request:
    """What a screen or a program asks for."""
    if isinstance(command, commands.HandOver):
        leaves = command.how is How.LEAVE
        event = Event.HAND_OVER_AND_LEAVE if leaves else Event.HAND_OVER
        return Request(
            event=event,
            command=command.id,
            came=Came.FROM_A_SCREEN,
            by=command.by,
            whom=command.whom,
            how=command.how,
        )
    event = _PLAIN[type(command)]
    return Request(event=event, command=command.id, came=Came.FROM_A_SCREEN, by=command.by)


def by_keys(dialled: Dialled, state: State) -> Request:
    """What a code on the phone asks for, in this state."""
    new = new_command()
    whom = AtExtension(dialled.extension)
    match dialled.code:
        case Code.HAND_OVER:
            return Request(event=Event.HAND_OVER, command=new, came=Came.BY_KEYS, whom=whom)
        case Code.CONSULT:
            return Request(event=Event.HAND_OVER, command=new, came=Came.BY_KEYS, whom=whom, how=How.CONSULT)
        case Code.COMPLETE:
            return Request(event=Event.COMPLETE, command=new, came=Came.BY_KEYS)
        case Code.TAKE_BACK:
            return Request(event=Event.TAKE_BACK, command=new, came=Came.BY_KEYS)
        case Code.HOLD_OR_RESUME:
            event = Event.RESUME if state is State.HELD else Event.HOLD
            return Request(event=event, command=new, came=Came.BY_KEYS)


def by_transfer_key(asked: TransferAsked) -> Request:
    """What the phone's own key asks for (REFER)."""
    return Request(
        event=Event.HAND_OVER,
        command=new_command(),
        came=Came.BY_TRANSFER_KEY,
        whom=AtExtension(asked.to),
        how=How.CONSULT if asked.consulted else How.STAY,
        consulted=asked.consulted,
    )


class CannotHandOver(Exception):
    """The caller cannot be handed over to them; the text says why, and `prompt` is what the host hears."""

    def __init__(self, prompt: str, why: str) -> None:
        super().__init__(why)
        self.prompt = prompt


def whom_to_try(
    talk: Conversation, host: Host, about: Subject, whom: Whom
) -> tuple[Subject, tuple[Candidate, ...]]:
    """The candidates that a host means, and what it is about then. Raises CannotHandOver."""
    hall = talk.hall
    match whom:
        case WhoeverIsCompetent(subject):
            if subject not in hall.matters and subject not in hall.units:
                raise CannotHandOver("handover.refused", f"nie ma sprawy ani komórki {subject!r}")
            about = subject_of(hall, subject)
            resolution = propose(talk, about, subject)
            found, why = resolution.candidates, resolution.why_none
        case ThisPerson(person):
            found = _chosen(talk, about, this_person(hall, person, subject=_id(about)))
            why = "tej osoby nie ma w katalogu albo nie ma telefonu"
        case AtExtension(digits):
            found = _chosen(talk, about, at_extension(hall, digits, subject=_id(about)))
            why = "takiego numeru nie ma w katalogu urzędu"
    if not found:
        raise CannotHandOver("handover.no_such_number", why)
    own = host.candidate.extension
    others = tuple(candidate for candidate in found if candidate.extension != own)
    if not others:
        raise CannotHandOver("handover.to_oneself", "to jest numer tego, kto przekazuje")
    return about, others


def _chosen(talk: Conversation, about: Subject, candidate: Candidate | None) -> tuple[Candidate, ...]:
    """Whom the host has chosen, with what the directory thinks of it (bylaw §6.4: competent) and knows of them now.

    One who is away is rung all the same: whoever chose them may know better.
    """
    if candidate is None:
        return ()
    only_a_person = about.matter is None and about.unit_id == talk.hall.desk
    thinks = competence(talk.hall, candidate, "" if only_a_person else _id(about))
    stands = circumstances(talk.hall, candidate, talk.now(), talk.live)
    return (replace(candidate, why=joined(candidate.why, thinks, stands)),)


def _id(about: Subject) -> str:
    return about.matter_id or about.unit_id


def no_row(state: State) -> CannotHandOver:
    """Why a request has no place in this state."""
    return CannotHandOver(*_NO_ROW[state])


def allowed(taken: Step | None, state: State, *, phone_holds: bool) -> Step:
    """What the table says to a request in this state. Raises CannotHandOver if it has no place there."""
    if taken is None:
        raise no_row(state)
    if phone_holds and taken.state is State.BACK:
        # Joined with a phone that holds the line, the caller would hear nothing at all.
        raise CannotHandOver(
            "handover.refused", "telefon sam trzyma tę rozmowę: wraca się do niej jego klawiszem"
        )
    return taken


_UNDER_WAY = ("handover.busy_already", "rozmowa jest już przekazywana")
_NO_ROW = {
    State.TALKING: ("handover.refused", "rozmówca nie czeka i nie jest przekazywany"),
    State.BACK: ("handover.refused", "rozmówca nie czeka i nie jest przekazywany"),
    State.HELD: ("handover.refused", "rozmówca czeka i nie jest przekazywany"),
    State.HANDING_OVER: _UNDER_WAY,
    State.CALLING_OFF: _UNDER_WAY,
    State.HANDING_OVER_ALONE: _UNDER_WAY,
    State.RECALLING: _UNDER_WAY,
    State.OVER: ("handover.refused", "rozmowa się skończyła"),
}
