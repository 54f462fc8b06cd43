"""The stage of one call: its citizen, its phones, everybody who watches, and what is left as evidence."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from api.masking import masked_number
from callflows.facts import CallArrived, CallEnded, Fact, PresenceChanged
from telephony.values import CallId, NumberShown
from tests.demo.actors import Caller, Clerk, Colleague
from tests.demo.evidence import Evidence, PhoneSide, Sound
from tests.demo.facts import ahead, line_of
from tests.demo.house import House
from tests.demo.listening import Music, sounds_in
from tests.demo.screen import Screen
from tests.demo.texts import CITIZEN, LINE, Text
from tests.demo.voices import Cast
from tests.demo.watches import EarWatch, PhoneWatch, Tell
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.bell import Bell
from tests.phones.citizen import Citizen
from tests.phones.ear import Ear
from tests.phones.g711 import RATE, Samples
from tests.phones.phone import Phone

CLOSED_WITHIN = 15.0
"""Seconds within which the record of a call must be closed after its end."""

STYLES = {"citizen": "cyan", "colleague": "magenta", "line": ""}


@dataclass(frozen=True, slots=True)
class Recording:
    """What one telephone heard, for those who want to listen."""

    name: str
    audio: Samples


class Stage:
    """Use it in `async with`: leaving it ends the call and puts all phones away."""

    def __init__(self, house: House, screen: Screen, music: Music, cast: Cast) -> None:
        self.caller: Caller
        self.call: CallId | None = None
        """The call's id in the record, as soon as it is known."""
        self.presence: dict[str, tuple[str, ...]] = {}
        """What the journal says of each clerk's presence, by the clerk's id."""
        self._house, self._screen, self._music = house, screen, music
        self._clips, self._speakers, self._book = cast.clips, cast.speakers, cast.book()
        house.voice.begin(self._book)
        self._colleagues: dict[str, Colleague] = {}
        self._watches: list[EarWatch] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._stack = AsyncExitStack()
        self._bell = Bell()
        self._closed = False
        self._began: float | None = None

    async def __aenter__(self) -> Self:
        self._subscription = self._house.service.journal.subscribe()
        self._start(self._read_the_journal())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self._stack.aclose()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._subscription.close()
            self._screen.end_story()

    async def citizen(self, number: str, shown: NumberShown = NumberShown.SHOWN) -> Caller:
        """The citizen, with a telephone in the city."""
        citizen = Citizen(self._house.pbx, self._book, number=number, shown=shown)
        await self._stack.enter_async_context(citizen)
        tell = self._teller(CITIZEN, "citizen")
        self.caller = Caller(citizen, tell, self._clips, shows=_shows(number, shown), begins=self._begin)
        self._watch_ear(citizen.ear, CITIZEN, "citizen")
        return self.caller

    async def phone(
        self, extension: str, who: Text | str, *, busy: bool = False, taken_up: Text | None = None
    ) -> Colleague:
        """A phone of the hall, with this person at it (or a machine)."""
        watch = await self._plug_in(extension, who, Behaviour.BUSY if busy else Behaviour.BY_HAND, taken_up)
        one = Colleague(watch.phone, watch, self._teller(who, "colleague"), self._clips)
        self._colleagues[extension] = one
        return one

    async def clerk(self, extension: str, who: Text | str) -> Clerk:
        """A phone of the desk, with this clerk at it, who has yet to come on duty."""
        watch = await self._plug_in(extension, who, Behaviour.BY_HAND, None)
        one = Clerk(
            watch.phone,
            watch,
            self._teller(who, "colleague"),
            self._clips,
            hear=lambda ear: self._watch_ear(ear, who, "colleague"),
            begins=self._begin,
        )
        self._colleagues[extension] = one
        return one

    async def is_on_record(self) -> None:
        """Wait until the service has closed the call in its record."""
        if not await self._bell.until(lambda: self._closed, CLOSED_WITHIN):
            raise AssertionError(f"the call was not closed on record within {CLOSED_WITHIN:.0f} s")

    def evidence(self) -> Evidence:
        """What all the phones noticed."""
        for watch in self._watches:
            watch.look()
        caller = self.caller
        return Evidence(
            dialled=caller.dialled - self._start_of_story,
            answered=self._since(caller.answered),
            ended=self._since(caller.ended),
            put_down=caller.put_down,
            sounds=sounds_in(
                _recorded(caller.citizen.ear, caller.ended),
                caller.citizen.ear.heard,
                self._music,
                offset=caller.citizen.ear.started - self._start_of_story,
            ),
            phones={extension: self._phone_side(one) for extension, one in self._colleagues.items()},
        )

    def recordings(self) -> list[Recording]:
        """What each telephone heard."""
        caller = self.caller
        found = [Recording("citizen", _recorded(caller.citizen.ear, caller.ended))]
        for extension, colleague in self._colleagues.items():
            if colleague.phone.ear is not None and colleague.watch.answered is not None:
                audio = _recorded(colleague.phone.ear, colleague.watch.stopped)
                found.append(Recording(extension, audio))
        return found

    def _phone_side(self, colleague: Colleague) -> PhoneSide:
        watch, ear = colleague.watch, colleague.phone.ear
        watch.look()
        sounds: tuple[Sound, ...] = ()
        if ear is not None:
            offset = ear.started - self._start_of_story
            sounds = sounds_in(_recorded(ear, watch.stopped), ear.heard, self._music, offset=offset)
        return PhoneSide(
            rang=self._since(watch.rang),
            answered=self._since(watch.answered),
            stopped=self._since(watch.stopped),
            sounds=sounds,
            told=tuple(colleague.phone.notified) if ear is not None else (),
        )

    @property
    def _start_of_story(self) -> float:
        return self.caller.dialled if self._began is None else self._began

    def _begin(self, moment: float) -> None:
        """Somebody dials; the story begins when the first one does."""
        if self._began is None:
            self._began = moment
            self._screen.begin_story(moment)

    def _since(self, moment: float | None) -> float | None:
        return None if moment is None else moment - self._start_of_story

    async def _plug_in(
        self, extension: str, who: Text | str, behaviour: Behaviour, taken_up: Text | None
    ) -> PhoneWatch:
        phone = Phone(self._house.pbx, self._book, extension, behaviour)
        await self._stack.enter_async_context(phone)
        watch = PhoneWatch(
            phone,
            self._teller(who, "colleague"),
            lambda ear: self._watch_ear(ear, who, "colleague"),
            taken_up=taken_up or Text("podnosi słuchawkę", "takes up the receiver"),
        )
        self._start(watch.run())
        return watch

    def _teller(self, who: Text | str, role: str) -> Tell:
        return lambda at, what: self._screen.line(at, who, what, STYLES[role])

    def _watch_ear(self, ear: Ear, who: Text | str, role: str) -> None:
        watch = EarWatch(ear, self._teller(who, role), self._speakers)
        self._watches.append(watch)
        self._start(watch.run())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _read_the_journal(self) -> None:
        async for fact in self._subscription:
            self._take(fact)
            self._bell.ring()

    def _take(self, fact: Fact) -> None:
        if isinstance(fact, CallArrived) and self.call is None:
            self.call = fact.call
        if isinstance(fact, PresenceChanged):
            self.presence[fact.clerk] = (*self.presence.get(fact.clerk, ()), fact.presence)
        elif fact.call != self.call:
            return
        told = line_of(fact)
        if told is not None:
            ago = (self._house.clock.now() - fact.at).total_seconds()
            now = asyncio.get_running_loop().time()
            self._screen.line(now - ago, LINE, told, STYLES["line"], before=ahead(fact))
        self._closed = self._closed or isinstance(fact, CallEnded)


def _shows(number: str, shown: NumberShown) -> Text:
    if shown is NumberShown.SHOWN:
        return Text("z numeru ", "from the number ") + masked_number(number)
    return Text("z numeru zastrzeżonego", "with a withheld number")


def _recorded(ear: Ear, until: float | None) -> Samples:
    """The recording, up to the end of the call."""
    return ear.recording if until is None else ear.recording[: max(0, round((until - ear.started) * RATE))]
