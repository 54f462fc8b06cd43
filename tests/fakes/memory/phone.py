"""A phone that can be rung, in memory, with somebody (or nobody) at it."""

import asyncio
from collections.abc import Callable, Coroutine

from telephony.values import Behind, Caller, Ended, HangUpCause, NumberShown, Progress
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.ear import Ear
from tests.fakes.memory.exchange import RungParty
from tests.fakes.memory.leg import MemoryLeg
from tests.fakes.memory.party import Named
from tests.fakes.memory.phones_call import MemoryPhonesCall
from tests.fakes.scripts import KEY_SECONDS, SCRIPTS

Script = Callable[["MemoryPhone"], Coroutine[None, None, None]]
"""What a phone does each time it is rung."""


class MemoryPhone(RungParty):
    """Made by `MemoryWorld.phone`. Every verb is awaited; those without a call of their own mean the last ring."""

    def __init__(
        self,
        number: str,
        script: Script,
        place: Callable[[MemoryCitizen, str], MemoryCall | None],
        *,
        registered: bool,
        sends_audio: bool,
        behind: Behind | None = None,
    ) -> None:
        super().__init__(f"phone {number}")
        self.number = number
        self.registered = registered
        self.behind = behind
        """Where it can be reached; None: at both places."""
        self.sends_audio = sends_audio
        self.takes_one_call = False
        """Whether a second call while there is one hears that it is busy, instead of knocking."""
        self.times_rung = 0
        self.shown_number: str | None = None
        """The caller's number as the display showed it last: empty if withheld; None if never rung."""
        self.shown_name: str | None = None
        self.puts_down_when_told = False
        """Whether it ends its calls by itself when told that its transfer was taken, as most phones do."""
        self._script = script
        self._place = place
        self.calls: list[MemoryPhonesCall] = []
        """Those that it has made."""
        self._leg: MemoryLeg | None = None
        self._acting: asyncio.Task[None] | None = None

    @property
    def leg(self) -> MemoryLeg:
        """The last (or present) time it was rung."""
        assert self._leg is not None, f"{self.who} was never rung"
        while self._leg.handed_to is not None:
            self._leg = self._leg.handed_to
        return self._leg

    @property
    def is_with_the_line(self) -> bool:
        """Whether it rings or talks for a call on the line: `leg` is up."""
        return self._leg is not None and self.leg.ended is None

    @property
    def ears(self) -> list[Ear]:
        """The one at which it was rung last, and those of the calls it makes."""
        rung = [] if self._leg is None else [self.leg.ear]
        return [*rung, *(ear for call in self.calls for ear in call.ears)]

    @property
    def told_progress(self) -> list[Progress]:
        """What it was told of the transfers it asked for."""
        return self.leg.told_progress

    @property
    def is_free(self) -> bool:
        """Whether nothing is going on at this phone."""
        return not any(ear.open for ear in self.ears)

    @property
    def shows_missed_call(self) -> bool:
        """Whether it rang and was told to stop without "answered elsewhere" (RFC 3326)."""
        leg = self.leg
        stopped = leg.stopped_with is not None and leg.stopped_with is not HangUpCause.ANSWERED_ELSEWHERE
        return not leg.answered and stopped

    def invite(self, leg: MemoryLeg, caller: Caller) -> None:
        """The network's side: an INVITE arrives."""
        self.times_rung += 1
        shown = caller.shown is NumberShown.SHOWN
        self.shown_number = caller.number if shown else ""
        self.shown_name = caller.name if shown else ""
        if not self.registered or self.behind not in (None, leg.target.behind):
            leg.end(Ended.UNREACHABLE, "not registered")
            return
        if self.takes_one_call and not self.is_free:
            leg.end(Ended.BUSY, "486")
            return
        self._leg = leg
        leg.on_report = self._is_notified
        self._acting = asyncio.create_task(self._act(leg), name=f"{self.who} acts")

    def _is_notified(self, progress: Progress) -> None:
        if self.puts_down_when_told and progress is Progress.ANSWERED:
            self.leg.end(Ended.HUNG_UP)
            for call in self.calls:
                call.call.end(Ended.HUNG_UP)

    async def _act(self, leg: MemoryLeg) -> None:
        script = asyncio.ensure_future(self._script(self))
        gone = asyncio.ensure_future(self.bell.until(lambda: leg.is_over))
        try:
            await asyncio.wait({script, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            script.cancel()
            gone.cancel()
            await asyncio.gather(script, gone, return_exceptions=True)

    # ---- what is done at it: by a behaviour, or by the test

    async def rings(self) -> None:
        """Wait until it rings (or has rung) for the call that is there."""
        await self.waits_for(lambda: self._leg is not None and self.leg.ended is None, "to be rung")
        self.leg.ring()

    async def answers(self) -> None:
        """Take the receiver up."""
        await self.rings()
        self.leg.answer()
        if self.sends_audio:
            self.leg.ear.microphone.turn_on()
        await asyncio.sleep(0)

    async def presses(self, keys: str) -> None:
        """Press keys one after another, 0.1 s each."""
        for key in keys:
            await asyncio.sleep(KEY_SECONDS)
            self.leg.press(key)

    async def refuses(self, status: int) -> None:
        """Give a final answer that is not 200: what it means in our own words is in `Ended`."""
        gave_up = Ended.NO_ANSWER if self.leg.rang else Ended.UNREACHABLE
        meaning = {486: Ended.BUSY, 603: Ended.DECLINED, 480: gave_up, 408: gave_up}
        self.leg.end(meaning.get(status, Ended.UNREACHABLE), str(status))
        await asyncio.sleep(0)

    async def declines(self) -> None:
        """603."""
        await self.refuses(603)

    async def hangs_up(self) -> None:
        """Put the receiver down."""
        self.leg.end(Ended.HUNG_UP)
        await asyncio.sleep(0)

    async def holds(self) -> None:
        """Press the hold key: it neither hears nor sends, and whoever is with it hears music."""
        self.leg.hold()
        await asyncio.sleep(0)

    async def resumes(self) -> None:
        """Take the call back from hold."""
        self.leg.resume()
        await asyncio.sleep(0)

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key and dial: a blind REFER. The phone keeps its call, and waits to be told."""
        self.leg.refer(extension, None)
        await asyncio.sleep(0)

    async def transfers_to_consulted(self, second: Named) -> None:
        """Press the transfer key in a second call: REFER with Replaces, for whoever is in that call with it."""
        assert isinstance(second, MemoryPhonesCall), "a call of this phone's own"
        self.leg.refer(second.dialled, second.with_leg)
        await asyncio.sleep(0)

    async def is_told(self, progress: Progress) -> None:
        """Wait until it is told this of the transfer it asked for (all of it: `told_progress`)."""
        await self.waits_for(lambda: progress in self.told_progress, f"to be told {progress.value}")

    async def dials(self, number: str) -> MemoryPhonesCall:
        """Call from this phone: the line sees `Call.phone`. It may be rung, or talk, at the same time."""
        call = self.places_a_call(number)
        await asyncio.sleep(0)
        return call

    def places_a_call(self, number: str) -> MemoryPhonesCall:
        """Dial, and go on in the same instant."""
        call = MemoryPhonesCall(self, self.number, number, lambda citizen: self._place(citizen, number))
        self.calls.append(call)
        call.places_the_call()
        return call

    async def unregisters(self) -> None:
        """Go off the network: later rings fail at once, the present talk goes on."""
        self.registered = False

    async def registers(self) -> None:
        """Come back."""
        self.registered = True

    async def hears_anything(self) -> None:
        """Wait until something is whispered into it."""
        before = len(self.log)
        await self.waits_for(lambda: len(self.log) > before or bool(self.leg.ear.playing), "for a whisper")

    async def is_put_down(self) -> None:
        """Wait until the line (or the caller's leaving) ends the leg."""
        await self.bell.until(lambda: self.leg.ended is not None, 120.0)
        assert self.leg.ended is not None, f"{self.who} was not put down"

    async def stops_ringing(self) -> None:
        """Wait until it rings no more."""
        await self.is_put_down()


def scripted(behaviour: Behaviour, after: float) -> Script:
    """The script of a named behaviour; `after` is its delay in seconds."""

    async def act(phone: MemoryPhone) -> None:
        await asyncio.sleep(0.03)
        await SCRIPTS[behaviour](phone, after)

    return act
