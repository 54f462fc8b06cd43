"""A citizen with a telephone, in memory: dials, listens, presses keys, puts down."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from telephony.values import Caller, Ended, HangUpCause
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.listener import Listener
from tests.fakes.scripts import KEY_SECONDS


class Named(Protocol):
    """Somebody who can be named in a message."""

    @property
    def who(self) -> str:
        """Who this is."""


class MemoryCitizen(Listener):
    """Made by `MemoryWorld.citizen`. Every verb is awaited; `hears…` is in `Listener`."""

    def __init__(self, caller: Caller, place: Callable[["MemoryCitizen"], MemoryCall | None]) -> None:
        super().__init__(f"the citizen {caller.number or caller.shown.value}")
        self._place = place
        self._caller = caller
        self._call: MemoryCall | None = None
        self._hung_up = False
        self.fell_back = False
        """The line took no calls: the dialplan's own fallback has this one."""

    @property
    def call(self) -> MemoryCall:
        """The call as the line sees it; the citizen must have dialled."""
        assert self._call is not None, f"{self.who} has not dialled (or was sent to the fallback)"
        return self._call

    @property
    def caller(self) -> Caller:
        """What the network says of this citizen."""
        return self._caller

    @property
    def line_is_dead(self) -> bool:
        """Whether the call is over."""
        return self._call is not None and self._call.ended is not None

    @property
    def hears_music(self) -> bool:
        """Whether music plays in the citizen's ear now."""
        return self._call is not None and self._call.ear.hears_music

    @property
    def told(self) -> HangUpCause | None:
        """What the line told the citizen's network when it ended the call."""
        return self.call.told

    async def dials(self) -> None:
        """Place the call."""
        self._call = self._place(self)
        self.fell_back = self._call is None
        await asyncio.sleep(0)

    async def presses(self, keys: str) -> None:
        """Press keys one after another, 0.1 s each; from then on they are on their way."""
        for key in keys:
            await asyncio.sleep(KEY_SECONDS)
            self.call.press(key)

    async def hangs_up(self) -> None:
        """Put the handset down (before the answer this is CANCEL)."""
        self._hung_up = self.call.ended is None
        self.call.end(Ended.HUNG_UP)
        await asyncio.sleep(0)

    async def listens(self, seconds: float) -> None:
        """Do nothing but hold the handset for a while."""
        await asyncio.sleep(seconds)

    async def falls_silent(self) -> None:
        """Stop sending audio (a broken network, not a person who is quiet: RTP flows in silence too)."""
        self.call.microphone.turn_off()

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self.waits_for(lambda: self.call.answered, "for an answer")

    async def is_put_down(self) -> None:
        """Wait until the line ends the call; a citizen who hung up first was not put down."""
        await self.waits_for(lambda: self.call.ended is not None, "to be put down")
        assert not self._hung_up, f"{self.who} hung up first"

    async def is_on_hold(self) -> None:
        """Wait until there is music."""
        await self.waits_for(lambda: self.hears_music, "to hear music")

    async def is_in_silence(self) -> None:
        """Wait until there is neither music, nor a prompt, nor anybody to be heard."""
        ear = self.call.ear
        await self.waits_for(
            lambda: not self.hears_music and not ear.playing and ear.talks_to is None, "for silence"
        )

    async def is_sent_elsewhere(self) -> None:
        """Wait until the dialplan's own fallback has the call."""
        await self.waits_for(lambda: self.fell_back, "for the fallback")

    async def is_talking_to(self, other: Named) -> None:
        """Wait until the citizen and `other` hear each other."""
        await self.waits_for(lambda: self.call.ear.talks_to is other, f"to talk to {other.who}")

    async def is_parted(self) -> None:
        """Wait until the citizen is in no talk any more (the call may be over or go on)."""
        await self.bell.until(lambda: self.call.ear.talks_to is None or self.line_is_dead)
