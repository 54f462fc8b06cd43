"""One clerk on the floor: presence by the table, the timer of the wrap-up, and the reservation they are kept by."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from callflows.facts import NO_CALL, PresenceChanged
from callflows.floor.presence import Happening, Presence, after
from callflows.ports import Clock, Journal
from callflows.stopwatch import moment
from directory.model import Hall, Person, PersonId
from telephony.values import CallId

ASKED_AGAIN = 10.0
"""Seconds until a phone that was busy is rung again, at least: a hall may have no wrap-up at all."""


class Clerk:
    """Moves through the presence table; `changed` is called after each move."""

    def __init__(self, clerk: PersonId, clock: Clock, journal: Journal, changed: Callable[[], None]) -> None:
        self.id = clerk
        self.presence = Presence.AWAY
        self.since: datetime = clock.now()
        self.idle_since = 0.0
        """On the event loop's clock: when they were last through with a caller, or missed one."""
        self.missed = 0
        """Offers in a row of which they had nothing: not answered, or put down before they had the caller."""
        self.on_the_phone = 0
        """How many calls their phone is used for that the queue knows nothing of."""
        self.reserved: Kept | None = None
        self.taken_at: float | None = None
        self._clock, self._journal, self._changed = clock, journal, changed
        self._wrap_up: asyncio.TimerHandle | None = None

    @property
    def free(self) -> bool:
        """Whether the next caller may be offered to them."""
        return self.presence is Presence.READY and self.reserved is None and not self.on_the_phone

    def happened(self, what: Happening, *, wrap_up: float = 0.0, call: CallId = NO_CALL) -> None:
        """Move through the table, and put the change on record; `wrap_up` is seconds, where that begins."""
        before, self.presence = self.presence, after(self.presence, what)
        if self.presence is before:
            return
        if self._wrap_up is not None:
            self._wrap_up.cancel()
            self._wrap_up = None
        if self.presence is Presence.WRAPPING_UP:
            loop = asyncio.get_running_loop()
            self._wrap_up = loop.call_later(wrap_up, self.happened, Happening.WRAPPED_UP)
        if self.presence.word != before.word:
            self.since = self._clock.now()
            self._journal.state(
                PresenceChanged(
                    at=self.since,
                    clerk=self.id,
                    presence=self.presence.word,
                    why=what.value,
                    with_call=call,
                )
            )
        self._changed()


class Kept:
    """The port `Reservation`: this clerk, for this call."""

    def __init__(
        self, clerk: Clerk, person: Person, call: CallId, hall: Hall, free: Callable[[], None]
    ) -> None:
        self.call = call
        self._clerk, self._person, self._policy = clerk, person, hall.policy
        self._free = free
        self._stop: Callable[[], None] | None = None
        self._called_off = self._over = False
        clerk.reserved = self
        clerk.happened(Happening.OFFERED, call=call)

    @property
    def clerk(self) -> Person:
        """Who it is."""
        return self._person

    def when_called_off(self, stop: Callable[[], None]) -> None:
        """Have `stop` called if the clerk logs off or pauses before they have taken the call."""
        self._stop = stop
        if self._called_off:
            stop()

    def call_off(self) -> None:
        """The clerk no longer wants it; too late once they have taken it."""
        if self._clerk.taken_at is None and not self._called_off:
            self._called_off = True
            if self._stop is not None:
                self._stop()

    def taken(self) -> None:
        """They answered; a second time is no error."""
        if not self._over and self._clerk.taken_at is None:
            self._clerk.taken_at = moment()
            self._clerk.happened(Happening.TAKEN, call=self.call)

    def missed(self) -> None:
        """They did not answer, or declined, or put down before they had the caller."""
        if self._over:
            return
        self._clerk.missed += 1
        too_often = self._clerk.missed >= self._policy.missed_offers
        self._ends(Happening.MISSED_TOO_OFTEN if too_often else Happening.MISSED)

    def busy(self) -> None:
        """Their phone is in use for something else: they are asked again after a wrap-up, and not at once."""
        self._ends(Happening.BUSY)

    def unreachable(self) -> None:
        """Their phone is not there."""
        self._ends(Happening.UNREACHABLE)

    def withdrawn(self) -> None:
        """The caller left, or it was called off."""
        self._ends(Happening.WITHDRAWN)

    def talk_over(self) -> None:
        """The caller is gone, or with somebody else."""
        self._ends(Happening.TALK_OVER)

    def _ends(self, how: Happening) -> None:
        if self._over:
            return
        self._over = True
        self._clerk.reserved = None
        gives_up = how is Happening.MISSED_TOO_OFTEN
        if self._clerk.taken_at is not None:
            if how in (Happening.MISSED, Happening.MISSED_TOO_OFTEN):
                self._clerk.taken_at = None  # answered and put down: says nothing of how long a talk is
            else:
                self._clerk.missed = 0
            how = Happening.TALK_OVER  # whatever else it was: their phone was taken up
        elif how is Happening.TALK_OVER:
            how = Happening.WITHDRAWN
        if how is not Happening.WITHDRAWN:
            self._clerk.idle_since = moment()
        pause = self._policy.wrap_up
        if how is Happening.BUSY:
            pause = max(pause, ASKED_AGAIN)
        self._clerk.happened(how, wrap_up=pause, call=self.call)
        if gives_up:
            self._clerk.happened(Happening.MISSED_TOO_OFTEN, call=self.call)
        self._free()
