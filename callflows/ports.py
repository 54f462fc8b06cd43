"""What the stories need from outside: the time, the hall, a journal, and somebody who keeps promises."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from callflows.facts import Fact, TicketId
from callflows.floor.ports import Floor
from callflows.often import Often
from callflows.restart.standing import NothingBefore, Past
from callflows.talk.commands import Switchboard
from directory.absence import Absence
from directory.live import NOTHING_KNOWN, Live
from directory.model import Hall, PersonId
from telephony.values import CallId


class Clock(Protocol):
    """The time of day. Tests and the demo set it; timers of a call use the event loop's own time."""

    def now(self) -> datetime:
        """The present, timezone-aware."""


class Journal(Protocol):
    """Where facts go. Stating one never waits and never fails for the story: durability is the journal's."""

    def state(self, fact: Fact) -> None:
        """Take a fact for the record; the order of one call's facts is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackWish:
    """A caller asks to be called back: E.164 number, matter and unit ids (empty if unknown), language."""

    call: CallId
    number: str
    matter: str
    unit: str
    language: str = "pl"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise that is on disk: its ticket, and until when the hall will have called."""

    ticket: TicketId
    due: datetime


class PromiseRefused(Exception):
    """No promise can be made for this wish; the text says why, for the record."""


class Promises(Protocol):
    """Rule 3 of §6: who does not know the answer calls back."""

    async def promise(self, wish: CallbackWish) -> Promise:
        """Return once the ticket is durable. The same call and number again returns the same promise.

        Raises PromiseRefused if the number must not be dialled or the ticket could not be kept.
        """


class AbsenceNotKept(Exception):
    """An absence could not be written down, or not taken back: nothing has changed. The text says why, for the log."""


class Absences(Protocol):
    """Who leaves the desk says when they are back and who can help (§4.11)."""

    async def enter(self, absence: Absence) -> None:
        """Return once it is durable and counts. What else would hold for them when it begins, it takes the place of.

        States `AbsenceEntered`. Raises AbsenceNotKept.
        """

    async def cancel(self, person: PersonId, at: datetime, by: str) -> None:
        """Return once, durably, they are in: whatever holds for them at that moment counts no more.

        States an `AbsenceCancelled` for each. Raises AbsenceNotKept.
        """


class NoAbsences:
    """A house that keeps no absences: it refuses every one."""

    async def enter(self, absence: Absence) -> None:
        """See `Absences`."""
        raise AbsenceNotKept("nobody keeps absences here")

    async def cancel(self, person: PersonId, at: datetime, by: str) -> None:
        """See `Absences`."""
        raise AbsenceNotKept("nobody keeps absences here")


@dataclass(frozen=True, slots=True)
class House:
    """All that a story is given besides the call: built once by the composition root."""

    clock: Clock
    journal: Journal
    promises: Promises
    hall: Callable[[], Hall]
    """The directory as it is now; a call asks once, at its start."""
    floor: Floor
    switchboard: Switchboard
    past: Past = field(default_factory=NothingBefore)
    often: Often = field(default_factory=Often)
    """How often each number calls; one process, like the floor."""
    live: Live = NOTHING_KNOWN
    """Who is away and which phones are free, for `directory.resolve`."""
    absences: Absences = field(default_factory=NoAbsences)
