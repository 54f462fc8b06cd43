"""A phone that can be rung by the fake Asterisk, with somebody (or nobody) at it."""

import asyncio

from telephony.values import Behind, HangUpCause
from tests.fakes.asterisk.originate import Network, RungParty
from tests.fakes.asterisk.parts import Channel
from tests.fakes.asterisk.switch import Switch
from tests.fakes.behaviour import Behaviour
from tests.fakes.scripts import KEY_SECONDS, SCRIPTS


class FakePhone(RungParty):
    """Made by `FakeAsteriskWorld.phone`; the verbs are those of `MemoryPhone`."""

    def __init__(
        self,
        switch: Switch,
        network: Network,
        number: str,
        behaviour: Behaviour,
        *,
        after: float,
        sends_audio: bool,
        behind: Behind | None,
    ) -> None:
        super().__init__(f"phone {number}", switch.bell)
        self.number = number
        self.registered = behaviour is not Behaviour.NOT_REGISTERED
        self.behind = behind
        self.times_rung = 0
        self.shown_number: str | None = None
        self.shown_name: str | None = None
        self._switch, self._network = switch, network
        self._behaviour, self._after = behaviour, after
        self._sends_audio = sends_audio and behaviour is not Behaviour.ONE_WAY_AUDIO
        self._channel: Channel | None = None
        self._told: HangUpCause | None = None
        self._answered = False
        self._acting: asyncio.Task[None] | None = None

    @property
    def channel(self) -> Channel:
        """The phone's end at Asterisk, of the last (or present) ring."""
        assert self._channel is not None, f"{self.who} was never rung"
        return self._channel

    @property
    def shows_missed_call(self) -> bool:
        """Whether it rang and was told to stop without "answered elsewhere" (RFC 3326)."""
        told = self._told not in (None, HangUpCause.ANSWERED_ELSEWHERE)
        return self.channel.over and not self._answered and told

    def invite(self, channel: Channel, number: str, name: str) -> None:
        """An INVITE arrives."""
        self.times_rung += 1
        self.shown_number, self.shown_name = number, name
        self._channel, self._told, self._answered = channel, None, False
        self._acting = asyncio.create_task(self._act(), name=f"{self.who} acts")

    def hears_the_end(self, channel: Channel, told: HangUpCause | None) -> None:
        """CANCEL or BYE arrives, or its own end is confirmed."""
        if channel is self._channel:
            self._told = told
            if self._acting is not None and self._acting is not asyncio.current_task():
                self._acting.cancel()

    async def rings(self) -> None:
        """Wait until it is rung, and show that it rings."""
        await self.waits_for(lambda: self._channel is not None and not self._channel.over, "to be rung")
        if self.behind is Behind.TRUNK:
            self._network.progresses(self.channel)
        else:
            self._network.rings(self.channel)

    async def answers(self) -> None:
        """Take the receiver up."""
        await self.rings()
        self._answered = True
        if self._sends_audio:
            self.microphone.turn_on()
        self._network.answers(self.channel)

    async def presses(self, keys: str) -> None:
        """Press keys one after another, 0.1 s each."""
        for key in keys:
            await asyncio.sleep(KEY_SECONDS)
            if not self.channel.over:
                self._switch.tell_of(self.channel, "ChannelDtmfReceived", digit=key, duration_ms=100)

    async def refuses(self, status: int) -> None:
        """Give a final answer that is not 200."""
        self._network.refuses(self.channel, status)

    async def declines(self) -> None:
        """603."""
        await self.refuses(603)

    async def hangs_up(self) -> None:
        """Put the receiver down."""
        self._network.hangs_up(self.channel)

    async def falls_silent(self) -> None:
        """Stop sending audio."""
        self.microphone.turn_off()

    async def hears_anything(self) -> None:
        """Wait until something is whispered into it."""
        before = len(self.log)

        def heard() -> bool:
            return len(self.log) > before or any(hearing.played is None for hearing in self.log)

        await self.waits_for(heard, "for a whisper")

    async def is_put_down(self) -> None:
        """Wait until the leg is ended."""
        await self.waits_for(lambda: self.channel.over, "to be put down")

    async def _act(self) -> None:
        await SCRIPTS[self._behaviour](self, self._after)
