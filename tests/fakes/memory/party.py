"""Somebody with a handset, in memory: one ear or more, and what they can tell of it."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from tests.fakes.memory.ear import Ear
from tests.fakes.memory.listener import Listener


class Named(Protocol):
    """Somebody who can be named in a message."""

    @property
    def who(self) -> str:
        """Who this is."""


class Party(Listener):
    """A citizen, a phone, or a phone's second call."""

    @property
    def ears(self) -> Sequence[Ear]:
        """The ears of all calls that this party has now."""
        return ()

    @property
    def person(self) -> Named:
        """Whose call this is: a phone's second call is the phone's."""
        return self

    @property
    def hears_music(self) -> bool:
        """Whether music plays in an ear now."""
        return any(ear.hears_music for ear in self.ears)

    @property
    def hears_somebody(self) -> bool:
        """Whether this party is in a talk now: both hear each other."""
        return any(ear.talks_to is not None for ear in self.ears)

    async def listens(self, seconds: float) -> None:
        """Do nothing but hold the handset for a while."""
        await asyncio.sleep(seconds)

    async def falls_silent(self) -> None:
        """Stop sending audio (a broken network, not a person who is quiet: RTP flows in silence too)."""
        for ear in self.ears:
            ear.microphone.turn_off()

    async def is_on_hold(self) -> None:
        """Wait until there is music."""
        await self.waits_for(lambda: self.hears_music, "to hear music")

    async def is_in_silence(self) -> None:
        """Wait until there is neither music, nor a prompt, nor anybody to be heard."""

        def silence() -> bool:
            prompts = any(ear.playing for ear in self.ears)
            return not (prompts or self.hears_music or self.hears_somebody)

        await self.waits_for(silence, "for silence")

    async def is_talking_to(self, other: Named) -> None:
        """Wait until the two hear each other: not while one of them holds."""

        def talking() -> bool:
            heard = [ear.talks_to for ear in self.ears]
            return any(one is other or (isinstance(one, Party) and one.person is other) for one in heard)

        await self.waits_for(talking, f"to talk to {other.who}")

    async def is_parted(self) -> None:
        """Wait until this party is in no talk any more (the call may be over or go on)."""
        await self.bell.until(lambda: not self.hears_somebody or self.line_is_dead)
