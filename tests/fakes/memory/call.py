"""A citizen on the line, as the stories see it: `MemoryCall`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telephony.call import Leg, Talk
from telephony.digits import Matcher, Patience, Typed
from telephony.errors import HungUp, Refused
from telephony.values import (
    Arrival,
    Caller,
    CallId,
    Ended,
    HangUpCause,
    LegId,
    Played,
    Target,
    Words,
)
from tests.fakes.memory.ear import Bridge, Ear
from tests.fakes.memory.exchange import Exchange
from tests.fakes.memory.keys import Keys
from tests.fakes.memory.leg import MemoryLeg, MemoryTalk
from tests.fakes.memory.listener import Listener
from tests.fakes.memory.sound import Playback


class MemoryCall:
    """The port `Call`; the verbs below the line are the network's side of it."""

    def __init__(
        self,
        exchange: Exchange,
        caller: Caller,
        dialled: str,
        arrival: Arrival,
        listener: Listener,
        *,
        phone: str = "",
    ) -> None:
        self._exchange = exchange
        self._id = exchange.new_call(phone)
        self._caller, self._dialled, self._arrival, self._phone = caller, dialled, arrival, phone
        self._listener = listener
        self._ended: Ended | None = None
        self._keys = Keys(listener.bell)
        self._legs: list[MemoryLeg] = []
        self.ear = Ear(listener, self._id)
        self.ear.answered = arrival is Arrival.RESUMED
        self.keys_pressed = 0
        self.rings_back = False
        """The caller's own phone was told to sound its ringing tone."""
        self.told: HangUpCause | None = None
        """What our line told the citizen's network when it ended the call."""
        self.left_alone = False
        """The service is going: talks are not parted, nobody is put down."""

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
        return ()

    @property
    def ended(self) -> Ended | None:
        """Why the caller's leg is gone; None while it is up."""
        return self._ended

    async def answer(self) -> None:
        """Pick up."""
        await self._a_moment()
        if not self.answered:
            self.ear.answered = True
            self.ear.microphone.turn_on()
            self._listener.bell.ring()

    async def ringing(self) -> None:
        """Let the caller's own phone sound its ringing tone."""
        await self._a_moment()
        if not self.answered:
            self.rings_back = True
            self._listener.bell.ring()

    async def say(self, *words: Words) -> Played:
        """Say it to the caller, to its end."""
        await self._a_moment()
        played = await self._playback(words).run()
        self._must_be_up()
        return played

    async def ask(self, *words: Words, matcher: Matcher, patience: Patience) -> Typed:
        """Say it and collect keys."""
        await self._a_moment()
        question = self._playback(words) if words else None
        typed = await self._keys.ask(question, matcher, patience, lambda: self._ended is None)
        self._must_be_up()
        return typed

    @asynccontextmanager
    async def on_hold(self) -> AsyncIterator[None]:
        """The caller hears music inside this block."""
        await self._a_moment()
        token = object()
        self._exchange.alive.add(token, f"music for {self._id}")
        self.ear.holds += 1
        self._listener.bell.ring()
        try:
            yield
        finally:
            self.ear.holds -= 1
            self._exchange.alive.discard(token)
            self._listener.bell.ring()

    @asynccontextmanager
    async def ring(self, target: Target) -> AsyncIterator[Leg]:
        """Ring a phone on this call's behalf."""
        await self._a_moment()
        leg = self._exchange.dial(self._id, self._caller, target)
        async with self._has(leg):
            yield leg

    @asynccontextmanager
    async def take_over(self, leg: LegId) -> AsyncIterator[Leg]:
        """Make an answered leg of another call a leg of this one."""
        await self._a_moment()
        taken = self._exchange.take_over(self._id, leg)
        async with self._has(taken):
            yield taken

    @asynccontextmanager
    async def connect(self, leg: Leg) -> AsyncIterator[Talk]:
        """Put caller and an answered leg into one bridge."""
        await self._a_moment()
        other = answered(leg)
        async with self._bridged(f"{self._id} and {other.target.number}", self.ear, other.ear) as talk:
            try:
                yield talk
            finally:
                self._keys.empty()

    @asynccontextmanager
    async def consult(self, one: Leg, other: Leg) -> AsyncIterator[Talk]:
        """Put two answered legs into one bridge, without the caller."""
        await self._a_moment()
        first, second = answered(one), answered(other)
        who = f"{first.target.number} and {second.target.number} about {self._id}"
        async with self._bridged(who, first.ear, second.ear) as talk:
            yield talk

    async def left(self) -> None:
        """Return when the caller's leg is gone."""
        await self._listener.bell.until(lambda: self._ended is not None)

    async def hang_up(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the caller's leg."""
        if self._ended is None:
            self.told = cause
            self.end(Ended.STOPPED)

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
            for leg in self._legs:
                if not leg.answered:
                    leg.end(Ended.STOPPED)  # nobody shall run to a phone for a caller who has gone

    @asynccontextmanager
    async def _has(self, leg: MemoryLeg) -> AsyncIterator[None]:
        """The leg is this call's inside the block, and ends with it; unless we leave people to their talk."""
        self._legs.append(leg)
        try:
            yield
        finally:
            self._legs.remove(leg)
            if not (self.left_alone and leg.ear.other is not None):
                await leg.stop()

    @asynccontextmanager
    async def _bridged(self, who: str, one: Ear, other: Ear) -> AsyncIterator[MemoryTalk]:
        bridge = Bridge(self._exchange.alive, f"bridge of {who}", one, other)
        try:
            yield MemoryTalk(bridge, self._exchange.alive, self._exchange.lost)
        finally:
            bridge.forget() if self.left_alone else bridge.close()

    def _playback(self, words: tuple[Words, ...]) -> Playback:
        return Playback(self._exchange.alive, self._exchange.lost, words, self.ear)

    async def _a_moment(self) -> None:
        """Every verb asks Asterisk: others act meanwhile, and the caller may go."""
        self._must_be_up()
        await asyncio.sleep(0)
        self._must_be_up()

    def _must_be_up(self) -> None:
        if self._ended is not None:
            raise HungUp(f"{self._id}: the caller's leg is gone")


def answered(leg: Leg) -> MemoryLeg:
    """The leg, which was answered, or has ended: else it is our own mistake to connect it."""
    assert isinstance(leg, MemoryLeg), "a leg of this world"
    if not leg.answered and leg.ended is None:
        raise Refused(f"{leg.target.number} has not been answered: it cannot be connected")
    return leg
