"""A caller and whoever had them when the process before us went: taken up again as a host with a talk."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Self

from callflows.company import let_go_of
from callflows.conversation import Conversation
from callflows.host import Host
from callflows.outcomes import Outcome
from callflows.race import first_of
from callflows.restart.ends import AWAY, CALLER_LEFT, ends_of_attempt
from callflows.restart.standing import OpenAttempt, Standing
from callflows.talk.before import Before, Consulting, Held, Together
from callflows.transfer.log import AttemptLog
from callflows.transfer.proof import audio_flows_both_ways
from callflows.transfer.rung import taking_up
from callflows.transfer.table import Event
from directory.model import Extension, Hall, PersonId, UnitId
from directory.resolve import Candidate
from directory.whom import at_extension, this_person
from telephony.call import Call
from telephony.errors import HungUp
from telephony.values import LegId


@dataclass(frozen=True, slots=True)
class LeftTogether:
    """The attempts of a call that go on, by the legs that are still there."""

    host: OpenAttempt | None
    """By which whoever has the caller got them; None if nobody is left who has them."""
    consulted: OpenAttempt | None
    """Whom the host is talking to just now."""

    @classmethod
    def of(cls, standing: Standing, left_behind: tuple[LegId, ...]) -> Self:
        """Find them on record."""
        there = [tried for tried in standing.attempts if tried.leg in left_behind]
        hosts = [tried for tried in there if tried.connected is not None]
        consulted = [tried for tried in there if tried.consulting is not None and tried.connected is None]
        return cls(hosts[-1], consulted[-1] if consulted else None) if hosts else cls(None, None)

    async def taken_up(self, talk: Conversation, standing: Standing) -> tuple[Host, Before]:
        """The host, and where the talk begins. Raises HungUp if the caller has left, once that is on record."""
        assert self.host is not None, "somebody has the caller"
        try:
            async with AsyncExitStack() as unless_taken_up:
                unless_taken_up.callback(talk.floor.lets_go, talk.id)
                await self.let_go_of_others(talk.call)
                held = await unless_taken_up.enter_async_context(AsyncExitStack())
                leg = await held.enter_async_context(talk.call.take_over(self.host.leg))
                candidate = candidate_of(talk.hall, self.host)
                host = Host(talk.call, candidate, AttemptLog.of(talk, self.host), leg, held.aclose)
                unless_taken_up.push_async_callback(host.part)
                host.holds = standing.held is not None and standing.held.by_phone
                before = self._before(talk.hall, standing)
                if isinstance(before, Together):
                    await self._joined(talk, host, interrupted=len(standing.attempts) > 1)
                host.reservation = talk.floor.kept_for(talk.id)
                unless_taken_up.pop_all()
        except HungUp:
            self._end(talk)
            raise
        return host, before

    async def let_go_of_others(self, call: Call) -> None:
        """End the legs that nobody needs: somebody who was just being told whom they get, for example."""
        needed = {tried.leg for tried in (self.host, self.consulted) if tried is not None}
        await let_go_of(call, [leg for leg in call.left_behind if leg not in needed])

    def _before(self, hall: Hall, standing: Standing) -> Before:
        if self.consulted is not None:
            return Consulting(candidate_of(hall, self.consulted), self.consulted)
        if standing.held is not None and not standing.held.by_phone:
            return Held()
        return Together()

    async def _joined(self, talk: Conversation, host: Host, *, interrupted: bool) -> None:
        """In one bridge; who had been about to be handed over hears that this came to nothing."""
        assert self.host is not None
        together = await host.join()
        if interrupted:
            await together.say(talk.wording.plain("resumed"))
        if self.host.outcome is None:
            proved = await _hear_each_other(talk, host)
            without_key = taking_up(host.candidate, self.host.way) is Event.TAKEN_UP_WITHOUT_KEY
            well = Outcome.UNCONFIRMED if without_key else Outcome.EFFECTIVE
            host.log.concluded(well if proved else Outcome.NOT_PROVEN, AWAY)

    def _end(self, talk: Conversation) -> None:
        for tried in (self.consulted, self.host):
            if tried is not None:
                for fact in ends_of_attempt(tried, talk.id, talk.now(), CALLER_LEFT):
                    talk.state(fact)


async def _hear_each_other(talk: Conversation, host: Host) -> bool:
    """Whether audio flows both ways, for a talk that had just begun; not awaited once the caller has gone."""
    together = await host.join()

    async def gone() -> bool:
        await talk.call.left()
        return False

    async def proved() -> bool:
        await audio_flows_both_ways(together, for_seconds=talk.policy.proof)
        return True

    try:
        async with asyncio.timeout(talk.policy.proof_within):
            return await first_of(gone, proved)
    except TimeoutError:
        return False


def candidate_of(hall: Hall, tried: OpenAttempt) -> Candidate:
    """Whom an attempt was about, by the directory of today; by the record alone if they are no longer in it."""
    subject = tried.matter or tried.unit
    person = this_person(hall, PersonId(tried.person), subject=subject) if tried.person else None
    known = person or at_extension(hall, tried.target, subject=subject)
    if known is not None:
        return known
    unit = hall.units.get(UnitId(tried.unit), hall.units[hall.desk])
    return Candidate(unit, Extension(tried.target), "", None, unit.direct)
