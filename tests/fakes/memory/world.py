"""The whole in-memory world: line, citizens, phones, and the check that nothing is left over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from telephony.call import OnSettled, Story, nobody_asks
from telephony.values import Arrival, Behind, Caller, CallId, Ended, LegId, NumberShown, PhoneSeen, PromptName
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.call import MemoryCall
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.exchange import Exchange
from tests.fakes.memory.line import MemoryLine
from tests.fakes.memory.phone import MemoryPhone, Script, scripted
from tests.fakes.process import Process

LONGEST_CALL = 3600.0

THE_START = datetime(2026, 1, 1, tzinfo=UTC)
"""Since when the first Asterisk runs."""


def seconds_since_the_start() -> datetime:
    """A clock for worlds in which nobody asks what time it is."""
    return THE_START + timedelta(seconds=asyncio.get_running_loop().time())


class MemoryWorld:
    """Build one per test; nothing in it touches the machine. Use it under looptime."""

    def __init__(self, now: Callable[[], datetime] = seconds_since_the_start) -> None:
        self.line = MemoryLine(seen=self._seen)
        self.line.pbx_since = THE_START
        self._now = now
        self._exchange = Exchange(now)
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
        for call in self._calls:
            call.end(Ended.PBX_RESTARTED)
        self.line.pbx_since = self._now()
        if self.line.ready:
            self.line.settle()

    def next_line(self) -> MemoryLine:
        """A line for the next process: when it is served, whom the one before has left is on it."""
        before, self.line = self.line, MemoryLine(self._inherited, self._seen)
        self.line.pbx_since, self.line.failures = before.pbx_since, before.failures
        return self.line

    @asynccontextmanager
    async def process(self, story: Story, settled: OnSettled = nobody_asks) -> AsyncIterator[Process]:
        """A process of the service serves the line, until it dies or is stopped; at the latest at the block's end."""
        self._tasks_before = self._tasks_before or asyncio.all_tasks()
        line = self.next_line() if self.line.gone else self.line
        process = Process(asyncio.create_task(line.serve(story, settled), name="the line"), line.dies)
        try:
            yield process
        finally:
            await process.stops()

    @asynccontextmanager
    async def serves(self, story: Story, settled: OnSettled = nobody_asks) -> AsyncIterator[None]:
        """The line is served with `story` inside this block; at its end every call must come to an end."""
        async with self.process(story, settled):
            yield
            if not await self.line.idle(LONGEST_CALL):
                raise AssertionError(f"calls that do not end: {[call.id for call in self.line.calls]}")
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

    async def talks(self) -> set[tuple[str, ...]]:
        """Every bridge in which two are together: which it is, and who they are."""
        legs = [leg for call in self._calls for leg in self._exchange.legs_of(call.id)]
        ears = [*(call.ear for call in self._calls), *(leg.ear for leg in legs)]
        together = {ear.bridge for ear in ears if ear.other is not None}
        return {(str(id(bridge)), *sorted(ear.whose for ear in bridge.ears)) for bridge in together if bridge}

    def legs_for(self, call: CallId) -> list[LegId]:
        """The legs that ring or talk for this call."""
        return [leg.id for leg in self._exchange.legs_of(call) if not (leg.is_over or leg.handed_to)]

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
        if self.line.draining or self.line.gone:
            return None
        call = MemoryCall(self._exchange, caller.caller, dialled, arrival, caller, phone=phone)
        self._calls.append(call)
        self.line.take(call)
        return call

    def _seen(self, number: str) -> PhoneSeen:
        phone = self._exchange.phones.get(number)
        if not isinstance(phone, MemoryPhone) or phone.behind is Behind.TRUNK:
            return PhoneSeen.UNKNOWN
        if not phone.registered:
            return PhoneSeen.GONE
        return PhoneSeen.FREE if phone.is_free else PhoneSeen.IN_USE

    def _inherited(self) -> list[MemoryCall]:
        for call in self._calls:
            call.ends_music()
        up = [call for call in self._calls if call.left_alone and call.ended is None]
        self._exchange.settle({call.id for call in up})
        resumed = {call: call.goes_on() for call in up}
        self._calls = [resumed.get(call, call) for call in self._calls]
        return list(resumed.values())
