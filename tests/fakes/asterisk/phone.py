"""A phone that can be rung by the fake Asterisk, with somebody (or nobody) at it."""

import asyncio

from telephony.values import Behind, HangUpCause, Progress
from tests.fakes.asterisk.handset import Named
from tests.fakes.asterisk.originate import Network, RungParty
from tests.fakes.asterisk.parts import Channel
from tests.fakes.asterisk.phones_call import FakePhonesCall
from tests.fakes.asterisk.switch import Switch
from tests.fakes.behaviour import Behaviour
from tests.fakes.scripts import SCRIPTS


class FakePhone(RungParty):
    """Made by `FakeAsteriskWorld.phone`; the verbs are those of `MemoryPhone`."""

    def __init__(
        self,
        switch: Switch,
        network: Network,
        app: str,
        number: str,
        behaviour: Behaviour,
        *,
        after: float,
        sends_audio: bool,
        behind: Behind | None,
    ) -> None:
        super().__init__(f"phone {number}", switch)
        self.number = number
        self.registered = behaviour is not Behaviour.NOT_REGISTERED
        self.behind = behind
        self.times_rung = 0
        self.shown_number: str | None = None
        self.shown_name: str | None = None
        self.told_progress: list[Progress] = []
        self.calls: list[FakePhonesCall] = []
        """Those that it has made."""
        self._network, self._app = network, app
        self._behaviour, self._after = behaviour, after
        self._sends_audio = sends_audio and behaviour is not Behaviour.ONE_WAY_AUDIO
        self._told: HangUpCause | None = None
        self._answered = False
        self._acting: asyncio.Task[None] | None = None

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

    async def refuses(self, status: int) -> None:
        """Give a final answer that is not 200."""
        self._network.refuses(self.channel, status)

    async def declines(self) -> None:
        """603."""
        await self.refuses(603)

    async def hangs_up(self) -> None:
        """Put the receiver down."""
        self._network.hangs_up(self.channel)

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key and dial: a blind REFER. What it was told of an earlier one counts no more."""
        self.told_progress.clear()
        self._switch.transfers.refers(self.channel, extension, None)

    async def transfers_to_consulted(self, second: Named) -> None:
        """Press the transfer key in a second call: REFER with Replaces."""
        assert isinstance(second, FakePhonesCall), "a call of this phone's own"
        self._switch.transfers.refers(self.channel, second.dialled, second.channel)

    async def is_told(self, progress: Progress) -> None:
        """Wait until it is told this of the transfer it asked for."""
        await self.waits_for(lambda: progress in self.told_progress, f"to be told {progress.value}")

    def is_told_of_transfer(self, progress: Progress) -> None:
        """NOTIFY arrives: told that the transfer was taken, the phone puts down by itself."""
        self.told_progress.append(progress)
        if progress is Progress.ANSWERED:
            self._network.hangs_up(self.channel)
            for call in self.calls:
                self._switch.leaves(call.channel)

    async def dials(self, number: str) -> FakePhonesCall:
        """Call from this phone, whatever else goes on at it."""
        call = FakePhonesCall(self._switch, self._app, self.number, number)
        await call.dials()
        self.calls.append(call)
        return call

    async def unregisters(self) -> None:
        """Go off the network: it can be rung no more."""
        self.registered = False

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
