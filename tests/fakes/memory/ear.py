"""One leg's ear and microphone, and the bridge in which two legs hear each other."""

import asyncio
from typing import Protocol

from tests.fakes.memory.bell import Alive
from tests.fakes.memory.listener import Listener

PACKETS_PER_SECOND = 50


class Sounding(Protocol):
    """Something that is being said into an ear."""

    def stop(self) -> None:
        """Cut it short."""

    def fail(self) -> None:
        """Somebody who should have heard it is gone."""


class Microphone:
    """Counts the RTP packets that a party has sent: 50 a second while it is on."""

    def __init__(self) -> None:
        self._sent = 0.0
        self._since: float | None = None

    @property
    def is_on(self) -> bool:
        """Whether it sends now."""
        return self._since is not None

    @property
    def sent(self) -> int:
        """Packets sent so far."""
        running = 0.0 if self._since is None else asyncio.get_running_loop().time() - self._since
        return int(self._sent + running * PACKETS_PER_SECOND)

    def turn_on(self) -> None:
        """Begin to send; a second time is no error."""
        if self._since is None:
            self._since = asyncio.get_running_loop().time()

    def turn_off(self) -> None:
        """Stop sending."""
        if self._since is not None:
            self._sent += (asyncio.get_running_loop().time() - self._since) * PACKETS_PER_SECOND
            self._since = None


class Ear:
    """One leg's hearing and speaking; what it hears goes into a listener's log."""

    def __init__(self, listener: Listener, whose: str) -> None:
        self.listener = listener
        self.whose = whose
        """The id of the leg or call."""
        self.microphone = Microphone()
        self.open = True
        self.answered = False
        self.holds: list[object] = []
        """The on-hold blocks that the leg is in."""
        self.held = False
        """The party's own phone holds: they hear nothing and send nothing, and whoever is with them hears music."""
        self.bridge: Bridge | None = None
        self.turn = asyncio.Lock()
        """A second playback on one leg waits for the first to end, as Asterisk queues it."""
        self.playing: set[Sounding] = set()
        self._spoke = False

    @property
    def other(self) -> "Ear | None":
        """Who is in a bridge with this leg, on hold or not."""
        if self.bridge is None or not self.open:
            return None
        here = [ear for ear in self.bridge.ears if ear.bridge is self.bridge and ear.open]
        return next((ear for ear in here if ear is not self), None)

    @property
    def talks_to(self) -> Listener | None:
        """Who hears this party, and is heard."""
        other = self.other
        return None if other is None or self.held or other.held else other.listener

    @property
    def hears_music(self) -> bool:
        """Whether there is music in this ear now: of the line's hold, or because the other's phone holds."""
        if not self.open or not self.answered or self.held or self.playing:
            return False
        return bool(self.holds) if self.other is None else self.other.held

    def hold(self) -> None:
        """The party presses the hold key of their phone; a second time changes nothing."""
        if self.held:
            return
        self.held, self._spoke = True, self.microphone.is_on
        self.microphone.turn_off()
        self.ring()

    def resume(self) -> None:
        """The party takes the call back."""
        self.held = False
        if self._spoke and self.open:
            self.microphone.turn_on()
        self.ring()

    def part(self) -> None:
        """Leave the bridge, if there is one."""
        other, self.bridge = self.other, None
        self.listener.bell.ring()
        if other is not None:
            other.listener.bell.ring()

    def silence(self) -> None:
        """Stop whatever is being said into this ear."""
        for playback in tuple(self.playing):
            playback.stop()

    def close(self) -> None:
        """The leg is gone."""
        self.microphone.turn_off()
        for playback in tuple(self.playing):
            playback.fail()
        other, self.open = self.other, False
        self.listener.bell.ring()
        if other is not None:
            other.listener.bell.ring()

    def ring(self) -> None:
        """Something has changed for this party, and for whoever is in a bridge with them: look again."""
        for ear in (self, self.other):
            if ear is not None:
                ear.listener.bell.ring()


class Bridge:
    """Two legs that hear each other. A leg that enters another bridge leaves the one where it was."""

    def __init__(self, alive: Alive, description: str, one: Ear, other: Ear) -> None:
        self.ears = (one, other)
        self._alive = alive
        alive.add(self, description)
        for ear in self.ears:
            ear.silence()
            ear.part()
            ear.bridge = self
        one.ring()

    @classmethod
    def of(cls, alive: Alive, description: str, one: Ear, other: Ear) -> "Bridge":
        """The one in which the two are, by a process before us: nothing is moved. Else a new one."""
        there = one.bridge
        if there is None or one.other is not other:
            return cls(alive, description, one, other)
        one.silence()
        other.silence()
        alive.add(there, description)
        return there

    def close(self) -> None:
        """Part the two, and take the bridge away."""
        self.forget()
        for ear in self.ears:
            if ear.bridge is self:
                ear.part()

    def forget(self) -> None:
        """It is no more ours to look after; who is in it goes on talking."""
        self._alive.discard(self)
