"""The SIP actors in the words of the contract suite: what is *heard*, by recorded audio."""

import math
import re
from functools import partial
from typing import Protocol

from tests.phones.citizen import Citizen
from tests.phones.clipbook import QUIET
from tests.phones.ear import LIMIT, WINDOW, Ear
from tests.phones.phone import Phone

CITIZENS_TONE, COLLEAGUES_TONE = 500, 1900
"""Hz: people prove that they hear each other by tones that are no keys."""

STEADY = 0.8
"""Seconds for which something loud that is no prompt must last to be music."""

SAID = re.compile(r"sips?:([^@;>]+)@")


class Named(Protocol):
    """Somebody who can be named in a message."""

    @property
    def who(self) -> str:
        """Who this is."""


class Listening:
    """What both kinds of actors hear, as a row of prompts: over ones, and the one that sounds now."""

    who: str

    def __init__(self) -> None:
        self._cursor = 0

    @property
    def ear(self) -> Ear:
        """The ear of the present call."""
        raise AssertionError("each actor has its own")

    @property
    def prompts(self) -> list[str]:
        """What was recognised so far, in order."""
        ear = self.ear
        now = ear.hears_now
        return [*ear.prompts, now] if now is not None else ear.prompts

    async def hears(self, prompt: str) -> None:
        """Wait until a prompt of this name begins (after the last one waited for)."""

        def found() -> int | None:
            row = self.prompts
            return next((i for i in range(self._cursor, len(row)) if row[i] == prompt), None)

        await self.ear.until(lambda: found() is not None, f"to hear {prompt!r}")
        index = found()
        assert index is not None
        self._cursor = index + 1

    async def has_heard(self, *prompts: str) -> None:
        """Wait until these are all the prompts heard so far in this call, in order, whole or cut."""
        await self.ear.until(lambda: self.prompts == list(prompts), f"to have heard {prompts}")

    async def _after(self, seconds: float) -> None:
        """Let the recording grow by so much."""
        end = self.ear.seconds + seconds
        await self.ear.bell.until(lambda: self.ear.seconds >= end)


class RealCitizen(Listening):
    """A citizen by SIPp and a handset."""

    def __init__(self, citizen: Citizen) -> None:
        super().__init__()
        self._citizen = citizen
        self._dialled = self._elsewhere = False
        self._talked_to: Phone | None = None
        self.who = citizen.who

    @property
    def ear(self) -> Ear:
        """What the citizen hears."""
        return self._citizen.ear

    async def dials(self) -> None:
        """Place the call."""
        self._dialled = True
        await self._citizen.dials()

    async def presses(self, keys: str) -> None:
        """Press keys (RFC 4733)."""
        await self._citizen.presses(keys)

    async def listens(self, seconds: float) -> None:
        """Hold the handset and do nothing for a while."""
        await self._after(seconds)

    async def hangs_up(self) -> None:
        """BYE, or CANCEL before the answer."""
        if self._dialled and not self._citizen.over:
            await self._citizen.hangs_up()

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self._citizen.is_answered()

    async def is_put_down(self) -> None:
        """Wait until the line has ended the call."""
        await self._citizen.is_put_down()

    async def goes_home(self) -> None:
        """At the end: wait until the call is over; one that the fallback has is put down here."""
        if self._elsewhere:
            await self.hangs_up()
        elif self._dialled:
            await self.ear.bell.until(lambda: self._citizen.over, LIMIT)

    async def is_sent_elsewhere(self) -> None:
        """Wait until the dialplan's own fallback speaks."""
        self._elsewhere = True
        await self._citizen.is_answered()
        await self.hears("please-wait")

    async def is_on_hold(self) -> None:
        """Wait until something loud that is no prompt goes on for a while."""
        ear = self.ear
        while True:
            await ear.hears_music()
            heard, end = len(ear.prompts), ear.seconds + STEADY
            await ear.until(partial(self._disturbed_or_at, heard, end), "to hear music go on")
            if not self._disturbed_or_at(heard, math.inf):
                return

    def _disturbed_or_at(self, heard: int, end: float) -> bool:
        ear = self.ear
        spoken_to = ear.hears_now is not None or len(ear.prompts) != heard
        return spoken_to or ear.loudness <= QUIET or ear.seconds > end

    async def is_in_silence(self) -> None:
        """Wait until nothing is heard."""
        await self.ear.hears_silence()

    async def is_talking_to(self, other: Named) -> None:
        """Both speak, and each hears the other's tone and nothing else that is as loud."""
        assert isinstance(other, RealPhone)
        self._citizen.speaks(CITIZENS_TONE)
        other.phone.handset.speaks(COLLEAGUES_TONE)
        await self._citizen.hears_tone(COLLEAGUES_TONE)
        await other.phone.hears_tone(CITIZENS_TONE)
        self._citizen.handset.says_nothing()
        other.phone.handset.says_nothing()
        self._talked_to = other.phone

    async def is_parted(self) -> None:
        """The other speaks, and is not heard."""
        other = self._talked_to
        assert other is not None, f"{self.who} has not talked to anybody"
        other.handset.speaks(COLLEAGUES_TONE)
        await self._after(2 * WINDOW)
        await self.ear.until(lambda: not self.ear.tone_now(COLLEAGUES_TONE), "to be parted")
        other.handset.says_nothing()

    async def close(self) -> None:
        """End whatever is left."""
        await self._citizen.close()


class RealPhone(Listening):
    """A phone by SIPp and a handset."""

    def __init__(self, phone: Phone, *, sends_audio: bool) -> None:
        super().__init__()
        self.phone = phone
        self._sends_audio = sends_audio
        self.who = phone.who
        self.number = phone.number

    @property
    def ear(self) -> Ear:
        """What is heard at it, in the last call."""
        assert self.phone.ear is not None, f"{self.who} was never rung"
        return self.phone.ear

    @property
    def times_rung(self) -> int:
        """How many INVITEs reached it."""
        return self.phone.times_rung

    @property
    def shown_number(self) -> str | None:
        """The number that its display shows, or that a curious phone finds: empty if there is none."""
        if not self.phone.times_rung:
            return None
        numbers = [
            found[1] for header in (self.phone.shown, self.phone.asserted) if (found := SAID.search(header))
        ]
        return next((number for number in numbers if number != "anonymous"), "")

    @property
    def shows_missed_call(self) -> bool:
        """Whether it was cancelled without "answered elsewhere" (RFC 3326: SIP;cause=200)."""
        return self.phone.cancelled is not None and "cause=200" not in self.phone.cancelled

    async def has_heard(self, *prompts: str) -> None:
        """Wait until these are all the prompts heard so far in this call."""
        if prompts or self.phone.ear is not None:
            await super().has_heard(*prompts)

    async def rings(self) -> None:
        """Wait until it rings."""
        await self.phone.rings()
        await self.phone.until(lambda: self.phone.ringing or self.phone.talking, "to ring")

    async def answers(self) -> None:
        """Take it up."""
        await self.phone.answers()
        if not self._sends_audio:
            self.phone.handset.mutes()

    async def presses(self, keys: str) -> None:
        """Press keys (RFC 4733)."""
        await self.phone.presses(keys)

    async def hangs_up(self) -> None:
        """BYE."""
        await self.phone.hangs_up()

    async def is_put_down(self) -> None:
        """Wait until nothing goes on at it any more."""
        await self.phone.is_free()
