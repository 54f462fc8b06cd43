"""The phones of one call: rung on its behalf, or taken over from another call; each ended with its block."""

from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from telephony.ari.exchange import Exchange
from telephony.ari.leg import RungLeg
from telephony.values import CallId, Ended, LegId, Target


class Legs:
    """Iterating gives those that are there now."""

    def __init__(
        self,
        exchange: Exchange,
        call: CallId,
        of_calls_by: Callable[[Collection[str], LegId], RungLeg | None],
    ) -> None:
        self._exchange = exchange
        self._call = call
        self._of_calls_by = of_calls_by
        self._legs: set[RungLeg] = set()
        self._numbers: set[str] = set()
        """Of every phone that was one of them: only these may bring in whom they have consulted."""

    def __iter__(self) -> Iterator[RungLeg]:
        return iter(tuple(self._legs))

    def rung(self, target: Target) -> AbstractAsyncContextManager[RungLeg]:
        """One that is to be placed; ended with the block."""
        return self._own(RungLeg(self._exchange, self._call, target))

    def taken_over(self, leg: LegId) -> AbstractAsyncContextManager[RungLeg]:
        """One that was another call's until now, or, if nobody is there, one that has ended."""
        return self._own(self._moved(leg) or self._nobody())

    def caller_left(self) -> None:
        """Nobody shall run to a phone for a caller who has gone."""
        for leg in self:
            if not leg.answered:
                self._exchange.errands.run(leg.stop())

    def _moved(self, leg: LegId) -> RungLeg | None:
        former = self._of_calls_by(self._numbers, leg)
        return former.move_to(self._call) if former is not None and former not in self._legs else None

    def _nobody(self) -> RungLeg:
        leg = RungLeg(self._exchange, self._call, Target(""))
        leg.lose(Ended.UNREACHABLE, "no such leg")
        return leg

    @asynccontextmanager
    async def _own(self, leg: RungLeg) -> AsyncIterator[RungLeg]:
        """Unless this process goes while the leg is in a talk: whoever talks is left talking."""
        self._legs.add(leg)
        self._numbers.add(leg.target.number)
        try:
            yield leg
        finally:
            try:
                if not (self._exchange.leaving and leg.wire.bridge):
                    await leg.stop()
            finally:
                self._legs.discard(leg)
