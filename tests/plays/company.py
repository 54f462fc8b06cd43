"""Everybody in a play, in the in-memory world: does what the script says, if it can be done at that moment."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from callflows.command import Command, CommandId
from callflows.facts import CallArrived, CommandAnswered
from callflows.floor.ports import CallerWaiting, ClerkSeen
from callflows.floor.presence import TALKS, Presence
from callflows.talk.commands import (
    AtExtension,
    Cancel,
    Complete,
    HandOver,
    Hold,
    How,
    Leave,
    Resume,
    TakeBack,
    ThisPerson,
    WhoeverIsCompetent,
    Whom,
)
from directory.model import MatterId, PersonId, UnitId
from telephony.values import CallId, Ended
from tests.fakes.behaviour import Behaviour
from tests.fakes.house import FakeHouse
from tests.fakes.memory import MemoryCitizen, MemoryPhone
from tests.fakes.moments import passes
from tests.fakes.scripts import SCRIPTS
from tests.flows.restarts import MortalStage
from tests.plays.ears import Ears
from tests.plays.record import something_is_tried, under_way
from tests.plays.script import CITIZENS, CLERKS, COLLEAGUES, PHONES, Act, Play
from tests.plays.town import CLERK_AT

REACTS = 3.0
"""Seconds after which somebody answers."""
LATE = 2.0
"""Seconds after which a clerk must have noticed that a caller has gone."""

TRIED = 60.0
"""Seconds after which an attempt has its outcome, unless people consult: they may talk as long as they like."""
GHOST = 1.0
"""Seconds after which no phone may ring, or be talked into, for a call that is over."""

PLAIN: dict[str, type[Command]] = {
    "hold": Hold,
    "resume": Resume,
    "complete": Complete,
    "cancel": Cancel,
    "take_back": TakeBack,
    "leave": Leave,
}


@dataclass
class Somebody:
    """A phone of the hall, what it does when it rings, and the calls it has made."""

    phone: MemoryPhone
    behaviour: Behaviour

    def puts_its_own_calls_down(self) -> None:
        """Those that it has made, if they still go on."""
        for call in self.phone.calls:
            call.call.end(Ended.HUNG_UP)


class Company:
    """The cast of one play."""

    def __init__(self, service: MortalStage, ears: Ears) -> None:
        self._service = service
        self.world = service.world
        self.commands: list[CommandId] = []
        """Those that were taken: each must be answered."""
        self._ears = ears
        self._ids = count(1)
        self._citizens: list[MemoryCitizen] = [self._citizen(number) for number in range(CITIZENS)]
        self._gone: list[MemoryCitizen] = []
        self._somebody = {number: self._put_up(number) for number in PHONES}
        self._hosts: dict[int, str] = {}
        """The phone that each citizen talked to last."""
        self._wrong_since: dict[str, float] = {}

    @property
    def house(self) -> FakeHouse:
        """The present one: each process has its own."""
        return self._service.house

    # ---- acting

    async def plays(self, play: Play) -> None:
        """Go through the acts, and look around after each."""
        for clerk in play.on_duty:
            self.house.floor.log_on(CLERK_AT[clerk])
        for colleague, mood in zip(COLLEAGUES, play.moods, strict=True):
            self._becomes(self._somebody[colleague], Behaviour(mood))
        for number, act in enumerate(play.acts):
            if number == play.crash:
                self.world.pbx_restarts()
            if number == play.killed:
                await self._is_killed()
            if play.killed is not None and number == play.killed + play.away:
                await self._starts_again()
            if act.after is not None:
                await passes(act.after)
                self.look_around()
            self.does(act)
        if self.world.line.gone:
            await self._starts_again()
        await passes(play.stays)
        self.look_around()

    async def _is_killed(self) -> None:
        answered = {fact.command for fact in self.house.journal.all(CommandAnswered)}
        self.commands = [command for command in self.commands if command in answered]
        await self._service.dies()

    async def _starts_again(self) -> None:
        await self._service.starts()
        self._wrong_since.clear()

    def does(self, act: Act) -> None:
        """One act, at once; nothing if it makes no sense now."""
        who, _, number = act.who.partition(" ")
        match who:
            case "nobody":
                pass
            case "citizen":
                self._citizen_does(int(number), act)
            case "host":
                self._remember_hosts()
                if int(number) in self._hosts:
                    self._phone_does(self._somebody[self._hosts[int(number)]], act)
            case "rung":
                for one in self._somebody.values():
                    if one.phone.is_with_the_line and not one.phone.leg.answered:
                        self._phone_does(one, act)
                        return
            case _:
                self._phone_does(self._somebody[who], act)

    async def goes_home(self) -> None:
        """Everybody puts down; clerks come back to see whether they are free, and log off."""
        for number in range(CITIZENS):
            self._citizen_does(number, Act(None, "", "hangs up"))
            await passes(0.5)
        for one in self._somebody.values():
            one.puts_its_own_calls_down()
        await passes(10.0)
        self.look_around()
        for clerk in CLERKS:
            self.house.floor.log_on(CLERK_AT[clerk])
        found = {seen.name: seen.presence for seen in self.house.floor.clerks()}
        assert set(found.values()) == {Presence.READY}, f"not free again: {found}"
        assert [seen.call for seen in self.house.floor.clerks()] == [None] * len(CLERKS)
        assert self.house.floor.waiting() == ()
        for clerk in CLERKS:
            self.house.floor.log_off(CLERK_AT[clerk])
        assert {seen.presence for seen in self.house.floor.clerks()} == {Presence.AWAY}

    # ---- looking

    def look_around(self) -> None:
        """Nobody has two, no leg is a ghost, no clerk is kept by a caller who has gone, and the queue is in order."""
        self._remember_hosts()
        if self.world.line.gone:
            return
        self._is_in_order(self.house.floor.waiting())
        for leg in self.world.ghost_legs:
            self._within(GHOST, f"{leg} is a ghost", right=False)
        seen = self.house.floor.clerks()
        calls = [one.call for one in seen if one.call is not None]
        assert len(calls) == len(set(calls)), f"two clerks for one caller: {seen}"
        for clerk in seen:
            self._is_consistent(clerk)
        for number, one in self._somebody.items():
            with_citizens = [
                ear for ear in one.phone.ears if ear.other and ear.other.listener in self._everybody
            ]
            assert len(with_citizens) <= 1, f"{number} has two callers"
            if one.phone.is_with_the_line:
                theirs = one.phone.leg
                right = not theirs.waits_to_be_told or something_is_tried(self.house.journal.facts)
                self._within(LATE, f"{theirs.id} waits for word of its transfer", right=right)
        for attempt in under_way(self.house.journal.facts):
            self._within(TRIED, f"{attempt} is still being tried", right=False)
        in_the_queue = {caller.call for caller in self.house.floor.waiting()}
        for citizen in self._everybody:
            for ear in citizen.ears:
                somebody_comes = citizen.call.id in in_the_queue or self.world.legs_for(citizen.call.id)
                lost = ear.hears_music and not somebody_comes
                self._within(LATE, f"{citizen.call.id} hears music, and nobody comes", right=not lost)

    def _is_in_order(self, waiting: Sequence[CallerWaiting]) -> None:
        """By the time of arrival on the line, whichever process saw it."""
        arrived: dict[CallId, datetime] = {}
        for fact in self.house.journal.all(CallArrived):
            arrived.setdefault(fact.call, fact.at)
        times = [arrived[caller.call] for caller in waiting]
        assert times == sorted(times), f"not by arrival: {waiting}"

    def _is_consistent(self, seen: ClerkSeen) -> None:
        """Whoever has a call has one that goes on; a moment's delay is allowed."""
        up = {
            citizen.call.id
            for citizen in self._everybody
            if citizen.has_dialled and citizen.call.ended is None
        }
        self._within(
            LATE,
            f"{seen.name} is {seen.presence} with {seen.call}",
            right=(seen.presence in TALKS) <= (seen.call is not None)
            and (seen.call is None or seen.call in up),
        )

    def _within(self, seconds: float, what: str, *, right: bool) -> None:
        """It may be wrong for a moment, and no longer."""
        now = asyncio.get_running_loop().time()
        if right:
            self._wrong_since.pop(what, None)
        else:
            since = self._wrong_since.setdefault(what, now)
            assert now - since <= seconds, f"{what} since {since:.1f}, and it is {now:.1f}"

    @property
    def _everybody(self) -> list[MemoryCitizen]:
        return [*self._citizens, *self._gone]

    def _remember_hosts(self) -> None:
        for number, citizen in enumerate(self._citizens):
            for ear in citizen.ears:
                if isinstance(with_them := ear.other and ear.other.listener, MemoryPhone):
                    self._hosts[number] = with_them.number

    # ---- citizens

    def _citizen(self, number: int) -> MemoryCitizen:
        return self.world.citizen(number=f"+4860100000{number}")

    def _citizen_does(self, number: int, act: Act) -> None:
        citizen = self._citizens[number]
        if act.does == "wants" and (not citizen.has_dialled or citizen.call.ended is not None):
            self._gone.append(citizen)
            citizen = self._citizens[number] = self._citizen(number)
            citizen.places_the_call()
            if citizen.has_dialled:  # else the dialplan's own fallback has them
                self._ears.follow(citizen)
        if not citizen.has_dialled or citizen.call.ended is not None:
            return
        match act.does:
            case "wants" | "presses":
                for key in act.what:
                    citizen.call.press(key)
            case "hangs up":
                citizen.call.end(Ended.HUNG_UP)
            case "holds":
                citizen.call.ear.hold()
            case "resumes":
                citizen.call.ear.resume()
            case "is commanded":
                self._commands(citizen, act.what)

    def _commands(self, citizen: MemoryCitizen, what: str) -> None:
        if self.world.line.gone:
            return
        ident = CommandId(f"command-{next(self._ids)}")
        command = commanded(ident, what)
        if self.house.switchboard.give(citizen.call.id, command):
            self.commands.append(ident)

    # ---- phones

    def _put_up(self, number: str) -> Somebody:
        async def acts(phone: MemoryPhone) -> None:
            await passes(0.03)
            await SCRIPTS[self._somebody[number].behaviour](phone, REACTS)

        phone = self.world.phone(number, acts)
        phone.takes_one_call = True
        return Somebody(phone, Behaviour.TAKES_IT)

    def _phone_does(self, one: Somebody, act: Act) -> None:
        verbs: dict[str, Callable[[], None]] = {
            "dials": lambda: self._dials(one, act.what),
            "works": lambda: self._works(one, act.what),
            "puts down when told": lambda: setattr(one.phone, "puts_down_when_told", act.what == "yes"),
            "becomes": lambda: self._becomes(one, Behaviour(act.what)),
            "unregisters": lambda: setattr(one.phone, "registered", act.what == "on"),
            "puts the second call down": one.puts_its_own_calls_down,
        }
        if act.does in verbs:
            verbs[act.does]()
        elif one.phone.is_with_the_line:
            self._at_the_handset(one, act)

    def _at_the_handset(self, one: Somebody, act: Act) -> None:
        leg = one.phone.leg
        match act.does:
            case "answers":
                leg.ring()
                leg.answer()
                leg.ear.microphone.turn_on()
            case "presses":
                for key in act.what:
                    leg.press(key)
            case "declines" if not leg.answered:
                leg.end(Ended.DECLINED, "603")
            case "hangs up" if leg.answered:
                leg.end(Ended.HUNG_UP)
            case "holds":
                leg.hold()
            case "resumes":
                leg.resume()
            case "falls silent":
                leg.ear.microphone.turn_off()
            case "refers":
                leg.refer(act.what, None)
            case "refers to consulted":
                for call in one.phone.calls:
                    if call.call.ended is None:
                        leg.refer(call.dialled, call.with_leg)
                        return

    def _works(self, one: Somebody, how: str) -> None:
        if not self.world.line.gone:
            getattr(self.house.floor, how)(CLERK_AT[one.phone.number])

    def _dials(self, one: Somebody, number: str) -> None:
        if self.world.line.gone or (one.phone.calls and one.phone.calls[-1].call.ended is None):
            return
        one.phone.places_a_call(number)

    def _becomes(self, one: Somebody, behaviour: Behaviour) -> None:
        one.behaviour = behaviour
        one.phone.sends_audio = behaviour is not Behaviour.ONE_WAY_AUDIO


def commanded(ident: CommandId, what: str) -> Command:
    """The command that these words mean: "hold", or "consult person anna"."""
    if what in PLAIN:
        return PLAIN[what](id=ident, by="pani kierownik")
    how, kind, name = what.split()
    whom: dict[str, Callable[[], Whom]] = {
        "person": lambda: ThisPerson(PersonId(name)),
        "matter": lambda: WhoeverIsCompetent(MatterId(name)),
        "unit": lambda: WhoeverIsCompetent(UnitId(name)),
        "at": lambda: AtExtension(name),
    }
    return HandOver(id=ident, by="pani kierownik", whom=whom[kind](), how=How(how))
