"""A citizen on the line, as the stories see it: `MemoryCall`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telephony.call import Leg, Talk
from telephony.digits import Matcher, Patience, Typed
from telephony.errors import HungUp, Refused
from telephony.values import (
    Ended,
    HangUpCause,
    LegId,
    Played,
    Target,
    Words,
)
from tests.fakes.memory.connection import Connection
from tests.fakes.memory.ear import Bridge, Ear
from tests.fakes.memory.leg import MemoryLeg, MemoryTalk
from tests.fakes.memory.sound import Playback


class MemoryCall(Connection):
    """The port `Call`; what a story may not do is in `Connection`."""

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
        self.ear.holds.append(token)
        self._listener.bell.ring()
        try:
            yield
        finally:
            if not self.left_alone:
                self._no_more_music(token)

    @asynccontextmanager
    async def ring(self, target: Target) -> AsyncIterator[Leg]:
        """Ring a phone on this call's behalf."""
        await self._a_moment()
        leg = self._exchange.dial(self._id, self._caller, target)
        async with self._has(leg):
            yield leg

    @asynccontextmanager
    async def take_over(self, leg: LegId) -> AsyncIterator[Leg]:
        """Make an answered leg of another call, or of a process before us, a leg of this one."""
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
        if self._ended is None and not self.left_alone:
            self.told = cause
            self.end(Ended.STOPPED)

    @asynccontextmanager
    async def _has(self, leg: MemoryLeg) -> AsyncIterator[None]:
        """The leg is this call's inside the block, and ends with it."""
        self._legs.append(leg)
        try:
            yield
        finally:
            self._legs.remove(leg)
            await leg.stop()

    @asynccontextmanager
    async def _bridged(self, who: str, one: Ear, other: Ear) -> AsyncIterator[MemoryTalk]:
        bridge = Bridge.of(self._exchange.alive, f"bridge of {who}", one, other)
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
        if self.left_alone:
            raise asyncio.CancelledError(f"{self._id}: the process is gone")
        if self._ended is not None:
            raise HungUp(f"{self._id}: the caller's leg is gone")


def answered(leg: Leg) -> MemoryLeg:
    """The leg, which was answered, or has ended: else it is our own mistake to connect it."""
    assert isinstance(leg, MemoryLeg), "a leg of this world"
    if not leg.answered and leg.ended is None:
        raise Refused(f"{leg.target.number} has not been answered: it cannot be connected")
    return leg
