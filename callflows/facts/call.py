"""The facts of every call: it came, what the caller was told and wanted, what they were promised, and its end."""

from dataclasses import dataclass, field
from datetime import datetime

from callflows.facts.fact import PERSONAL, Fact, TicketId
from callflows.outcomes import CallOutcome
from telephony.values import Arrival, NumberShown


@dataclass(frozen=True, slots=True, kw_only=True)
class CallArrived(Fact):
    """A citizen's call reached the line."""

    number: str = field(metadata=PERSONAL)
    name: str = field(metadata=PERSONAL)
    shown: NumberShown
    dialled: str
    arrival: Arrival = Arrival.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredWithoutUs(Fact):
    """The service was away and Asterisk's dialplan answered; known afterwards, from Asterisk's own record.

    `seconds` is how long the caller talked with an operator whose phone it rang; 0 if nobody took the call.
    """

    taken: bool
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered(Fact):
    """The line picked up (bylaw §6.1: at once)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyCalls(Fact):
    """The call was over a limit of the hall: `why` is often, at_once or withheld (`callflows.often.TooMany`).

    `told` says whether they were told why and when to call again; else they heard the busy tone.
    """

    why: str
    limit: int
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPlayed(Fact):
    """The caller was told something; `played` is whole, cut or failed (`telephony.values.Played`).

    `text` is what was said; `personal` because a read-back holds the caller's number.
    """

    prompts: tuple[str, ...]
    text: str = field(metadata=PERSONAL)
    played: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWasClosed(Fact):
    """The call came outside office hours; `opens` is when the hall opens next."""

    opens: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuAnswered(Fact):
    """The caller answered a question; `meaning` is what the key stands for ("matter:del-i", "nothing")."""

    menu: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen(Fact):
    """The caller wants to be spoken to in this language (BCP 47)."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterChosen(Fact):
    """We know what the citizen wants; `unit` is empty where no unit is competent."""

    matter: str
    title: str
    unit: str
    unit_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyToRing(Fact):
    """The directory had no candidate; `why` in plain words."""

    matter: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectNumberTold(Fact):
    """The caller heard the direct number (bylaw §6.4)."""

    number: str
    unit: str
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackPromised(Fact):
    """A ticket is on disk: the hall owes this caller a call by `due`. Stated before it is spoken."""

    ticket: TicketId
    number: str = field(metadata=PERSONAL)
    due: datetime
    matter: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackNotPromised(Fact):
    """A callback was wanted and could not be promised; `why` in plain words."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFailed(Fact):
    """Our own mistake ended the story; the caller heard an apology."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded(Fact):
    """The call is over: how, who put down, and what the caller was waiting for then."""

    outcome: CallOutcome
    by: str
    waiting_for: str
