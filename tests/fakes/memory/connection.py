"""A citizen's connection to the line in memory: what the network does to it, and how it outlives our process."""

from typing import Self

from telephony.values import Arrival, Caller, CallId, Ended, HangUpCause, LegId
from tests.fakes.memory.ear import Ear
from tests.fakes.memory.exchange import Exchange
from tests.fakes.memory.keys import Keys
from tests.fakes.memory.leg import MemoryLeg
from tests.fakes.memory.listener import Listener


class Connection:
    """What `MemoryCall` is besides its verbs."""

    def __init__(
        self,
        exchange: Exchange,
        caller: Caller,
        dialled: str,
        arrival: Arrival,
        listener: Listener,
        *,
        phone: str = "",
        before: Self | None = None,
    ) -> None:
        self._exchange = exchange
        self._id = exchange.new_call(phone) if before is None else before.id
        self._caller, self._dialled, self._arrival, self._phone = caller, dialled, arrival, phone
        self._listener = listener
        self._ended: Ended | None = None
        self._keys = Keys(listener.bell)
        self._legs: list[MemoryLeg] = []
        self._left_behind = tuple(leg.id for leg in exchange.left_behind(self._id))
        self.ear: Ear = Ear(listener, self._id) if before is None else before.ear
        self.ear.answered = self.ear.answered or (before is None and arrival is Arrival.RESUMED)
        self.after: Self | None = None
        """The same call in the next process."""
        self.keys_pressed = 0
        self.rings_back = False
        """The caller's own phone was told to sound its ringing tone."""
        self.told: HangUpCause | None = None
        """What our line told the citizen's network when it ended the call."""
        self.left_alone = False
        """Our process has gone: nothing that its story still does has any effect."""

    @property
    def id(self) -> CallId:
        """Ours, in every log line."""
        return self._id

    @property
    def caller(self) -> Caller:
        """Who calls, as far as the network says."""
        return self._caller

    @property
    def dialled(self) -> str:
        """The number the citizen dialled."""
        return self._dialled

    @property
    def phone(self) -> str:
        """The extension of the registered phone that calls; empty for a citizen."""
        return self._phone

    @property
    def arrival(self) -> Arrival:
        """Whether the call is new, or was on the line before we were."""
        return self._arrival

    @property
    def left_behind(self) -> tuple[LegId, ...]:
        """The answered legs that a process before us has left."""
        return self._left_behind

    @property
    def ended(self) -> Ended | None:
        """Why the caller's leg is gone; None while it is up."""
        return self._ended

    # ---- the network's side

    @property
    def answered(self) -> bool:
        """Whether the line has picked up."""
        return self.ear.answered

    def press(self, key: str) -> None:
        """The caller pressed a key: it is kept for the next question, or silences the one being asked."""
        if self._ended is None:
            self.keys_pressed += 1
            self._keys.press(key)

    def end(self, why: Ended) -> None:
        """The caller's leg is gone; a second time is no error."""
        if self._ended is None:
            self._ended = why
            self.ear.close()
            if not self.left_alone:  # nobody shall run to a phone for a caller who has gone
                ringing = [leg for leg in self._legs if not leg.answered]
                for leg in (*ringing, *self._exchange.left_behind(self._id)):
                    leg.is_stopped()

    def is_left_alone(self) -> None:
        """The process that tells our story goes: caller and legs stay as and where they are."""
        self.left_alone = True
        self._listener.bell.ring()
        for leg in self._exchange.legs_of(self._id):
            leg.is_left_alone()

    def stop_ringing(self) -> None:
        """A process that is stopped, and does not die, lets nobody run to a phone."""
        for leg in self._exchange.legs_of(self._id):
            if not leg.answered:
                leg.is_stopped()

    def goes_on(self) -> Self:
        """The same call, for the next process; music of the one before ends."""
        self.after = after = type(self)(
            self._exchange,
            self._caller,
            self._dialled,
            Arrival.RESUMED,
            self._listener,
            phone=self._phone,
            before=self,
        )
        after.rings_back = self.rings_back
        self._listener.bell.ring()
        return after

    def ends_music(self) -> None:
        """Whatever music a process before us has begun."""
        for token in tuple(self.ear.holds):
            self._no_more_music(token)

    def _no_more_music(self, token: object) -> None:
        self.ear.holds.remove(token)
        self._exchange.alive.discard(token)
        self._listener.bell.ring()
