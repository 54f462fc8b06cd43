"""A citizen on the line, as the stories see it: `MemoryCall`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from telephony.call import Leg, Talk
from telephony.digits import Match, Matcher, Patience, Typed
from telephony.errors import HungUp, Refused
from telephony.values import (
    Arrival,
    Caller,
    CallId,
    Ended,
    HangUpCause,
    Played,
    PromptName,
    Target,
    Words,
)
from tests.fakes.memory.bell import Alive
from tests.fakes.memory.leg import MemoryLeg, MemoryTalk
from tests.fakes.memory.listener import Listener
from tests.fakes.memory.sound import Ear, Microphone, Playback


class MemoryCall:
    """The port `Call`; the verbs below the line are the network's side of it."""

    def __init__(
        self,
        call_id: CallId,
        caller: Caller,
        dialled: str,
        arrival: Arrival,
        listener: Listener,
        dial: Callable[["MemoryCall", Target], MemoryLeg],
        alive: Alive,
        lost: set[PromptName],
    ) -> None:
        self._id, self._caller, self._dialled, self._arrival = call_id, caller, dialled, arrival
        self._listener = listener
        self._dial = dial
        self._alive = alive
        self._lost = lost
        self._ended: Ended | None = None
        self._kept: list[str] = []
        self._legs: list[MemoryLeg] = []
        self._asking: Playback | None = None
        self.ear = Ear(listener)
        self.microphone = Microphone()
        self.ear.answered = arrival is Arrival.RESUMED
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
    def arrival(self) -> Arrival:
        """Whether the call is new, or was on the line before we were."""
        return self._arrival

    @property
    def ended(self) -> Ended | None:
        """Why the caller's leg is gone; None while it is up."""
        return self._ended

    async def answer(self) -> None:
        """Pick up."""
        await self._a_moment()
        if not self.answered:
            self.ear.answered = True
            self.microphone.turn_on()
            self._listener.bell.ring()

    async def say(self, *words: Words) -> Played:
        """Say it to the caller, to its end."""
        await self._a_moment()
        played = await Playback(self._alive, self._lost, words, self.ear).run()
        self._must_be_up()
        return played

    async def ask(self, *words: Words, matcher: Matcher, patience: Patience) -> Typed:
        """Say it and collect keys."""
        await self._a_moment()
        heard = await self._put(words)
        now = asyncio.get_running_loop().time
        give_up = now() + patience.overall
        keys = ""
        while True:
            wait = min(patience.between if keys else patience.first, give_up - now())
            await self._listener.bell.until(lambda: bool(self._kept) or self._ended is not None, wait)
            self._must_be_up()
            if not self._kept:
                return Typed(keys, Match.INCOMPLETE, heard)
            keys += self._kept.pop(0)
            verdict = matcher(keys)
            if verdict is Match.INVALID:
                self._kept.clear()
                return Typed(keys, verdict, heard)
            if verdict is Match.COMPLETE:
                return Typed(without_terminator(keys), verdict, heard)

    @asynccontextmanager
    async def on_hold(self) -> AsyncIterator[None]:
        """The caller hears music inside this block."""
        await self._a_moment()
        token = object()
        self._alive.add(token, f"music for {self._id}")
        self.ear.holds += 1
        self._listener.bell.ring()
        try:
            yield
        finally:
            self.ear.holds -= 1
            self._alive.discard(token)
            self._listener.bell.ring()

    @asynccontextmanager
    async def ring(self, target: Target) -> AsyncIterator[Leg]:
        """Ring a phone on this call's behalf."""
        await self._a_moment()
        leg = self._dial(self, target)
        self._legs.append(leg)
        try:
            yield leg
        finally:
            self._legs.remove(leg)
            if not (self.left_alone and self.ear.talks_to is leg.ear.listener):
                await leg.stop()

    @asynccontextmanager
    async def connect(self, leg: Leg) -> AsyncIterator[Talk]:
        """Put caller and an answered leg into one bridge."""
        await self._a_moment()
        assert isinstance(leg, MemoryLeg), "a leg of this world"
        if not leg.answered and leg.ended is None:
            raise Refused(f"{leg.target.number} has not been answered: it cannot be connected")
        self.ear.silence()
        leg.ear.silence()
        bridge = object()
        self._alive.add(bridge, f"bridge of {self._id} and {leg.target.number}")
        if leg.ended is None:
            self._talk_to(leg.ear.listener, leg)
        try:
            caller = (self.ear, self.microphone)
            yield MemoryTalk(caller, (leg.ear, leg.microphone), self._alive, self._lost)
        finally:
            self._alive.discard(bridge)
            self._kept.clear()
            if not self.left_alone:
                self._talk_to(None, leg)

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
            self._kept.append(key)
            if self._asking is not None:
                self._asking.stop()
            self._listener.bell.ring()

    def end(self, why: Ended) -> None:
        """The caller's leg is gone; a second time is no error."""
        if self._ended is None:
            self._ended = why
            self.microphone.turn_off()
            self.ear.close()
            for leg in self._legs:
                if not leg.answered:
                    leg.end(Ended.STOPPED)  # nobody shall run to a phone for a caller who has gone

    def _talk_to(self, other: Listener | None, leg: MemoryLeg) -> None:
        self.ear.talks_to = other
        leg.ear.talks_to = None if other is None else self._listener
        self._listener.bell.ring()
        leg.ear.listener.bell.ring()

    async def _put(self, question: tuple[Words, ...]) -> Played:
        """Say the question until its end or the first key; one kept from before means: not at all."""
        if self._kept and question:
            return Played.CUT
        self._asking = Playback(self._alive, self._lost, question, self.ear)
        try:
            return await self._asking.run()
        finally:
            self._asking = None

    async def _a_moment(self) -> None:
        """Every verb asks Asterisk: others act meanwhile, and the caller may go."""
        self._must_be_up()
        await asyncio.sleep(0)
        self._must_be_up()

    def _must_be_up(self) -> None:
        if self._ended is not None:
            raise HungUp(f"{self._id}: the caller's leg is gone")


def without_terminator(keys: str) -> str:
    """The keys of a complete answer without the # or * that closed it."""
    return keys[:-1] if len(keys) > 1 and keys[-1] in "#*" else keys
