"""A call that one of our own registered phones makes, in memory."""

from collections.abc import Callable

from telephony.values import Caller, LegId, NumberShown, Progress
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.party import Named, Party


class MemoryPhonesCall(MemoryCitizen):
    """Made by `MemoryPhone.dials`; its caller is the phone, and it has an ear of its own."""

    def __init__(
        self, phone: Party, number: str, dialled: str, place: Callable[[MemoryCitizen], MemoryCall | None]
    ) -> None:
        super().__init__(Caller(number, "", NumberShown.SHOWN), place)
        self.who = f"{phone.who}, calling {dialled},"
        self.dialled = dialled
        self.told_progress: list[Progress] = []
        self._phone = phone

    @property
    def person(self) -> Named:
        """The phone that calls."""
        return self._phone

    @property
    def with_leg(self) -> LegId | None:
        """The leg that is in a bridge with this call, if any."""
        other = self.call.ear.other
        return None if other is None else LegId(other.whose)

    async def holds(self) -> None:
        """Press the phone's hold key: whoever is with it hears music. No story is told."""
        self.call.ear.hold()

    async def resumes(self) -> None:
        """Take it back from hold."""
        self.call.ear.resume()

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key: the line lets only whom it has rung hand anybody over, and says that it failed."""
        self.told_progress.append(Progress.FAILED)

    async def is_told(self, progress: Progress) -> None:
        """Wait until it is told this of the transfer it asked for."""
        await self.waits_for(lambda: progress in self.told_progress, f"to be told {progress.value}")

    async def is_refused(self) -> None:
        """Wait until the line ends the call without having answered it."""
        await self.is_put_down()
        assert not self.call.answered, f"{self.who} was answered"
