"""Somebody with a handset at the fake Asterisk: what they hear there, and the keys that every telephone has."""

import asyncio
from typing import Protocol

from tests.fakes.asterisk.parts import Channel, Party
from tests.fakes.asterisk.switch import Switch
from tests.fakes.scripts import KEY_SECONDS


class Named(Protocol):
    """Somebody who can be named in a message."""

    @property
    def who(self) -> str:
        """Who this is."""


class Handset(Party):
    """A citizen, a phone that is rung, or a phone's own call: one call at a time."""

    def __init__(self, who: str, switch: Switch) -> None:
        super().__init__(who, switch.bell)
        self._switch = switch
        self._channel: Channel | None = None

    @property
    def channel(self) -> Channel:
        """This party's end at Asterisk, of the last (or present) call."""
        assert self._channel is not None, f"{self.who} has no call"
        return self._channel

    @property
    def hears_music(self) -> bool:
        """Whether music plays in this ear now."""
        return self._channel is not None and self._channel.hears_music

    async def presses(self, keys: str) -> None:
        """Press keys one after another, 0.1 s each."""
        for key in keys:
            await asyncio.sleep(KEY_SECONDS)
            if not self.channel.over:
                self._switch.tell_of(self.channel, "ChannelDtmfReceived", digit=key, duration_ms=100)

    async def listens(self, seconds: float) -> None:
        """Hold the handset and do nothing for a while."""
        await asyncio.sleep(seconds)

    async def falls_silent(self) -> None:
        """Stop sending audio."""
        self.microphone.turn_off()

    async def holds(self) -> None:
        """Press the hold key: this party neither hears nor sends, and whoever is with it hears music."""
        if not self.channel.over and not self.channel.held:
            self.spoke = self.microphone.is_on
            self.microphone.turn_off()
            self.channel.held = True
            self._switch.tell_of(self.channel, "ChannelHold", musicclass="default")

    async def resumes(self) -> None:
        """Take the call back from hold."""
        if not self.channel.over and self.channel.held:
            if self.spoke:
                self.microphone.turn_on()
            self.channel.held = False
            self._switch.tell_of(self.channel, "ChannelUnhold")

    async def is_on_hold(self) -> None:
        """Wait until there is music."""
        await self.waits_for(lambda: self.hears_music, "to hear music")

    async def is_in_silence(self) -> None:
        """Wait until there is neither music, nor a prompt, nor anybody to be heard."""
        await self.waits_for(lambda: not self.channel.hears_something, "for silence")

    async def is_talking_to(self, other: Named) -> None:
        """Wait until the two hear each other."""
        await self.waits_for(lambda: self._hears(other), f"to talk to {other.who}")

    async def is_parted(self) -> None:
        """Wait until this party hears nobody any more."""
        await self.bell.until(lambda: not self.channel.talks_to, self.limit)

    def _hears(self, other: Named) -> bool:
        heard = () if self._channel is None else self._channel.talks_to
        return not self.hears_music and any(channel.party is other for channel in heard)
