"""The floor as stories and screens see it: who waits, who is ready, and the handles that connect the two.

One process keeps it in memory (`callflows.floor.floor`); several that share one database may one day keep it there,
behind the same face. Nothing here waits for anybody but `Place.next`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from callflows.command import Command
from callflows.floor.presence import Presence
from directory.model import Person, PersonId
from telephony.values import CallId


class NotAClerk(LookupError):
    """This person does not answer the hall's line; the text is one sentence, for programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkSeen:
    """A clerk as a screen shows them; `call` is the call that is with them, or offered to them."""

    person: PersonId
    name: str
    extension: str
    languages: tuple[str, ...]
    presence: Presence
    since: datetime
    call: CallId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerWaiting:
    """A caller in the queue; `position` counts from 1, `expected` is seconds still to wait, None if unknown."""

    call: CallId
    position: int
    since: datetime
    matter: str
    language: str
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """What a caller who waits wants: `matter` is an id, empty if unknown; `language` is BCP 47."""

    call: CallId
    arrived: datetime
    matter: str
    language: str


class Reservation(Protocol):
    """One clerk, kept for one call: from the moment their phone is to ring until they have parted.

    Each verb says what happened. The last one (anything but `taken`) sets the clerk free; later ones mean nothing.
    """

    @property
    def clerk(self) -> Person:
        """Who it is, as the directory had them when the caller was offered to them."""

    def when_called_off(self, stop: Callable[[], None]) -> None:
        """Have `stop` called, once, if the clerk logs off or pauses before they have taken the call."""

    def taken(self) -> None:
        """They answered."""

    def missed(self) -> None:
        """They did not, or declined, or put down again before they had the caller."""

    def busy(self) -> None:
        """Their phone is in use for something else."""

    def unreachable(self) -> None:
        """Their phone is not there."""

    def withdrawn(self) -> None:
        """The caller left, or it was called off."""

    def talk_over(self) -> None:
        """The caller is gone, or with somebody else."""


class News(Enum):
    """What a caller who waits may be told, besides a clerk for them."""

    NOBODY_ON_DUTY = "nobody_on_duty"
    """The last clerk has gone: to wait makes no sense any more."""


class Place(Protocol):
    """One caller's place in the queue, by the time of their arrival on the line."""

    @property
    def position(self) -> int:
        """How many callers are served until this one is, this one included; from 1."""

    @property
    def expected(self) -> float | None:
        """How long they will probably wait still, in seconds; None if nothing honest can be said."""

    async def next(self) -> Reservation | News:
        """A clerk for this caller, or why there will be none. Who asks again has had no luck with the last one."""


class Floor(Protocol):
    """Clerks who are ready, and callers who wait."""

    @property
    def staffed(self) -> bool:
        """Whether anybody is on duty: ready, busy, or back from a break soon."""

    def queue(self, wanting: Wanting) -> AbstractContextManager[Place]:
        """Inside the block this caller has a place in the queue."""

    def reserve(self, clerk: PersonId, call: CallId) -> Reservation | None:
        """Keep this very clerk for a caller who comes back to them; None if they are not free for it."""

    def keep(self, clerk: PersonId, call: CallId) -> None:
        """The clerk had this caller when the process before us went: they are offered nobody, until `kept_for`."""

    def kept_for(self, call: CallId) -> Reservation | None:
        """Whoever is kept for this call from before, taken; None if nobody is. Whoever asks has to end it."""

    def lets_go(self, call: CallId) -> None:
        """Set whoever is kept for this call from before free: they do not have it any more."""

    def on_the_phone(self, extension: str) -> AbstractContextManager[None]:
        """Inside the block this phone is used for something else: its clerk is offered nobody."""

    def log_on(self, clerk: PersonId, command: Command | None = None) -> None:
        """The clerk is ready from now on, also after a break. Raises NotAClerk."""

    def log_off(self, clerk: PersonId, command: Command | None = None) -> None:
        """The clerk's duty is over, now or after the present talk. Raises NotAClerk."""

    def pause(self, clerk: PersonId, command: Command | None = None) -> None:
        """The clerk takes a break, now or after the present talk. Raises NotAClerk."""

    def hall_changed(self) -> None:
        """The hall's data are others now: the duty of whoever is no clerk any more is over."""

    def clerks(self) -> tuple[ClerkSeen, ...]:
        """Every clerk of the hall, by name; who never logged on is away."""

    def waiting(self) -> tuple[CallerWaiting, ...]:
        """Every caller who waits, the first one first."""
