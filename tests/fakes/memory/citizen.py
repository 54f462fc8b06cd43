"""A citizen with a telephone, in memory: dials, listens, presses keys, puts down."""

import asyncio
from collections.abc import Callable

from telephony.values import Caller, Ended, HangUpCause
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.ear import Ear
from tests.fakes.memory.party import Party
from tests.fakes.scripts import KEY_SECONDS


class MemoryCitizen(Party):
    """Made by `MemoryWorld.citizen`. Every verb is awaited; what they hear is in `Listener` and `Party`."""

    def __init__(self, caller: Caller, place: Callable[["MemoryCitizen"], MemoryCall | None]) -> None:
        super().__init__(f"the citizen {caller.number or caller.shown.value}")
        self._place = place
        self._caller = caller
        self._call: MemoryCall | None = None
        self._hung_up = False
        self.fell_back = False
        """The line took no calls: the dialplan's own fallback has this one."""

    @property
    def call(self) -> MemoryCall:
        """The call as the line sees it; the citizen must have dialled."""
        assert self._call is not None, f"{self.who} has not dialled (or was sent to the fallback)"
        while self._call.after is not None:
            self._call = self._call.after
        return self._call

    @property
    def caller(self) -> Caller:
        """What the network says of this citizen."""
        return self._caller

    @property
    def line_is_dead(self) -> bool:
        """Whether the call is over."""
        return self._call is not None and self.call.ended is not None

    @property
    def ears(self) -> list[Ear]:
        """The one of their call."""
        return [] if self._call is None else [self.call.ear]

    @property
    def told(self) -> HangUpCause | None:
        """What the line told the citizen's network when it ended the call."""
        return self.call.told

    @property
    def has_dialled(self) -> bool:
        """Whether there is, or was, a call."""
        return self._call is not None

    def places_the_call(self) -> None:
        """Dial, and go on in the same instant."""
        self._call = self._place(self)
        self.fell_back = self._call is None

    async def dials(self) -> None:
        """Place the call."""
        self.places_the_call()
        await asyncio.sleep(0)

    async def presses(self, keys: str) -> None:
        """Press keys one after another, 0.1 s each; from then on they are on their way."""
        for key in keys:
            await asyncio.sleep(KEY_SECONDS)
            self.call.press(key)

    async def hangs_up(self) -> None:
        """Put the handset down (before the answer this is CANCEL)."""
        self._hung_up = self.call.ended is None
        self.call.end(Ended.HUNG_UP)
        await asyncio.sleep(0)

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self.waits_for(lambda: self.call.answered, "for an answer")

    async def is_put_down(self) -> None:
        """Wait until the line ends the call; a citizen who hung up first was not put down."""
        await self.waits_for(lambda: self.call.ended is not None, "to be put down")
        assert not self._hung_up, f"{self.who} hung up first"

    async def hears_ringing(self) -> None:
        """Wait until the line lets the caller's own phone sound its ringing tone (180)."""
        await self.waits_for(lambda: self.call.rings_back, "to hear the ringing tone")

    async def is_sent_elsewhere(self) -> None:
        """Wait until the dialplan's own fallback has the call."""
        await self.waits_for(lambda: self.fell_back, "for the fallback")
