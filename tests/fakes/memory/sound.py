"""What is said into ears: playbacks that take their time."""

import asyncio
from contextlib import AsyncExitStack

from telephony.values import Played, PromptName, Words
from tests.fakes.memory.bell import Alive
from tests.fakes.memory.ear import Ear
from tests.fakes.memory.listener import Hearing

SECONDS_PER_CHARACTER = 0.06
"""Polish read aloud by the default voice: about 16 characters a second."""
SHORTEST = 0.3


def duration(words: Words) -> float:
    """How long these words take to be spoken, in seconds."""
    return max(SHORTEST, SECONDS_PER_CHARACTER * len(words.text))


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
        ears = [ear for ear in self._ears if not ear.held]  # who holds hears nothing of it
        hearings = [Hearing(words) for _ in ears]
        for ear, hearing in zip(ears, hearings, strict=True):
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
            for ear, hearing in zip(ears, hearings, strict=True):
                hearing.played = played
                ear.listener.bell.ring()
        return played
