"""A phone that can be rung, in memory, with somebody (or nobody) at it."""

import asyncio
from collections.abc import Callable, Coroutine

from telephony.values import Ended, HangUpCause, NumberShown
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.citizen import KEY_SECONDS
from tests.fakes.memory.leg import MemoryLeg
from tests.fakes.memory.listener import Listener

Script = Callable[["MemoryPhone"], Coroutine[None, None, None]]
"""What a phone does each time it is rung."""


class MemoryPhone(Listener):
    """Made by `MemoryWorld.phone`. Takes one call at a time; every verb is awaited."""

    def __init__(self, number: str, script: Script, *, registered: bool, sends_audio: bool) -> None:
        super().__init__(f"phone {number}")
        self.number = number
        self.registered = registered
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
        if not self.registered:
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

    async def refuses(self, why: Ended, detail: str) -> None:
        """Give a final answer that is not 200."""
        self.leg.end(why, detail)
        await asyncio.sleep(0)

    async def declines(self) -> None:
        """603."""
        await self.refuses(Ended.DECLINED, "603")

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
        await _SCRIPTS[behaviour](phone, after)

    return act


async def _nothing(phone: MemoryPhone, after: float) -> None:
    """Nobody is there."""


async def _rings(phone: MemoryPhone, after: float) -> None:
    await phone.rings()


async def _answers(phone: MemoryPhone, after: float) -> None:
    await phone.rings()
    await asyncio.sleep(after)
    await phone.answers()


def _answers_and_presses(key: str) -> Callable[[MemoryPhone, float], Coroutine[None, None, None]]:
    async def act(phone: MemoryPhone, after: float) -> None:
        await _answers(phone, after)
        await phone.hears_anything()
        await asyncio.sleep(0.5)
        await phone.presses(key)

    return act


async def _answers_and_leaves(phone: MemoryPhone, after: float) -> None:
    await _answers(phone, after)
    await phone.hangs_up()


async def _leaves_during_the_whisper(phone: MemoryPhone, after: float) -> None:
    await _answers(phone, after)
    await phone.hears_anything()
    await asyncio.sleep(0.2)
    await phone.hangs_up()


async def _voicemail(phone: MemoryPhone, after: float) -> None:
    await _answers(phone, after)
    await asyncio.sleep(20.0)
    await phone.hangs_up()


def _says(
    why: Ended, detail: str, *, ringing: bool = False
) -> Callable[[MemoryPhone, float], Coroutine[None, None, None]]:
    async def act(phone: MemoryPhone, after: float) -> None:
        if ringing:
            await phone.rings()
            await asyncio.sleep(after)
        await phone.refuses(why, detail)

    return act


_SCRIPTS: dict[Behaviour, Callable[[MemoryPhone, float], Coroutine[None, None, None]]] = {
    Behaviour.TAKES_IT: _answers_and_presses("1"),
    Behaviour.NEVER_ANSWERS: _rings,
    Behaviour.GIVES_UP: _says(Ended.NO_ANSWER, "480", ringing=True),
    Behaviour.BUSY: _says(Ended.BUSY, "486"),
    Behaviour.DECLINES: _says(Ended.DECLINED, "603", ringing=True),
    Behaviour.DECLINES_BY_KEY: _answers_and_presses("2"),
    Behaviour.VOICEMAIL: _voicemail,
    Behaviour.SAYS_NOTHING: _answers,
    Behaviour.HANGS_UP_AT_ONCE: _answers_and_leaves,
    Behaviour.HANGS_UP_WHILE_ANNOUNCED: _leaves_during_the_whisper,
    Behaviour.FORWARDS: _says(Ended.UNREACHABLE, "302"),
    Behaviour.UNAVAILABLE: _says(Ended.UNREACHABLE, "480"),
    Behaviour.CONGESTED: _says(Ended.UNREACHABLE, "503"),
    Behaviour.UNKNOWN_NUMBER: _says(Ended.UNREACHABLE, "404"),
    Behaviour.NOT_REGISTERED: _nothing,
    Behaviour.DEAD: _nothing,
    Behaviour.ONE_WAY_AUDIO: _answers_and_presses("1"),
    Behaviour.BY_HAND: _rings,
}
