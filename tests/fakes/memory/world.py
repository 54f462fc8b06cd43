"""The whole in-memory world: line, citizens, phones, and the check that nothing is left over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telephony.call import Story
from telephony.values import Arrival, Behind, Caller, CallId, LegId, NumberShown, PromptName
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.exchange import Exchange
from tests.fakes.memory.line import MemoryLine
from tests.fakes.memory.phone import MemoryPhone, Script, scripted

LONGEST_CALL = 3600.0


class MemoryWorld:
    """Build one per test; nothing in it touches the machine. Use it under looptime."""

    def __init__(self) -> None:
        self.line = MemoryLine()
        self._exchange = Exchange()
        self._calls: list[MemoryCall] = []
        self._tasks_before: set[asyncio.Task[object]] = set()

    def citizen(
        self,
        *,
        number: str = "+48601234567",
        name: str = "",
        shown: NumberShown = NumberShown.SHOWN,
        dialled: str = "447327600",
        arrival: Arrival = Arrival.NEW,
    ) -> MemoryCitizen:
        """Somebody who may call the hall; `await citizen.dials()` places the call."""
        caller = Caller(number if shown is NumberShown.SHOWN else "", name, shown)

        return MemoryCitizen(caller, lambda citizen: self._place(citizen, dialled, arrival))

    def phone(
        self,
        number: str,
        behaviour: Behaviour | Script = Behaviour.BY_HAND,
        *,
        after: float = 1.0,
        sends_audio: bool = True,
        behind: Behind | None = None,
    ) -> MemoryPhone:
        """A phone with this number; a second one of the same number takes its place."""
        script = scripted(behaviour, after) if isinstance(behaviour, Behaviour) else behaviour
        phone = MemoryPhone(
            number,
            script,
            lambda caller, dialled: self._place(caller, dialled, Arrival.NEW, number),
            registered=behaviour is not Behaviour.NOT_REGISTERED,
            sends_audio=sends_audio and behaviour is not Behaviour.ONE_WAY_AUDIO,
            behind=behind,
        )
        self._exchange.phones[number] = phone
        return phone

    def loses_prompt(self, name: str) -> None:
        """The audio file of this prompt is missing from now on."""
        self._exchange.lost.add(PromptName(name))

    def pbx_restarts(self) -> None:
        """Asterisk crashes and comes back: every leg is gone at once."""
        self._exchange.pbx_restarts()
        self.line.pbx_restarts()

    @asynccontextmanager
    async def serves(self, story: Story) -> AsyncIterator[None]:
        """The line is served with `story` inside this block; at its end every call must come to an end."""
        self._tasks_before = asyncio.all_tasks()
        serving = asyncio.create_task(self.line.serve(story), name="the line")
        try:
            yield
            if not await self.line.idle(LONGEST_CALL):
                raise AssertionError(f"calls that do not end: {[call.id for call in self.line.calls]}")
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
        await self.settles()
        self.assert_at_rest()

    def take_failures(self) -> list[BaseException]:
        """What stories raised so far; from then on it is expected, and forgotten."""
        failures = list(self.line.failures.values())
        self.line.failures.clear()
        return failures

    async def settles(self) -> None:
        """Let everything that was cancelled or woken come to its end; no time passes."""
        for _ in range(20):
            await asyncio.sleep(0)

    def assert_at_rest(self) -> None:
        """Nothing is left: no leg, bridge, playback, music or task, and no story failed."""
        failures = {call: repr(error) for call, error in self.line.failures.items()}
        assert not failures, f"stories failed: {failures}"
        assert not self._exchange.alive.descriptions, f"left over: {self._exchange.alive.descriptions}"
        tasks = asyncio.all_tasks() - self._tasks_before - {asyncio.current_task()}
        names = sorted(task.get_name() for task in tasks if not task.done())
        assert not names, f"tasks left over: {names}"

    def legs_for(self, call: CallId) -> list[LegId]:
        """The legs that ring or talk for this call."""
        return [leg.id for leg in self._exchange.legs_of(call) if leg.ended is None]

    @property
    def ghost_legs(self) -> list[LegId]:
        """Legs that ring or talk for a call that is over."""
        over = [call for call in self._calls if call.ended is not None]
        return [leg for call in over for leg in self.legs_for(call.id)]

    def assert_no_ghost_legs(self) -> None:
        """No phone rings or talks for a call that is over."""
        assert not self.ghost_legs, f"ghost legs: {self.ghost_legs}"

    def _place(
        self, caller: MemoryCitizen, dialled: str, arrival: Arrival, phone: str = ""
    ) -> MemoryCall | None:
        if self.line.draining:
            return None
        call = MemoryCall(self._exchange, caller.caller, dialled, arrival, caller, phone=phone)
        self._calls.append(call)
        self.line.take(call)
        return call
