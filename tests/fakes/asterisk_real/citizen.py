"""A citizen by SIPp and a handset, in the words of the contract suite."""

from tests.fakes.asterisk_real.listening import Listening
from tests.phones.citizen import Citizen
from tests.phones.ear import LIMIT, Ear
from tests.phones.handset import Handset


class RealCitizen(Listening):
    """A citizen by SIPp and a handset."""

    def __init__(self, citizen: Citizen) -> None:
        super().__init__()
        self._citizen = citizen
        self._dialled = self._elsewhere = False
        self.who = citizen.who

    @property
    def ear(self) -> Ear:
        """What the citizen hears."""
        return self._citizen.ear

    @property
    def handset(self) -> Handset:
        """What the citizen speaks into."""
        return self._citizen.handset

    async def dials(self) -> None:
        """Place the call."""
        self._dialled = True
        await self._citizen.dials()

    async def presses(self, keys: str) -> None:
        """Press keys (RFC 4733)."""
        await self._citizen.presses(keys)

    async def hangs_up(self) -> None:
        """BYE, or CANCEL before the answer."""
        if self._dialled and not self._citizen.over:
            await self._citizen.hangs_up()

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self._citizen.is_answered()

    async def hears_ringing(self) -> None:
        """Wait until their own phone sounds its ringing tone (180)."""
        await self.ear.until(lambda: self._citizen.rang, "to hear the ringing tone")

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

    async def close(self) -> None:
        """End whatever is left."""
        await self._citizen.close()
