"""How a transfer goes, told to the host who waits for it: by voice, and by NOTIFY to a phone that asked by REFER."""

from collections.abc import Awaitable, Callable
from functools import partial

from callflows.host import Host
from callflows.talk.requests import Came, Request
from callflows.talk.saying import PROGRESS, Saying
from callflows.transfer.table import State as Trying
from telephony.values import Progress

Start = Callable[[str, Callable[[], Awaitable[None]]], None]
"""Begins some work under a name."""


class ProgressOf:
    """Of the transfers of one host; `asked` is the one that is under way."""

    def __init__(self, host: Host, saying: Saying, start: Start) -> None:
        self.asked: Request | None = None
        self._host, self._saying, self._start = host, saying, start
        self._told: str | None = None
        """What the host was told last."""

    def watch(self, state: Trying) -> None:
        """The attempt is in this state now."""
        told, self._told = self._told, PROGRESS.get(state)
        if self._told and self._told != told:
            self._start("progress", partial(self._tell, self._told))

    async def report(self, progress: Progress) -> None:
        """Tell the phone whose own key asked for it."""
        if self.by_transfer_key:
            await self._host.leg.report(progress)

    @property
    def by_transfer_key(self) -> bool:
        """Whether it was asked for by the phone's own key (REFER)."""
        return self.asked is not None and self.asked.came is Came.BY_TRANSFER_KEY

    async def _tell(self, prompt: str) -> None:
        await self.report(Progress.RINGING)
        await self._saying.to_the_host(prompt)
