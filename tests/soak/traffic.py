"""One call after another at a steady rate, never more than so many at once, and all wishes in their proportion."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.pbx.asterisk import Pbx
from tests.pbx.ports import free_udp_port
from tests.phones.sip.message import Message
from tests.phones.sip.user_agent import UserAgent
from tests.phones.sip.wire import Address, Wire
from tests.soak.air import Air
from tests.soak.citizen import Citizen, Wish
from tests.soak.ledger import Ledger, Lived
from tests.soak.light_call import so_long

LONGEST_IMPATIENCE = 6.0
"""Seconds after which who puts down at any moment has put down."""
LONGEST_CALL = 120.0
"""Seconds after which a call is given up: nobody waits so long here."""


@dataclass(slots=True)
class Traffic:
    """Everybody who calls in a run."""

    pbx: Pbx
    air: Air
    ledger: Ledger
    dice: random.Random
    citizens: dict[int, Citizen] = field(default_factory=dict)
    """Who is on the line, by serial."""
    most: int = 0
    """So many have been on the line at once."""
    stuck: list[str] = field(default_factory=list)
    """Who had to be taken off the line, in words."""
    _serial: int = 0
    _wire: Address | None = None
    _nobody: UserAgent | None = None

    async def flows(
        self,
        wishes: tuple[Wish, ...],
        number: int,
        *,
        rate: float,
        at_once: int,
        tell: Callable[[], None] = lambda: None,
    ) -> None:
        """Place so many calls, `rate` a second, and return when the last is over."""
        room, going = asyncio.Semaphore(at_once), set[asyncio.Task[None]]()
        deck = self._deck(wishes, number)
        for wish in deck:
            await room.acquire()
            task = asyncio.create_task(self._one(wish, room), name=f"caller {self._serial}")
            going.add(task)
            task.add_done_callback(going.discard)
            self.most = max(self.most, len(self.citizens))
            tell()
            await so_long(self.dice.uniform(0.5, 1.5) / rate)
        while going:
            await asyncio.wait(going, timeout=1.0)
            tell()

    def _deck(self, wishes: tuple[Wish, ...], number: int) -> list[Wish]:
        """Every wish as often as it is wanted, in random order."""
        all_of_them = [wish for wish in wishes for _ in range(wish.often)]
        decks = [
            self.dice.sample(all_of_them, len(all_of_them)) for _ in range(1 + number // len(all_of_them))
        ]
        return [wish for deck in decks for wish in deck][:number]

    async def _one(self, wish: Wish, room: asyncio.Semaphore) -> None:
        self._serial += 1
        serial = self._serial
        citizen = self.citizens[serial] = Citizen(
            serial, wish, self._at, (self.pbx.sip_address, self.pbx.sip_port), self.air
        )
        try:
            limit = self.dice.uniform(0.05, LONGEST_IMPATIENCE) if wish.impatient else LONGEST_CALL
            self.ledger.calls.append(await self._patient(citizen, limit))
        finally:
            room.release()
        await so_long(1.0)  # what its clerk still does is looked up by the serial
        del self.citizens[serial]

    async def _patient(self, citizen: Citizen, limit: float) -> Lived:
        call = asyncio.create_task(citizen.calls())
        done, _ = await asyncio.wait([call], timeout=limit)
        if not done:
            if not citizen.wish.impatient:
                self.stuck.append(f"{citizen.number} ({citizen.wish.name}): {citizen.call.heard[-5:]}")
            await citizen.call.hangs_up()
        return await call

    @property
    def _at(self) -> Address:
        """The address that all citizens share, as calls of one network do; somebody is always there."""
        if self._wire is None:
            self._wire = (self.air.host, free_udp_port())
            server = (self.pbx.sip_address, self.pbx.sip_port)
            self._nobody = UserAgent("", Wire.at(self._wire, server), self._is_late)
        return self._wire

    def _is_late(self, request: Message) -> None:
        """Something for a citizen who has gone: the answer to it was lost."""
        assert self._nobody is not None
        if request.method != "ACK":
            self._nobody.answers(request, "481 Call/Transaction Does Not Exist", tag="gone")

    def ends(self) -> None:
        """Nobody is at the address any more."""
        if self._nobody is not None:
            self._nobody.close()
