"""Facts: what happened, in the past tense, stated the moment it happens.

Every fact names its time, and its call unless it is about none (a clerk's presence). A field whose metadata says
`personal` holds personal data: the log formatter masks it, and erasure by number empties it in the journal. The
journal keeps the facts of one call in order; `records` turns them into rows.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from directory.model import PersonId
from telephony.values import Arrival, CallId, NumberShown

AttemptId = NewType("AttemptId", str)
"""One try at one candidate."""

TicketId = NewType("TicketId", str)

NO_CALL = CallId("")

PERSONAL = {"personal": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened. `at` is timezone-aware; `call` is empty if it happened in no call."""

    call: CallId = NO_CALL
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallArrived(Fact):
    """A citizen's call reached the line."""

    number: str = field(metadata=PERSONAL)
    name: str = field(metadata=PERSONAL)
    shown: NumberShown
    dialled: str
    arrival: Arrival = Arrival.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered(Fact):
    """The line picked up (bylaw §6.1: at once)."""


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
class AttemptFact(Fact):
    """A fact about one try at one candidate."""

    attempt: AttemptId


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAttempted(AttemptFact):
    """A candidate was chosen: who, why, and which number will be rung. `order` counts from 1 in a call."""

    order: int
    matter: str
    unit: str
    unit_name: str
    person: str
    person_name: str
    target: str
    why: str
    way: Way = Way.LINE
    by: str = ""
    """Who wanted it: the person's id; empty for the line itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAnnounced(AttemptFact):
    """The caller was told to whom they are being connected (bylaw §6.4), to the end of the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRang(AttemptFact):
    """The colleague's phone said that it rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTakenUp(AttemptFact):
    """The colleague's phone was answered, by whom or what we do not know yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueTold(AttemptFact):
    """The colleague, and nobody else, was told something: who is handed over, why, and the keys."""

    prompts: tuple[str, ...]
    played: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccepted(AttemptFact):
    """The colleague pressed 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionPlayed(AttemptFact):
    """The caller heard who took the call: name and unit (bylaw §6.1)."""

    person: str
    played: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesConnected(AttemptFact):
    """Both legs are in one bridge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferEnded(AttemptFact):
    """The attempt has its outcome, stated once. For a proven one that is when the proof stands, mid-talk."""

    outcome: Outcome
    ring_seconds: float
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEnded(AttemptFact):
    """The two no longer talk; `by` is "caller", "colleague", "pbx" or "handed_over"."""

    seconds: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultBegan(AttemptFact):
    """Whoever has the caller talks to the colleague, while the caller hears music."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultEnded(AttemptFact):
    """They no longer talk without the caller; `by` is "host", "colleague", "caller" or "pbx"."""

    seconds: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftMeanwhile(AttemptFact):
    """Whoever handed the caller over did not wait for the outcome (a blonde transfer)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenInstead(AttemptFact):
    """What the caller got instead of this attempt's success."""

    instead: Instead


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBegan(Fact):
    """The caller hears music because somebody who has them wants it so; `by` is that person's id."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded(Fact):
    """The two talk again."""

    by: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueJoined(Fact):
    """The caller waits for a clerk; `position` counts from 1, `matter` is empty if unknown."""

    position: int
    matter: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTold(Fact):
    """The caller heard where they stand; `expected` seconds of waiting, None if nothing honest can be said."""

    position: int
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLeft(Fact):
    """The caller waits no longer: "served", "callback", "closed", "nobody" (on duty) or "left"."""

    why: str
    seconds: float


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
class PresenceChanged(Fact):
    """A clerk's presence is another now: "away", "paused", "ready", "offered", "talking" or "wrapping_up".

    `why` in a word: "logged_on", "logged_off", "paused", "missed", "unreachable", "offered", "taken", "talk_over"...
    `with_call` is the call that it is about, empty for none.
    """

    clerk: PersonId
    presence: str
    why: str
    with_call: CallId = NO_CALL


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAnswered(Fact):
    """What became of a command from a screen or a phone; `why` in plain Polish words if it was refused."""

    command: str
    """The id that whoever gave the command was told."""
    what: str
    done: bool
    why: str = ""


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
