"""A citizen with a telephone, at the fake Asterisk."""

import asyncio
from typing import Protocol

from telephony.values import HangUpCause, NumberShown
from tests.fakes.asterisk.parts import Channel, Party
from tests.fakes.asterisk.switch import Switch
from tests.fakes.scripts import KEY_SECONDS


class Named(Protocol):
    """Somebody who can be named in a message."""

    @property
    def who(self) -> str:
        """Who this is."""


class FakeCitizen(Party):
    """Made by `FakeAsteriskWorld.citizen`; the verbs are those of `MemoryCitizen`."""

    def __init__(
        self, switch: Switch, app: str, *, number: str, name: str, shown: NumberShown, dialled: str
    ) -> None:
        super().__init__(f"the citizen {number}", switch.bell)
        self._switch = switch
        self._app = app
        self._number, self._name, self._shown, self._dialled = number, name, shown, dialled
        self._channel: Channel | None = None
        self._told: HangUpCause | None = None
        self._hung_up = False
        self.fell_back = False

    @property
    def channel(self) -> Channel:
        """The citizen's end at Asterisk; they must have dialled."""
        assert self._channel is not None, f"{self.who} has not dialled (or was sent to the fallback)"
        return self._channel

    @property
    def line_is_dead(self) -> bool:
        """Whether the call is over."""
        return self._channel is not None and self._channel.over

    @property
    def hears_music(self) -> bool:
        """Whether music plays in the citizen's ear now."""
        return self._channel is not None and self._channel.hears_music

    @property
    def told(self) -> HangUpCause | None:
        """What the line told the citizen's network when it ended the call."""
        return self._told

    async def dials(self) -> None:
        """Place the call."""
        self._channel = self._switch.arrives(
            self._app,
            self,
            number=self._number,
            name=self._name,
            shown=self._shown,
            dialled=self._dialled,
        )
        self.fell_back = self._channel is None

    async def presses(self, keys: str) -> None:
        """Press keys one after another, 0.1 s each."""
        for key in keys:
            await asyncio.sleep(KEY_SECONDS)
            if not self.channel.over:
                self._switch.tell_of(self.channel, "ChannelDtmfReceived", digit=key, duration_ms=100)

    async def hangs_up(self) -> None:
        """Put the handset down."""
        if self._channel is not None:
            self._hung_up = not self._channel.over
            self._switch.leaves(self._channel)

    async def listens(self, seconds: float) -> None:
        """Hold the handset and do nothing for a while."""
        await asyncio.sleep(seconds)

    async def falls_silent(self) -> None:
        """Stop sending audio."""
        self.microphone.turn_off()

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self.waits_for(lambda: self.channel.up, "for an answer")

    async def is_put_down(self) -> None:
        """Wait until the line ends the call; a citizen who hung up first was not put down."""
        await self.waits_for(lambda: self.channel.over, "to be put down")
        assert not self._hung_up, f"{self.who} hung up first"

    async def is_sent_elsewhere(self) -> None:
        """Wait until the dialplan's own fallback has the call."""
        await self.waits_for(lambda: self.fell_back, "for the fallback")

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
        """Wait until the citizen hears nobody any more."""
        await self.bell.until(lambda: not self.channel.talks_to, self.limit)

    def hears_an_answer(self, channel: Channel) -> None:
        """200: audio flows from now on."""
        self.microphone.turn_on()

    def falls_back(self) -> None:
        """The dialplan has the call again."""
        self.fell_back = True

    def hears_the_end(self, channel: Channel, told: HangUpCause | None) -> None:
        """BYE or a refusal arrives."""
        self._told = told

    def _hears(self, other: Named) -> bool:
        others = (channel.party for channel in self.channel.talks_to)
        return not self.hears_music and any(party is other for party in others)
