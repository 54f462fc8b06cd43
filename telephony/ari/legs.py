"""The phones of one call: rung on its behalf, left by a process before us, or taken over from another call.

Each that the story has is ended with its block; those that nobody takes over are ended when the caller goes.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from telephony.ari.exchange import Exchange
from telephony.ari.leg import RungLeg
from telephony.ari.reconcile import Found, Party
from telephony.ari.tasks import let_end
from telephony.values import CallId, Ended, LegId, Progress, Target


class Legs:
    """Iterating gives those that are there now."""

    def __init__(
        self,
        exchange: Exchange,
        call: CallId,
        of_calls_by: Callable[[Collection[str], LegId], RungLeg | None],
        left_behind: Sequence[Party] = (),
    ) -> None:
        self._exchange = exchange
        self._call = call
        self._of_calls_by = of_calls_by
        self._legs: set[RungLeg] = set()
        self._numbers: set[str] = set()
        """Of every phone that was one of them: only these may bring in whom they have consulted."""
        found = [RungLeg.found(exchange, call, party) for party in left_behind]
        self._left_behind = {leg.id: leg for leg in found}

    def __iter__(self) -> Iterator[RungLeg]:
        return iter((*self._legs, *self._left_behind.values()))

    def rung(self, target: Target) -> AbstractAsyncContextManager[RungLeg]:
        """One that is to be placed; ended with the block."""
        return self._own(RungLeg(self._exchange, self._call, target))

    @asynccontextmanager
    async def taken_over(self, leg: LegId) -> AsyncIterator[RungLeg]:
        """One that was left behind, or another call's until now; or, if nobody is there, one that has ended."""
        stays = self._left_behind.pop(leg, None)
        async with self._own(stays or self._moved(leg) or self._nobody()) as taken:
            yield taken

    @property
    def left_behind(self) -> int:
        """How many nobody has taken over yet."""
        return len(self._left_behind)

    def has_left_behind(self, leg: LegId) -> bool:
        """Whether nobody has taken it over yet."""
        return leg in self._left_behind

    async def bring_here(self, leg: RungLeg) -> None:
        """Part a phone of another call from whoever it was talking with: it stays up, hears nothing, and is ours."""
        commands = self._exchange.commands
        bridge, leg.wire.bridge = leg.wire.bridge, ""
        if bridge:
            await let_end(leg.wire.command(commands.take_out_of_bridge(bridge, leg.id)))
        if leg.wire.ended is None:
            await let_end(leg.wire.command(commands.name_call(leg.id, self._call)))

    def caller_left(self) -> None:
        """Nobody shall run to a phone, or stay at one, for a caller who has gone."""
        for leg in self:
            if not leg.answered or leg.id in self._left_behind:
                self._exchange.errands.run(leg.stop())

    async def hush(self, found: Found) -> None:
        """Stop what a process before us was saying to any of them; whoever talks with another is told nothing."""
        exchange = self._exchange
        alone = [party.channel.id for party in (found.caller, *found.legs) if not party.talk]
        old = [playback for one in alone for playback in exchange.names.playbacks(one)]
        await asyncio.gather(*(let_end(exchange.commands.stop_playback(playback)) for playback in old))

    async def refuse_what_was_asked(self) -> None:
        """A phone that has asked the process before us for a transfer still waits: it may ask us again."""
        told = self._exchange.commands.report_transfer
        refusals = [leg.wire.command(told(leg.id, Progress.FAILED)) for leg in self._left_behind.values()]
        await asyncio.gather(*map(let_end, refusals))

    def _moved(self, leg: LegId) -> RungLeg | None:
        former = self._of_calls_by(self._numbers, leg)
        return former.move_to(self._call) if former is not None and former not in self._legs else None

    def _nobody(self) -> RungLeg:
        leg = RungLeg(self._exchange, self._call, Target(""))
        leg.lose(Ended.UNREACHABLE, "no such leg")
        return leg

    @asynccontextmanager
    async def _own(self, leg: RungLeg) -> AsyncIterator[RungLeg]:
        """Unless this process goes and the leg is answered: the next one will find it where it is."""
        self._legs.add(leg)
        self._numbers.add(leg.target.number)
        try:
            yield leg
        finally:
            try:
                if not (self._exchange.leaving and leg.answered):
                    await leg.stop()
            finally:
                self._legs.discard(leg)
