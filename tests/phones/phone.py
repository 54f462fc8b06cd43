"""A phone of the hall: registered at Asterisk by SIPp, or behind the hall's other PBX; with somebody at it.

async with Phone(pbx, book, "201", Behaviour.TAKES_IT, after=1.0) as phone:
    await phone.rings()
"""

import asyncio
import re
from types import TracebackType
from typing import Self

from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.bell import Bell
from tests.pbx.asterisk import HALL, Pbx
from tests.pbx.ports import free_udp_port
from tests.phones.acting import act
from tests.phones.clipbook import Clipbook
from tests.phones.ear import LIMIT, Ear
from tests.phones.handset import Handset
from tests.phones.sipp import Sipp

HOST = "127.0.0.1"
INVITED = re.compile(r"invited (\S+) (\S*) (\d+) (.*?) ##(.*)$")
UNREACHED = (Behaviour.NOT_REGISTERED, Behaviour.DEAD)
ELSEWHERE = "999"
"""Where a forwarding phone sends its calls."""


class Phone:
    """One phone. It takes one call at a time; what was heard in the last one stays to be looked at."""

    def __init__(
        self,
        pbx: Pbx,
        book: Clipbook,
        number: str,
        behaviour: Behaviour = Behaviour.BY_HAND,
        *,
        after: float = 0.3,
        behind_trunk: bool = False,
    ) -> None:
        self.who = f"phone {number}"
        self.number = number
        self.after = after
        self.behaviour = behaviour
        self.bell = Bell()
        self.times_rung = 0
        self.shown = ""
        """The From header of the last INVITE: what the display may show."""
        self.asserted = ""
        """Its P-Asserted-Identity header; empty if there was none."""
        self.ringing = self.talking = False
        self.cancelled: str | None = None
        """The Reason header of the last CANCEL; None while there was none."""
        self.rang_at = self.stopped_at = 0.0
        self.speaking = 0
        """The tone that it speaks once it is answered, in Hz; 0 for silence."""
        self.handset = Handset(HALL if behind_trunk else HOST)
        self.ear: Ear | None = None
        self._pbx, self._book, self._behind_trunk = pbx, book, behind_trunk
        self._port = pbx.hall_port if behind_trunk else free_udp_port()
        self._sipp = Sipp("phone", host=self.handset.host, port=self._port, hear=self._told)
        self._call = ""
        self._infos = 1
        self._acting: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        if not self._behind_trunk and self.behaviour is not Behaviour.NOT_REGISTERED:
            self._pbx.add_phones(self.number)
            await self._register(300)
        if self.behaviour not in UNREACHED:
            keys = {"audio": str(self.handset.port), "elsewhere": ELSEWHERE}
            await self._sipp.start((self._pbx.sip_address, self._pbx.sip_port), keys)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._acting is not None:
            self._acting.cancel()
            await asyncio.gather(self._acting, return_exceptions=True)
        await self._sipp.close()
        if self.ear is not None:
            self.ear.close()
        self.handset.close()
        if not self._behind_trunk and self.behaviour is not Behaviour.NOT_REGISTERED:
            await self._register(0)

    # ---- what is done at it

    async def rings(self) -> None:
        """Wait until it is rung, and shows it."""
        await self.until(lambda: self.ringing or self.talking, "to be rung")

    def shows_ringing(self) -> None:
        """180, or 183 with audio from behind the trunk."""
        self._sipp.tell(self._call, "progress" if self._behind_trunk else "ring")

    async def answers(self) -> None:
        """Take it up; returns when the network has agreed."""
        await self.rings()
        self._sipp.tell(self._call, "answer")
        await self.until(lambda: self.talking or not self._call, "to have answered")
        if self.speaking:
            self.handset.speaks(self.speaking)

    def refuses(self, answer: str) -> None:
        """Give a final answer: "486", "603", "480", "404", "503", "302"."""
        self._sipp.tell(self._call, answer)

    async def hangs_up(self) -> None:
        """Put it down."""
        self._sipp.tell(self._call, "hang-up")
        await self.is_free()

    async def presses(self, keys: str) -> None:
        """Press keys as RFC 4733 events."""
        await self.handset.presses(keys)

    def presses_by_info(self, key: str) -> None:
        """Press one key as SIP INFO."""
        self._infos += 1
        self._sipp.tell(self._call, f"info {key} {self._infos}")

    def speaks(self, hz: int) -> None:
        """Speak a steady tone from now on, and in later talks."""
        self.speaking = hz
        self.handset.speaks(hz)

    async def hears(self, prompt: str) -> None:
        """Wait until this prompt was heard in the present call."""
        await self.rings()
        assert self.ear is not None
        await self.ear.hears(prompt)

    async def hears_tone(self, hz: int) -> None:
        """Wait until the caller's tone is heard."""
        assert self.ear is not None
        await self.ear.hears_tone(hz)

    @property
    def prompts(self) -> list[str]:
        """The names of what was whispered into it in the last call."""
        return self.ear.prompts if self.ear is not None else []

    async def is_free(self) -> None:
        """Wait until nothing goes on at it any more."""
        await self.until(lambda: not self._call, "to be free")

    async def until(self, true: "object", what: str) -> None:
        """Wait until `true()`; fail when the time is up."""
        assert callable(true)
        if not await self.bell.until(true, LIMIT):
            story = self.ear.story() if self.ear else "  nothing"
            raise AssertionError(f"{self.who} waited {what} for {LIMIT:.0f} s; heard:\n{story}")

    # ---- what SIPp tells

    def _told(self, line: str) -> None:
        if found := INVITED.match(line):
            self._invited(*found.groups())
        elif line.split(" ")[1:2] == [self._call]:
            self._goes_on(line)
        self.bell.ring()

    def _goes_on(self, line: str) -> None:
        """Something about the present call; what is told of another one (that was busy) is left out."""
        now = asyncio.get_running_loop().time()
        match line.split(" ", 2):
            case ["rings", *_]:
                self.ringing, self.rang_at = True, now
            case ["answered", *_]:
                self.talking, self.ringing = True, False
            case ["cancelled", _, *reason]:
                self.cancelled, self.stopped_at = " ".join(reason).strip(), now
            case ["over", *_]:
                self._over()

    def _invited(self, call: str, _: str, port: str, shown: str, asserted: str) -> None:
        self.times_rung += 1
        if self._call:
            self._sipp.tell(call, "486")  # one call at a time
            return
        if self.ear is not None:
            self.ear.close()
        self._call, self.shown, self.asserted = call, shown, asserted
        self.cancelled, self.stopped_at, self._infos = None, 0.0, 1
        self.ear = Ear(self.who, self.handset, self._book)
        self.handset.says_nothing()
        self.handset.talks_to(self._pbx.sip_address, int(port))
        self._acting = asyncio.get_running_loop().create_task(act(self), name=f"{self.who} acts")

    def _over(self) -> None:
        self._call = ""
        self.ringing = self.talking = False
        self.stopped_at = self.stopped_at or asyncio.get_running_loop().time()
        if self._acting is not None:
            self._acting.cancel()
        if self.ear is not None:
            self.ear.close()

    async def _register(self, seconds: int) -> None:
        sipp = Sipp("register", host=HOST, port=self._port, hear=lambda _: None)
        keys = {"extension": self.number, "seconds": str(seconds)}
        secret = ("-au", self.number, "-ap", self._pbx.phones[self.number])
        try:
            await sipp.start((self._pbx.sip_address, self._pbx.sip_port), keys, "-m", "1", *secret)
            await sipp.ends()
        finally:
            await sipp.close()
