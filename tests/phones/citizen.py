"""A citizen with a telephone: SIPp calls the hall, a handset hears and presses keys.

async with Citizen(pbx, book, number="601234567") as citizen:
    await citizen.dials()
    await citizen.hears("greeting")
    await citizen.presses("1")
    await citizen.hangs_up()
"""

import asyncio
from types import TracebackType
from typing import Self

from telephony.values import NumberShown
from tests.pbx.asterisk import CITY, Pbx
from tests.pbx.ports import free_udp_port
from tests.phones.clipbook import Clipbook
from tests.phones.ear import Ear
from tests.phones.handset import Handset
from tests.phones.hearing import Heard
from tests.phones.sip.sdp import Flow
from tests.phones.sipp import Sipp

NOTHING = "X-Nothing: here"
LAST_PACKETS = 0.3
"""Seconds after the end of a call until its recording is closed: what is on its way still counts."""


class Citizen:
    """One call of one citizen. Leaving the block ends the call, however it stands."""

    def __init__(
        self,
        pbx: Pbx,
        book: Clipbook,
        *,
        number: str = "601234567",
        name: str = "",
        shown: NumberShown = NumberShown.SHOWN,
        asserted: str = "",
        dialled: str = "447327700",
    ) -> None:
        """`asserted` is the real number that the network asserts for a caller who withholds it (RFC 3325)."""
        self.who = f"the citizen {number if shown is NumberShown.SHOWN else shown.value}"
        self._server = (pbx.sip_address, pbx.sip_port)
        self._keys = _identity(number, name, shown, asserted) | {"dialled": dialled}
        self._handset = Handset(CITY)
        self._ear = Ear(self.who, self._handset, book)
        self._sipp = Sipp("caller", host=CITY, port=free_udp_port(), hear=self._told)
        self._call_id = f"{self._sipp.port}-{id(self)}@{CITY}"
        self._requests = 1
        self._dialled_at = self._answered_at = 0.0
        self._hung_up = self._turned = False
        self.refused = ""
        """The final answer of a call that was not answered: "603"."""
        self.rang = False
        self.over = False

    async def dials(self) -> None:
        """Place the call."""
        self._dialled_at = _now()
        keys = self._keys | {"audio": str(self._handset.port)}
        await self._sipp.start(self._server, keys, "-m", "1", "-cid_str", self._call_id)

    async def changes_their_mind(self) -> None:
        """Dial, and take it back in the same breath (INVITE, CANCEL); returns when the call is over."""
        sipp = Sipp("changes-mind", host=CITY, port=free_udp_port(), hear=lambda _: None)
        try:
            await sipp.start(self._server, self._keys | {"audio": str(self._handset.port)}, "-m", "1")
            await sipp.ends()
        finally:
            await sipp.close()

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self._ear.until(lambda: self._answered_at > 0, "for an answer")

    @property
    def answered_after(self) -> float:
        """Seconds from starting SIPp (it takes some 50 ms) to 200 OK."""
        return self._answered_at - self._dialled_at

    @property
    def ear(self) -> Ear:
        """What the citizen hears."""
        return self._ear

    @property
    def handset(self) -> Handset:
        """What the citizen speaks into."""
        return self._handset

    @property
    def heard(self) -> list[Heard]:
        """All prompts that were heard to their end, or cut."""
        return self._ear.heard

    @property
    def prompts(self) -> list[str]:
        """Their names."""
        return self._ear.prompts

    async def hears(self, prompt: str) -> Heard:
        """Wait until this prompt was heard."""
        return await self._ear.hears(prompt)

    async def begins_to_hear(self, prompt: str) -> None:
        """Wait until this prompt is being heard."""
        await self._ear.begins_to_hear(prompt)

    async def hears_tone(self, hz: int) -> None:
        """Wait until the other party's tone is heard."""
        await self._ear.hears_tone(hz)

    async def hears_music(self) -> None:
        """Wait until there is music."""
        await self._ear.hears_music()

    async def presses(self, keys: str) -> None:
        """Press keys as RFC 4733 events."""
        await self._handset.presses(keys)

    def presses_by_info(self, key: str) -> None:
        """Press one key as SIP INFO."""
        self._requests += 1
        self._sipp.tell(self._call_id, f"info {key} {self._requests}")

    def speaks(self, hz: int) -> None:
        """Speak a steady tone from now on."""
        self._handset.speaks(hz)

    def mutes(self) -> None:
        """Send no audio packets any more."""
        self._handset.mutes()

    async def holds(self, *, inactive: bool = False) -> None:
        """Put the hall on hold by re-INVITE, and send no audio; returns when the network has agreed."""
        await self._turns(Flow.NONE if inactive else Flow.OUT)
        self._handset.rests()

    async def resumes(self) -> None:
        """Take the hall off hold."""
        await self._turns(Flow.BOTH)
        self._handset.wakes()

    async def _turns(self, flow: Flow) -> None:
        self._requests += 1
        self._turned = False
        self._sipp.tell(self._call_id, f"turn {flow.value} {self._requests}")
        await self._ear.until(lambda: self._turned, f"for the line to agree to {flow.value}")

    async def hangs_up(self) -> None:
        """Put the receiver down: BYE, or CANCEL before the answer; returns when the network has agreed."""
        self._hung_up = True
        self._sipp.tell(self._call_id, "hang-up" if self._answered_at else "cancel")
        await self._sipp.ends()
        self._ear.close()

    async def is_put_down(self) -> None:
        """Wait until the line has ended the call."""
        await self._sipp_over()
        assert not self._hung_up, f"{self.who} hung up first"
        self._ear.close()

    async def is_refused(self) -> str:
        """Wait until the call was refused, and say with which answer."""
        await self._sipp_over()
        return self.refused

    async def close(self) -> None:
        """End whatever is left."""
        try:
            if self._sipp.running and not self._hung_up and not self.over:
                await self.hangs_up()
        finally:
            self._ear.close()
            await self._sipp.close()
            self._handset.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _sipp_over(self) -> None:
        if not await self._ear.bell.until(lambda: self.over, 120):
            raise AssertionError(
                f"{self.who} waited for the line to end the call; heard:\n{self._ear.story()}"
            )
        self._sipp.went_well()

    def _told(self, line: str) -> None:
        match line.split():
            case ["ringing"]:
                self.rang = True
            case ["answered", port]:
                self._answered_at = _now()
                self._handset.talks_to(self._server[0], int(port))
            case ["turned"]:
                self._turned = True
            case ["refused", answer]:
                self.refused = answer
            case ["over"] | ["ended", _] if not self.over:
                self.over = True
                asyncio.get_running_loop().call_later(LAST_PACKETS, self._ear.close)
        self._ear.bell.ring()


def _identity(number: str, name: str, shown: NumberShown, asserted: str) -> dict[str, str]:
    """The headers that say who calls, in the three ways of withholding a number, or openly."""
    display = f'"{name}" ' if name else ""
    if shown is NumberShown.SHOWN:
        return {"from": f"{display}<sip:{number}@{CITY}>", "identity": NOTHING, "privacy": NOTHING}
    if shown is NumberShown.ABSENT:
        return {"from": f"<sip:{CITY}>", "identity": NOTHING, "privacy": NOTHING}
    identity = f"P-Asserted-Identity: <sip:{asserted}@{CITY}>" if asserted else NOTHING
    anonymous = '"Anonymous" <sip:anonymous@anonymous.invalid>'
    return {"from": anonymous, "identity": identity, "privacy": "Privacy: id" if asserted else NOTHING}


def _now() -> float:
    return asyncio.get_running_loop().time()
