"""Our own phones by SIP and a handset, in the words of the contract suite: rung, and calling."""

import re

from telephony.values import Progress
from tests.fakes.asterisk_real.listening import Listening, Named
from tests.phones.ear import Ear
from tests.phones.handset import Handset
from tests.phones.phone import Phone
from tests.phones.placed_call import PlacedCall

SAID = re.compile(r"sips?:([^@;>]+)@")

TOLD = {Progress.RINGING: "100", Progress.ANSWERED: "200", Progress.FAILED: "503"}
"""How NOTIFY puts what a phone is told of its transfer."""


class RealPhonesCall(Listening):
    """A call that a phone makes; it has a handset of its own."""

    def __init__(self, placed: PlacedCall) -> None:
        super().__init__()
        self.placed = placed
        self.who = placed.who

    @property
    def ear(self) -> Ear:
        """What is heard in it."""
        return self.placed.ear

    @property
    def handset(self) -> Handset:
        """What is spoken into."""
        return self.placed.handset

    async def presses(self, keys: str) -> None:
        """Press keys (RFC 4733)."""
        await self.placed.presses(keys)

    async def holds(self) -> None:
        """Press the hold key."""
        await self.placed.holds()

    async def resumes(self) -> None:
        """Take the call back from hold."""
        await self.placed.resumes()

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key and dial (a blind REFER)."""
        await self.placed.refers(extension)

    async def is_told(self, progress: Progress) -> None:
        """Wait until a NOTIFY says so."""
        await self.placed.is_told(TOLD[progress])

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self.placed.is_answered()

    async def is_refused(self) -> None:
        """Wait until the line ends it without having answered."""
        assert await self.placed.is_refused(), f"{self.who} was answered"

    async def hears_ringing(self) -> None:
        """Wait for 180."""
        await self.placed.until(lambda: self.placed.rang, "to hear the ringing tone")

    async def hangs_up(self) -> None:
        """BYE, or CANCEL before the answer."""
        await self.placed.hangs_up()

    async def is_put_down(self) -> None:
        """Wait until the line has ended the call."""
        await self.placed.is_put_down()


class RealPhone(Listening):
    """One phone; what is said of its call is about the one that came in last."""

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
    def handset(self) -> Handset:
        """What is spoken into in that call."""
        return self.phone.handset

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
        """Wait until that call is over."""
        await self.phone.until(lambda: self.phone.call is None or self.phone.call.over, "to be put down")

    async def holds(self) -> None:
        """Press the hold key."""
        await self.phone.holds()

    async def resumes(self) -> None:
        """Take the call back from hold."""
        await self.phone.resumes()

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key and dial (a blind REFER)."""
        await self.phone.refers(extension)
        assert self.phone.refer_answer == "202", f"REFER was answered with {self.phone.refer_answer}"

    async def transfers_to_consulted(self, second: Named) -> None:
        """Press the transfer key: REFER with Replaces."""
        assert isinstance(second, RealPhonesCall), "a call of this phone's own"
        await self.phone.refers_to_consulted(second.placed)
        assert self.phone.refer_answer == "202", f"REFER was answered with {self.phone.refer_answer}"

    async def is_told(self, progress: Progress) -> None:
        """Wait until a NOTIFY says so."""
        await self.phone.is_told(TOLD[progress])

    async def dials(self, number: str) -> RealPhonesCall:
        """Call from this phone, whatever else goes on at it."""
        return RealPhonesCall(await self.phone.dials(number))

    async def unregisters(self) -> None:
        """Take the registration back: it can be rung no more."""
        await self.phone.unregisters()
