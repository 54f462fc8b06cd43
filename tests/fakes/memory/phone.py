"""A phone that can be rung, in memory, with somebody (or nobody) at it."""

import asyncio
from collections.abc import Callable, Coroutine

from telephony.values import Behind, Ended, HangUpCause, NumberShown
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.leg import MemoryLeg
from tests.fakes.memory.listener import Listener
from tests.fakes.scripts import KEY_SECONDS, SCRIPTS

Script = Callable[["MemoryPhone"], Coroutine[None, None, None]]
"""What a phone does each time it is rung."""


class MemoryPhone(Listener):
    """Made by `MemoryWorld.phone`. Takes one call at a time; every verb is awaited."""

    def __init__(
        self,
        number: str,
        script: Script,
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
        self.times_rung = 0
        self.shown_number: str | None = None
        """The caller's number as the display showed it last: empty if withheld; None if never rung."""
        self.shown_name: str | None = None
        self._script = script
        self._leg: MemoryLeg | None = None
        self._acting: asyncio.Task[None] | None = None

    @property
    def leg(self) -> MemoryLeg:
        """The last (or present) time it was rung."""
        assert self._leg is not None, f"{self.who} was never rung"
        return self._leg

    @property
    def is_free(self) -> bool:
        """Whether nothing is going on at this phone."""
        return self._leg is None or self._leg.ended is not None

    @property
    def shows_missed_call(self) -> bool:
        """Whether it rang and was told to stop without "answered elsewhere" (RFC 3326)."""
        leg = self.leg
        stopped = leg.stopped_with is not None and leg.stopped_with is not HangUpCause.ANSWERED_ELSEWHERE
        return not leg.answered and stopped

    def invite(self, leg: MemoryLeg, call: MemoryCall) -> None:
        """The network's side: an INVITE arrives."""
        self.times_rung += 1
        shown = call.caller.shown is NumberShown.SHOWN
        self.shown_number = call.caller.number if shown else ""
        self.shown_name = call.caller.name if shown else ""
        if not self.registered or self.behind not in (None, leg.target.behind):
            leg.end(Ended.UNREACHABLE, "not registered")
            return
        self._leg = leg
        self._acting = asyncio.create_task(self._act(leg), name=f"{self.who} acts")

    async def _act(self, leg: MemoryLeg) -> None:
        script = asyncio.ensure_future(self._script(self))
        gone = asyncio.ensure_future(self.bell.until(lambda: leg.ended is not None))
        try:
            await asyncio.wait({script, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            script.cancel()
            gone.cancel()
            await asyncio.gather(script, gone, return_exceptions=True)

    # ---- what is done at it: by a behaviour, or by the test

    async def rings(self) -> None:
        """Wait until it rings (or has rung) for the call that is there."""
        await self.waits_for(lambda: self._leg is not None and self._leg.ended is None, "to be rung")
        self.leg.ring()

    async def answers(self) -> None:
        """Take the receiver up."""
        await self.rings()
        self.leg.answer()
        if self.sends_audio:
            self.leg.microphone.turn_on()
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

    async def falls_silent(self) -> None:
        """Stop sending audio."""
        self.leg.microphone.turn_off()

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
