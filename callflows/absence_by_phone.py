"""An official reports an absence from their own phone, or takes it back (bylaw §4.11).

    *14 -> whose phone? -> how long: today, until an hour, until a day, some days -> read back, with who helps
        -> key 1 -> on disk -> "zapisano"

Nothing counts before key 1, and nothing is said to count before it is on disk. Whoever puts down after key 1 is away
all the same. The phone has proved whose it is when it registered; one that several people share is refused.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from enum import Enum
from typing import TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from callflows.floor.ports import NotAClerk
from callflows.ports import AbsenceNotKept, House
from callflows.prompts.to_officials import language_of
from callflows.prompts.wording import Wording
from directory.absence import Absence, AbsenceId, Entered
from directory.away_until import MOST_DAYS, Away, Unclear, for_days, rest_of_today, until_day, until_hour
from directory.deputies import stands_in
from directory.model import Hall, Person
from directory.whom import person_at
from telephony.call import Call
from telephony.digits import Match, Patience, digits, no_key, one_of
from telephony.values import Words

ABSENCE = "*14"
"""What an official dials."""
PATIENCE = 8.0
"""Seconds for the disk: somebody waits in silence."""
TRIES = 4
"""So often they may begin anew."""

Meaning = TypeVar("Meaning")


class Wanted(Enum):
    """What the first key says."""

    TODAY = "1"
    HOUR = "2"
    DAY = "3"
    DAYS = "4"
    IN = "5"
    """They are back."""


class Answer(Enum):
    """What is said to the read-back."""

    YES = "1"
    ANEW = "2"


async def absence_by_phone(house: House, call: Call) -> None:
    """Hear how long somebody is away, read it back, and keep it."""
    hall = house.hall()
    person = person_at(hall, call.phone)
    with house.floor.on_the_phone(call.phone):
        await call.answer()
        if person is None:
            await call.say(Wording(hall).plain("absence.refused"))
        else:
            await _Report(house, call, hall, person).heard()
        await call.hang_up()


class _Report:
    """One official on the phone."""

    def __init__(self, house: House, call: Call, hall: Hall, person: Person) -> None:
        self._house, self._call, self._hall, self._person = house, call, hall, person
        self._unit = hall.units[person.unit]
        self._zone = ZoneInfo(hall.timezone)
        self._wording = Wording(hall, language_of(hall, person))
        policy = hall.policy
        self._patience, self._tries = Patience(policy.first_key, policy.next_key), policy.menu_tries
        self._now = house.clock.now().astimezone(self._zone)

    async def heard(self) -> None:
        """From the first word to the last."""
        first = (self._wording.whose_absence(self._person), *self._away_now())
        for _ in range(TRIES):
            wanted = await self._choose(*first, *self._menu(), keys=self._wishes())
            if wanted is None:
                break
            if wanted is Wanted.IN:
                await self._is_in()
                return
            self._now = self._house.clock.now().astimezone(self._zone)
            away = await self._how_long(wanted)
            if isinstance(away, Unclear):
                first = (self._wording.plain(f"absence.{away.value}"),)
                continue
            answer = await self._read_back(away)
            if answer is Answer.YES:
                await self._is_away(away)
                return
            if answer is None:
                break
            first = ()
        await self._say("absence.nothing")

    # ---- the questions

    def _away_now(self) -> tuple[Words, ...]:
        """What counts already, and the way out of it."""
        absence = self._house.live.absence(self._person.id, self._now)
        return () if absence is None else (self._wording.away_until(absence.reachable, self._now),)

    def _wishes(self) -> dict[str, Wanted]:
        wishes = list(Wanted) if self._away_now() else [wish for wish in Wanted if wish is not Wanted.IN]
        return {wish.value: wish for wish in wishes}

    def _menu(self) -> tuple[Words, ...]:
        names = ("back",) if self._away_now() else ()
        return tuple(
            self._wording.plain(f"absence.menu.{name}") for name in (*names, "today", "hour", "day", "days")
        )

    async def _how_long(self, wanted: Wanted) -> Away | Unclear:
        """Ask for what the first key leaves open."""
        asked = (self._hall, self._unit, self._now)
        match wanted:
            case Wanted.HOUR:
                return until_hour(*asked, await self._type("absence.type.hour"))
            case Wanted.DAY:
                return until_day(*asked, await self._type("absence.type.day"))
            case Wanted.DAYS:
                keys = {str(number): number for number in range(1, MOST_DAYS + 1)}
                days = await self._choose(self._wording.plain("absence.type.days"), keys=keys)
                return Unclear.NOT_UNDERSTOOD if days is None else for_days(*asked, days)
        return rest_of_today(*asked)

    async def _read_back(self, away: Away) -> Answer | None:
        """Say to its end what was understood, and hear whether it is right; keys of before are no answer to it."""
        deputy = stands_in(self._hall, self._person, self._now, self._house.live)
        understood = self._wording.absence_understood(away.reachable, self._now)
        await self._call.say(understood, self._wording.helps(deputy))
        await self._call.ask(matcher=no_key, patience=Patience(0.0, 0.0, 0.0))
        keys = {answer.value: answer for answer in Answer}
        return await self._choose(self._wording.plain("absence.confirm"), keys=keys)

    async def _type(self, prompt: str) -> str:
        """Four keys; fewer, if they pause or press the hash."""
        typed = await self._call.ask(
            self._wording.plain(prompt), matcher=digits(4, ended_by="#"), patience=self._patience
        )
        return typed.keys

    async def _choose(self, *words: Words, keys: Mapping[str, Meaning]) -> Meaning | None:
        """Ask until a key of `keys` is pressed; None after as many tries as callers have."""
        sorry: tuple[Words, ...] = ()
        for _ in range(self._tries):
            typed = await self._call.ask(*sorry, *words, matcher=one_of(keys), patience=self._patience)
            if typed.match is Match.COMPLETE:
                return keys[typed.keys]
            sorry = (self._wording.plain("menu.nothing" if typed.nothing else "menu.wrong"),)
        return None

    # ---- what becomes of it

    async def _is_away(self, away: Away) -> None:
        """On disk first, then aloud; a clerk is offered no caller meanwhile."""
        absence = Absence(
            id=AbsenceId(uuid4().hex),
            person=self._person.id,
            begins=away.begins,
            ends=away.ends,
            back=away.back,
            entered=Entered.PHONE,
            entered_by=self._person.id,
        )
        if not await self._kept(self._house.absences.enter(absence)):
            return
        with suppress(NotAClerk):
            self._house.floor.log_off(self._person.id)
        await self._say("absence.saved")

    async def _is_in(self) -> None:
        person, now = self._person.id, self._house.clock.now()
        if await self._kept(self._house.absences.cancel(person, now, person)):
            await self._say("absence.over")

    async def _kept(self, writing: Awaitable[None]) -> bool:
        """Whether it is on disk in time; if not, they are told so."""
        try:
            async with asyncio.timeout(PATIENCE):
                await writing
        except (AbsenceNotKept, TimeoutError):
            await self._say("absence.failed")
            return False
        return True

    async def _say(self, prompt: str) -> None:
        await self._call.say(self._wording.plain(prompt))
