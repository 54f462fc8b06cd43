"""A phone with somebody at it: registered at Asterisk, behind the hall's other PBX, or out in the city.

async with Phone(pbx, book, "201", Behaviour.TAKES_IT, after=1.0) as phone:
    await phone.rings()
"""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import CITY, HALL, Pbx
from tests.pbx.ports import free_udp_port
from tests.phones.acting import act
from tests.phones.clipbook import Clipbook
from tests.phones.desk_set import DeskSet
from tests.phones.ear import LIMIT, Ear
from tests.phones.phone_call import PhoneCall
from tests.phones.rung_call import RungCall
from tests.phones.sip.dialog import address

HOST = "127.0.0.1"
UNREACHED = (Behaviour.NOT_REGISTERED, Behaviour.DEAD)
ELSEWHERE = "999"
"""Where a forwarding phone sends its calls."""


class Phone(DeskSet):
    """One phone. It takes one call at a time; what was heard in the last one stays to be looked at.

    What is said of "the call" is about the one that came in last; a call that it `dials` is an object of its own.
    """

    def __init__(
        self,
        pbx: Pbx,
        book: Clipbook,
        number: str,
        behaviour: Behaviour = Behaviour.BY_HAND,
        *,
        after: float = 0.3,
        behind_trunk: bool = False,
        behind_city: bool = False,
    ) -> None:
        """A phone behind a trunk is reached by every number that ends with its own, so by all if it has none."""
        self.after = after
        self.behaviour = behaviour
        self.speaking = 0
        """The tone that it speaks once it is answered, in Hz; 0 for silence."""
        where = (HOST, free_udp_port())
        if behind_trunk:
            where = (HALL, pbx.hall_port)
        if behind_city:
            where = (CITY, pbx.city_port)
        self._elsewhere = behind_trunk or behind_city
        registers = not self._elsewhere and behaviour is not Behaviour.NOT_REGISTERED
        super().__init__(pbx, book, number, where, registers=registers)
        self._acting: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.plugs_in()
        if self.behaviour in UNREACHED:
            self.goes_dead()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._acting is not None:
            self._acting.cancel()
            await asyncio.gather(self._acting, return_exceptions=True)
        await self.plugs_out()

    # ---- what is seen of the call

    @property
    def ringing(self) -> bool:
        """Whether it rings, and says so."""
        return self.call is not None and self.call.ringing

    @property
    def talking(self) -> bool:
        """Whether the call was answered and goes on."""
        return self.call is not None and self.call.talking

    @property
    def shown(self) -> str:
        """The From header: what the display may show."""
        return self.call.shown if self.call is not None else ""

    @property
    def asserted(self) -> str:
        """The P-Asserted-Identity header; empty if there was none."""
        return self.call.asserted if self.call is not None else ""

    @property
    def dialled(self) -> str:
        """The number in the request: what Asterisk dialled."""
        return self.call.dialled if self.call is not None else ""

    @property
    def cancelled(self) -> str | None:
        """The Reason header of the CANCEL; None while there was none."""
        return self.call.cancelled if self.call is not None else None

    @property
    def rang_at(self) -> float:
        """When it began to ring, on the loop's clock; 0 if it did not."""
        return self.call.rang_at if self.call is not None else 0.0

    @property
    def stopped_at(self) -> float:
        """When the call was over or taken back; 0 while it is not."""
        return self.call.stopped_at if self.call is not None else 0.0

    @property
    def ear(self) -> Ear | None:
        """What is heard in the call; None before the first one."""
        return self.call.ear if self.call is not None else None

    @property
    def prompts(self) -> list[str]:
        """The names of what was said into it in the call."""
        return self.call.prompts if self.call is not None else []

    # ---- what is done at it

    async def rings(self) -> None:
        """Wait until it is rung, and shows it."""
        await self.until(lambda: self.ringing or self.talking, "to be rung")

    def shows_ringing(self) -> None:
        """180, or 183 with audio from behind a trunk."""
        self._present.rings(with_audio=self._elsewhere)

    async def answers(self) -> None:
        """Take it up; returns when the network has agreed."""
        await self.rings()
        await self._present.answers()
        if self.speaking:
            self.handset.speaks(self.speaking)

    def refuses(self, answer: str) -> None:
        """Give a final answer: "486", "603", "480", "404", "503", "302"."""
        elsewhere = address(ELSEWHERE, f"{self._pbx.sip_address}:{self._pbx.sip_port}")
        self._present.refuses(answer, elsewhere=elsewhere if answer == "302" else "")

    async def hangs_up(self) -> None:
        """Put the call down, or decline what still rings."""
        await self._present.hangs_up()

    async def presses(self, keys: str) -> None:
        """Press keys as RFC 4733 events."""
        await self.handset.presses(keys)

    def presses_by_info(self, key: str) -> None:
        """Press one key as SIP INFO."""
        self._present.presses_by_info(key)

    def speaks(self, hz: int) -> None:
        """Speak a steady tone from now on, and in later talks."""
        self.speaking = hz
        self.handset.speaks(hz)

    async def hears(self, prompt: str) -> None:
        """Wait until this prompt was heard in the present call."""
        await self.rings()
        await self._present.hears(prompt)

    async def hears_tone(self, hz: int) -> None:
        """Wait until the caller's tone is heard."""
        await self._present.hears_tone(hz)

    async def hears_music(self) -> None:
        """Wait until there is music."""
        await self._present.hears_music()

    async def holds(self, *, playing: int = 0, inactive: bool = False) -> None:
        """Put the other side on hold: audio stops, or music goes out (as a tone of `playing` Hz)."""
        await self._present.holds(playing=playing, inactive=inactive)

    async def resumes(self) -> None:
        """Take the other side off hold."""
        await self._present.resumes()

    # ---- transfer by its own key

    async def refers(self, to: str) -> None:
        """Blind transfer (REFER) to a number, or to a whole SIP address; returns when it is answered."""
        await self._present.refers(to)

    async def refers_and_hangs_up(self, to: str) -> None:
        """Blind transfer, as phones do it that leave as soon as it is accepted."""
        await self._present.refers_and_hangs_up(to)

    async def refers_to_consulted(self, consulted: PhoneCall) -> None:
        """Attended transfer (REFER with Replaces) to whom a call that this phone placed is with."""
        await self._present.refers_to_consulted(consulted)

    async def is_told(self, status: str) -> None:
        """Wait until a NOTIFY says this of the transfer: "200", "603"."""
        await self._present.is_told(status)

    @property
    def refer_answer(self) -> str:
        """The answer to the last REFER in the call: "202", "603"; empty while there is none."""
        return self._present.refer_answer

    @property
    def notified(self) -> list[str]:
        """How the last transfer goes, as NOTIFY says: "100 Trying", "200 OK"."""
        return self._present.notified

    # ---- waiting

    async def is_free(self) -> None:
        """Wait until nothing goes on at it any more."""
        await self.until(lambda: not self.is_busy, "to be free")

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until `true()`; fail when the time is up."""
        if not await self.bell.until(true, LIMIT):
            story = self.ear.story() if self.ear else "  nothing"
            raise AssertionError(f"{self.who} waited {what} for {LIMIT:.0f} s; heard:\n{story}")

    @property
    def _present(self) -> RungCall:
        assert self.call is not None, f"{self.who} was not rung"
        return self.call

    def is_rung(self, call: RungCall) -> None:
        """Whoever is at it sees to it, as long as the call goes on."""
        self._acting = asyncio.get_running_loop().create_task(act(self), name=f"{self.who} acts")
        call.when_over = self._acting.cancel
