"""What reaches an ear: playbacks that take their time, music, and microphones that count packets."""

import asyncio
from contextlib import AsyncExitStack

from telephony.values import Played, PromptName, Words
from tests.fakes.memory.bell import Alive
from tests.fakes.memory.listener import Hearing, Listener

SECONDS_PER_CHARACTER = 0.06
"""Polish read aloud by the default voice: about 16 characters a second."""
SHORTEST = 0.3
PACKETS_PER_SECOND = 50


def duration(words: Words) -> float:
    """How long these words take to be spoken, in seconds."""
    return max(SHORTEST, SECONDS_PER_CHARACTER * len(words.text))


class Microphone:
    """Counts the RTP packets that a party has sent: 50 a second while it is on."""

    def __init__(self) -> None:
        self._sent = 0.0
        self._since: float | None = None

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
    """One leg's hearing, from its first to its last moment; what it hears goes into a listener's log."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.open = True
        self.answered = False
        self.holds = 0
        """How many on-hold blocks the leg is in."""
        self.talks_to: Listener | None = None
        self.turn = asyncio.Lock()
        """A second playback on one leg waits for the first to end, as Asterisk queues it."""
        self.playing: set[Playback] = set()

    @property
    def hears_music(self) -> bool:
        """Whether there is music in this ear now: answered, on hold, nobody speaking, not in a talk."""
        return self.open and self.answered and self.holds > 0 and not self.playing and self.talks_to is None

    def silence(self) -> None:
        """Stop whatever is being said into this ear."""
        for playback in tuple(self.playing):
            playback.stop()

    def close(self) -> None:
        """The leg is gone."""
        self.open = False
        for playback in tuple(self.playing):
            playback.fail()
        self.listener.bell.ring()


class Playback:
    """Some words said into one ear, or into two over a talk."""

    def __init__(self, alive: Alive, lost: set[PromptName], words: tuple[Words, ...], *ears: Ear) -> None:
        self._alive = alive
        self._lost = lost
        self._words = words
        self._ears = ears
        self._over: asyncio.Future[Played] = asyncio.get_running_loop().create_future()

    def stop(self) -> None:
        """Cut it short; idempotent."""
        if not self._over.done():
            self._over.set_result(Played.CUT)

    def fail(self) -> None:
        """Somebody who should have heard it is gone."""
        if not self._over.done():
            self._over.set_result(Played.FAILED)

    async def run(self) -> Played:
        """Say the words one after another; cancelling stops at once."""
        if not all(ear.open for ear in self._ears):
            return Played.FAILED
        self._alive.add(self, "playback of " + ", ".join(words.name for words in self._words))
        for ear in self._ears:
            ear.playing.add(self)
        try:
            async with AsyncExitStack() as turns:
                if len(self._ears) == 1:  # into a talk Asterisk mixes: no turns there
                    await turns.enter_async_context(self._ears[0].turn)
                return await self._say_all()
        finally:
            self._alive.discard(self)
            for ear in self._ears:
                ear.playing.discard(self)
                ear.listener.bell.ring()

    async def _say_all(self) -> Played:
        result = Played.WHOLE
        for words in self._words:
            if self._over.done():
                return self._over.result()
            if await self._say(words) is Played.FAILED:
                result = Played.FAILED
        return self._over.result() if self._over.done() else result

    async def _say(self, words: Words) -> Played:
        hearings = [Hearing(words) for _ in self._ears]
        for ear, hearing in zip(self._ears, hearings, strict=True):
            ear.listener.log.append(hearing)
            ear.listener.bell.ring()
        played = Played.CUT
        try:
            if words.name in self._lost:
                await asyncio.sleep(0.001)  # Asterisk says "failed" about a millisecond later
                played = Played.FAILED
            else:
                await asyncio.wait({self._over}, timeout=duration(words))
                played = self._over.result() if self._over.done() else Played.WHOLE
        finally:
            for ear, hearing in zip(self._ears, hearings, strict=True):
                hearing.played = played
                ear.listener.bell.ring()
        return played
