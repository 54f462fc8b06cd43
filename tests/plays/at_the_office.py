"""The same plays on a real Asterisk: SIPp citizens, SIP phones, the whole service; in real time, so in a hurry.

What a machine cannot do on purpose in the instant it wants (act before anybody else can stir, restart the PBX) is left
to the plays in memory. Here the network has its own instants.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import count

from callflows.command import CommandId
from callflows.facts import NO_CALL, CallArrived, CallEnded, Fact, PartiesConnected, TransferAttempted
from callflows.floor.presence import TALKS, Presence
from telephony.values import CallId
from tests.fakes.behaviour import Behaviour
from tests.fakes.moments import passes
from tests.office.office import Office, eventually
from tests.phones.citizen import Citizen
from tests.phones.phone import Phone
from tests.phones.phone_call import PhoneCall
from tests.plays.company import commanded
from tests.plays.script import CLERKS, COLLEAGUES, PHONES, Act, Play
from tests.plays.town import CLERK_AT
from tests.plays.watch import Watch

HURRY, HEAD_START = 0.06, 0.2
"""A second of a script takes so many here; one in which nobody acts, for somebody is being reached, takes more."""
WITHIN_REACH = {"1001": False, "1002": False, "1003": True}
"""Colleagues' phones, and whether they are behind the hall's other PBX."""
NOT_HERE = {Behaviour.DEAD: Behaviour.NEVER_ANSWERS, Behaviour.BUSY: Behaviour.DECLINES}
"""What a phone cannot become and be again what it was."""
TONES = {number: 500 + 100 * place for place, number in enumerate(PHONES)}
"""Hz: what each phone speaks, so that whoever is with it hears somebody."""


class Company:
    """The cast of the plays in one office; phones stay, citizens come and go."""

    def __init__(self, office: Office) -> None:
        self.facts: list[Fact] = []
        self.commands: list[CommandId] = []
        self._office = office
        self._house = office.service.house
        self._ids = count(1)
        self._citizens: dict[int, Citizen] = {}
        self._called: list[Citizen] = []
        """All who have called in this play."""
        self._phones: dict[str, Phone] = {}
        self._placed: dict[str, PhoneCall] = {}
        self._at_it: set[asyncio.Task[None]] = set()
        self._watch = Watch(office)

    @classmethod
    @asynccontextmanager
    async def opened(cls, office: Office) -> AsyncIterator["Company"]:
        """Everybody is plugged in until the end of the block."""
        async with AsyncExitStack() as stack:
            company = cls(office)
            for number in PHONES:
                trunk = WITHIN_REACH.get(number, False)
                phone = office.phone(number, Behaviour.TAKES_IT, behind_trunk=trunk)
                company._phones[number] = await stack.enter_async_context(phone)
                phone.speaking = TONES[number]
            reading = asyncio.create_task(company._reads())
            try:
                yield company
            finally:
                reading.cancel()
                await asyncio.gather(reading, *company._at_it, return_exceptions=True)
                await company._citizens_leave()

    async def plays(self, play: Play) -> None:
        """One play, from an empty line to one at rest."""
        for number in PHONES:
            self._becomes(number, "takes-it")
        for number, mood in zip(COLLEAGUES, play.moods, strict=True):
            self._becomes(number, mood)
        for clerk in play.on_duty:
            self._house.floor.log_on(CLERK_AT[clerk])
        async with self._watch.over(self._citizens):
            for act in play.acts:
                await passes((act.after or 0.0) * (HEAD_START if act.who == "nobody" else HURRY))
                self._begins(act)
            await passes(play.stays * HURRY / 5)
        await self._goes_home()

    async def _goes_home(self) -> None:
        """Everybody puts down, and then nothing is left of it anywhere."""
        for task in self._at_it:
            task.cancel()
        await asyncio.gather(*self._at_it, return_exceptions=True)
        self._at_it.clear()
        await self._citizens_leave()
        for call in self._placed.values():
            call.is_dropped()
        self._placed.clear()
        await self._office.is_at_rest()
        await eventually(self._nobody_is_with_anybody, "clerks and queue to be free")
        for clerk in CLERKS:
            self._house.floor.log_on(CLERK_AT[clerk])
        assert {seen.presence for seen in self._house.floor.clerks()} == {Presence.READY}
        for clerk in CLERKS:
            self._house.floor.log_off(CLERK_AT[clerk])
        for phone in self._phones.values():
            await phone.registers()
        await eventually(self._all_have_ended, "every call to have its end on record")

    def _all_have_ended(self) -> bool:
        kinds = [type(fact) for fact in self.facts]
        return kinds.count(CallArrived) == kinds.count(CallEnded)

    async def _citizens_leave(self) -> None:
        self._citizens.clear()
        while self._called:
            await self._called.pop().close()

    def _nobody_is_with_anybody(self) -> bool:
        floor = self._house.floor
        busy = [seen for seen in floor.clerks() if seen.call or seen.presence in TALKS | {Presence.OFFERED}]
        return not busy and not floor.waiting()

    async def _reads(self) -> None:
        async with self._office.service.journal.subscribe(room=10_000) as told:
            async for fact in told:
                self.facts.append(fact)

    # ---- acting: begun, not awaited; what cannot be done just then is left

    def _begins(self, act: Act) -> None:
        task = asyncio.create_task(self._does(act), name=f"{act.who} {act.does}")
        self._at_it.add(task)
        task.add_done_callback(self._at_it.discard)

    async def _does(self, act: Act) -> None:
        who, _, number = act.who.partition(" ")
        with suppress(AssertionError, TimeoutError):  # it came too late: nobody is there any more
            match who:
                case "citizen":
                    await self._citizen_does(int(number), act)
                case "host":
                    await self._phone_does(self._host_of(int(number)), act)
                case "rung":
                    ringing = [one for one, phone in self._phones.items() if phone.ringing]
                    await self._phone_does(ringing[0] if ringing else "", act)
                case _:
                    await self._phone_does(who, act)

    def _call_of(self, citizen: int) -> CallId:
        """Their last call; empty before the first one."""
        arrived = [fact for fact in self.facts if isinstance(fact, CallArrived)]
        return next(
            (fact.call for fact in reversed(arrived) if fact.number.endswith(number_of(citizen))), NO_CALL
        )

    def _host_of(self, citizen: int) -> str:
        """The phone that they were connected with last."""
        about = [fact for fact in self.facts if fact.call == self._call_of(citizen)]
        connected = [fact.attempt for fact in about if isinstance(fact, PartiesConnected)]
        rung = {fact.attempt: fact.target for fact in about if isinstance(fact, TransferAttempted)}
        return rung[connected[-1]] if connected else ""

    async def _citizen_does(self, number: int, act: Act) -> None:
        citizen = self._citizens.get(number)
        if act.does == "wants" and (citizen is None or citizen.over):
            citizen = self._citizens[number] = self._office.citizen(number=number_of(number))
            self._called.append(citizen)
            await citizen.dials()
            await citizen.is_answered()
        if citizen is None or citizen.over:
            return
        match act.does:
            case "wants" | "presses" if act.what:
                await citizen.presses(act.what)
            case "hangs up":
                del self._citizens[number]
                await citizen.hangs_up()
            case "holds" if number not in self._watch.holding:
                self._watch.holding.add(number)
                await citizen.holds()
            case "resumes" if number in self._watch.holding:
                await citizen.resumes()
                self._watch.holding.discard(number)
            case "is commanded":
                self._commands(self._call_of(number), act.what)

    def _commands(self, call: CallId, what: str) -> None:
        ident = CommandId(f"command-{next(self._ids)}")
        if self._house.switchboard.give(call, commanded(ident, what)):
            self.commands.append(ident)

    async def _phone_does(self, number: str, act: Act) -> None:
        phone = self._phones.get(number)
        if phone is None:
            return
        verbs: dict[str, Callable[[], Awaitable[object]]] = {
            "dials": lambda: self._dials(number, act.what),
            "unregisters": phone.registers if act.what == "on" else phone.unregisters,
            "puts the second call down": lambda: self._puts_down(number),
        }
        if act.does in verbs:
            await verbs[act.does]()
        elif act.does == "becomes":
            self._becomes(number, act.what)
        elif act.does == "works" and number in CLERK_AT:
            getattr(self._house.floor, act.what)(CLERK_AT[number])
        elif phone.ringing:
            await self._at_a_ringing_phone(phone, act)
        elif phone.talking:
            await self._at_a_talking_phone(number, phone, act)

    async def _at_a_ringing_phone(self, phone: Phone, act: Act) -> None:
        match act.does:
            case "answers":
                await phone.answers()
            case "declines":
                phone.refuses("603")

    async def _at_a_talking_phone(self, number: str, phone: Phone, act: Act) -> None:
        match act.does:
            case "presses":
                await phone.presses(act.what)
            case "hangs up":
                await phone.hangs_up()
            case "holds":
                await phone.holds()
            case "resumes":
                await phone.resumes()
            case "falls silent":
                self._watch.may_be_quiet()
                phone.handset.says_nothing()
            case "refers" if act.what:
                await phone.refers(act.what)
            case "refers to consulted" if number in self._placed and self._placed[number].talking:
                await phone.refers_to_consulted(self._placed[number])

    async def _dials(self, number: str, what: str) -> None:
        if number not in self._placed or self._placed[number].over:
            self._placed[number] = await self._phones[number].dials(what)

    async def _puts_down(self, number: str) -> None:
        if number in self._placed:
            self._placed[number].is_dropped()

    def _becomes(self, number: str, behaviour: str) -> None:
        wanted = Behaviour(behaviour)
        self._phones[number].behaviour = NOT_HERE.get(wanted, wanted)
        if wanted is Behaviour.ONE_WAY_AUDIO:
            self._watch.may_be_quiet()


def number_of(citizen: int) -> str:
    """The number that this citizen calls from."""
    return f"60100000{citizen}"
