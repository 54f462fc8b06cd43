"""The host: whoever has the caller now, a clerk or a colleague, with their leg and the bridge of their talk."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from callflows.floor.ports import Reservation
from callflows.transfer.log import AttemptLog
from directory.resolve import Candidate
from telephony.call import Call, Leg, Talk


class Host:
    """Made by the attempt that brought the two together; from then on the talk has it."""

    def __init__(
        self,
        call: Call,
        candidate: Candidate,
        log: AttemptLog,
        leg: Leg,
        let_go: Callable[[], Awaitable[None]],
    ) -> None:
        self.candidate = candidate
        self.log = log
        """The record of the attempt by which they got the caller."""
        self.leg = leg
        self.talk: Talk | None = None
        """The bridge with the caller; None while they are apart."""
        self.has_left = False
        """They put down in the instant in which the attempt was through: it has heard that, and nobody else will."""
        self.holds = False
        """They have put the line on hold by their phone's own key, before the talk was proven."""
        self.reservation: Reservation | None = None
        """Held by a clerk from the floor until they have parted."""
        self._call = call
        self._let_go = let_go
        self._bridge = AsyncExitStack()

    @property
    def id(self) -> str:
        """Who it is, for the record: the person's id, or the unit's for its common phone."""
        return self.candidate.person.id if self.candidate.person else self.candidate.unit.id

    @property
    def name(self) -> str:
        """How a voice names them to a colleague."""
        person = self.candidate.person
        return person.spoken if person else self.candidate.unit.spoken

    async def join(self) -> Talk:
        """Bring the two into one bridge."""
        if self.talk is None:
            self.talk = await self._bridge.enter_async_context(self._call.connect(self.leg))
        return self.talk

    async def part(self) -> None:
        """Take the two apart; both stay on the line."""
        self.talk = None
        await self._bridge.aclose()

    async def release(self) -> None:
        """End their part in this call; a second time does nothing."""
        try:
            await self.part()
            await self._let_go()
        finally:
            if self.reservation is not None:
                self.reservation.talk_over()
