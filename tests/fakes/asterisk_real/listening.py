"""What is heard by the actors of the contract suite on a real Asterisk: by recorded audio."""

import math
from functools import partial
from itertools import count
from typing import Protocol

from tests.phones.clipbook import QUIET
from tests.phones.ear import WINDOW, Ear
from tests.phones.handset import Handset

STEADY = 0.8
"""Seconds for which something loud that is no prompt must last to be music."""

TONES = count(1700, 40)
"""Hz: people prove that they hear each other by tones that are no keys, each by another one."""


class Named(Protocol):
    """Somebody who can be named in a message."""

    @property
    def who(self) -> str:
        """Who this is."""


class Listening:
    """What all actors hear, as a row of prompts: over ones, and the one that sounds now."""

    who: str

    def __init__(self) -> None:
        self._cursor = 0
        self._talked_to: Listening | None = None
        self.tone = next(TONES)

    @property
    def ear(self) -> Ear:
        """The ear of the present call."""
        raise AssertionError("each actor has its own")

    @property
    def handset(self) -> Handset:
        """What this actor speaks into, in the present call."""
        raise AssertionError("each actor has its own")

    @property
    def prompts(self) -> list[str]:
        """What was recognised so far, in order."""
        ear = self.ear
        now = ear.hears_now
        return [*ear.prompts, now] if now is not None else ear.prompts

    async def hears(self, prompt: str) -> None:
        """Wait until a prompt of this name begins (after the last one waited for)."""

        def found() -> int | None:
            row = self.prompts
            return next((i for i in range(self._cursor, len(row)) if row[i] == prompt), None)

        await self.ear.until(lambda: found() is not None, f"to hear {prompt!r}")
        index = found()
        assert index is not None
        self._cursor = index + 1

    async def has_heard(self, *prompts: str) -> None:
        """Wait until these are all the prompts heard so far in this call, in order, whole or cut."""
        await self.ear.until(lambda: self.prompts == list(prompts), f"to have heard {prompts}")

    async def listens(self, seconds: float) -> None:
        """Hold the handset and do nothing for a while."""
        await self._after(seconds)

    async def is_on_hold(self) -> None:
        """Wait until something loud that is no prompt goes on for a while."""
        ear = self.ear
        while True:
            await ear.hears_music()
            heard, end = len(ear.prompts), ear.seconds + STEADY
            await ear.until(partial(self._disturbed_or_at, heard, end), "to hear music go on")
            if not self._disturbed_or_at(heard, math.inf):
                return

    def _disturbed_or_at(self, heard: int, end: float) -> bool:
        ear = self.ear
        spoken_to = ear.hears_now is not None or len(ear.prompts) != heard
        return spoken_to or ear.loudness <= QUIET or ear.seconds > end

    async def is_in_silence(self) -> None:
        """Wait until nothing is heard."""
        await self.ear.hears_silence()

    async def is_talking_to(self, other: Named) -> None:
        """Both speak, and each hears the other's tone and nothing else that is as loud."""
        assert isinstance(other, Listening)
        self.handset.speaks(self.tone)
        other.handset.speaks(other.tone)
        await self.ear.hears_tone(other.tone)
        await other.ear.hears_tone(self.tone)
        self.handset.says_nothing()
        other.handset.says_nothing()
        self._talked_to, other._talked_to = other, self

    async def is_parted(self) -> None:
        """The other speaks, and is not heard."""
        other = self._talked_to
        assert other is not None, f"{self.who} has not talked to anybody"
        other.handset.speaks(other.tone)
        await self._after(2 * WINDOW)
        await self.ear.until(lambda: not self.ear.tone_now(other.tone), "to be parted")
        other.handset.says_nothing()

    async def _after(self, seconds: float) -> None:
        """Let the recording grow by so much."""
        end = self.ear.seconds + seconds
        await self.ear.bell.until(lambda: self.ear.seconds >= end)
