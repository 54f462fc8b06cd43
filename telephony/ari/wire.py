"""One channel as we watch it: is it still there, and what is being played to it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telephony.ari.errors import MOMENT, AriRefused, Gone
from telephony.ari.link import Link
from telephony.ari.playback import Playback
from telephony.ari.tasks import first_of
from telephony.values import Ended, LegEnded

T = TypeVar("T")

SOON = 0.2
"""Seconds within which the event of an end arrives that a refused command already suffers from."""


class Wire:
    """The channel `id`. It ends once: by an event, by our command, by a 404, or with Asterisk itself."""

    def __init__(self, channel: str, link: Link, on_end: Callable[[], None], bridge: str = "") -> None:
        self.id = channel
        self._link = link
        self.ended: LegEnded | None = None
        self.gone = asyncio.Event()
        self.listeners: set[Callable[[], None]] = set()
        """Told of the end at once, last."""
        self.turn = asyncio.Lock()
        """Held by who plays something to this channel; the next one waits, as Asterisk would queue it."""
        self.playing: set[Playback] = set()
        self.spoken = 0
        """How often something was played to it."""
        self.bridge = bridge
        """The bridge in which this party talks with another; empty while it does not."""
        self.music = False
        """Whether there is music on the channel: it would go on in a bridge."""
        self._on_end = on_end

    def handed_on(self, on_end: Callable[[], None]) -> "Wire":
        """The same channel, watched by somebody else from now on."""
        wire = Wire(self.id, self._link, on_end, self.bridge)
        wire.spoken = self.spoken
        return wire

    def end(self, how: LegEnded) -> None:
        """The channel is gone; only the first time counts."""
        if self.ended is None:
            self.ended = how
            self.gone.set()
            for playback in tuple(self.playing):
                playback.fail()
            self._on_end()
            for listener in tuple(self.listeners):
                listener()

    async def ends_soon(self) -> bool:
        """Whether it has ended, or does so in this moment."""
        try:
            async with asyncio.timeout(SOON):
                await self.gone.wait()
        except TimeoutError:
            return False
        return True

    async def command(self, asked: Awaitable[T]) -> T:
        """Give a command that concerns this channel. Raises Gone if all that is wrong is that it has ended."""
        try:
            return await asked
        except Gone:
            if not await self.ends_soon():
                await first_of(self._is_gone(), self._is_agreed())
                self.end(LegEnded(Ended.HUNG_UP, "gone"))  # we missed the event: a 404 is proof enough
            raise
        except AriRefused as refused:
            if refused.status in MOMENT and await self.ends_soon():
                raise Gone(str(refused)) from refused
            raise

    async def _is_gone(self) -> None:
        await self.gone.wait()

    async def _is_agreed(self) -> None:
        """While the link is down it may be another Asterisk that does not know us: reconciling will tell."""
        await self._link.up.wait()

    async def silence(self) -> None:
        """Stop whatever is being played to this channel; its `say` returns CUT."""
        if self.playing:
            await asyncio.gather(*(playback.cut() for playback in tuple(self.playing)))
