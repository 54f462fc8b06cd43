"""A caller's leaving, as an event of a table: for a driver it is one like any other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from telephony.call import Call
from telephony.values import Ended

E = TypeVar("E")
"""The events of one table."""


@dataclass(frozen=True, slots=True)
class Leaving(Generic[E]):
    """What one table calls it if its caller leaves, and if Asterisk itself went and took them with it."""

    call: Call
    left: E
    pbx_restarted: E

    @property
    def how(self) -> E:
        """How they left, once they have."""
        return self.pbx_restarted if self.call.ended is Ended.PBX_RESTARTED else self.left

    async def told(self, post: Callable[[E], None]) -> None:
        """Tell it when it happens."""
        await self.call.left()
        post(self.how)
