"""A staffed desk on real parts: clerks who log on by dialling, citizens who reach them, and a screen beside."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import Protocol

from callflows.floor.presence import TALKS, Presence
from directory.model import Hall
from tests.fakes.behaviour import Behaviour
from tests.flows.clerks import staffed
from tests.office.fixtures import FAST, OpensOffice
from tests.office.office import Office, eventually
from tests.office.screen import Screen
from tests.phones.citizen import Citizen
from tests.phones.clipbook import QUIET
from tests.phones.ear import Ear
from tests.phones.phone import Phone
from tests.phones.tones import VOICES

QUICK = {**FAST, "offer_ring": 20.0, "wrap_up": 0.4, "queue_says": 2.0, "queue_callback": 2.0}
"""The hall's policy for the desk's tests in real time."""

SOON = 0.2
"""Seconds of audio that prove a talk where somebody has to `go_on_talking` until it is proven."""

STUCK = TALKS | {Presence.OFFERED}
"""What nobody can be whom no caller has."""

TONES = cycle(VOICES)
"""Each proof that two hear each other has tones of its own, so that no older one can be taken for it."""

MUSIC = 0.6
"""Seconds for which something must be heard to be music."""


class Party(Protocol):
    """Somebody with a handset: a citizen, a phone in the call that came in last, or a call that it placed."""

    @property
    def ear(self) -> Ear | None:
        """What they hear."""

    def speaks(self, hz: int) -> None:
        """Speak a steady tone from now on."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The office with its desk; who comes here stays until the end of the block."""

    office: Office
    screen: Screen
    _stack: AsyncExitStack

    async def phone(self, number: str, behaviour: Behaviour = Behaviour.BY_HAND, **how: object) -> Phone:
        """A phone that is plugged in."""
        return await self._stack.enter_async_context(self.office.phone(number, behaviour, **how))

    async def on_duty(self, number: str, behaviour: Behaviour = Behaviour.BY_HAND, **how: object) -> Phone:
        """A clerk's phone, from which the clerk has logged on."""
        phone = await self.phone(number, behaviour, **how)
        await dials(phone, "*11", "presence.on")
        return phone

    async def citizen(self, **who: object) -> Citizen:
        """Somebody who may call."""
        return await self._stack.enter_async_context(self.office.citizen(**who))

    async def waits(self, *, in_english: str = "", **who: object) -> Citizen:
        """Somebody who has called and wants a person; `in_english` is the key for that."""
        citizen = await self.citizen(**who)
        await citizen.dials()
        await citizen.begins_to_hear("greeting")
        if in_english:
            await citizen.presses(in_english)
            await citizen.begins_to_hear("menu.entry.1")
        await citizen.presses("0")
        return citizen

    @property
    def call(self) -> str:
        """The path of the only call, for commands: "calls/ID"."""
        (arrived,) = [fact for fact in self.screen.facts if fact["kind"] == "call_arrived"]
        return f"calls/{arrived['call']}"

    async def proven(self, times: int) -> None:
        """Wait until so many transfers in all were proven effective."""
        await self.screen.sees("transfer_ended", times=times, outcome="effective")

    async def outside(self) -> Phone:
        """The whole world outside: whatever is dialled out by the trunk of the city comes here."""
        return await self.phone("", behind_city=True)


def quick(**policy: float) -> Hall:
    """The staffed town in a hurry, with this policy."""
    return staffed(**{**QUICK, **policy})


@asynccontextmanager
async def open_desk(office: AbstractAsyncContextManager[Office]) -> AsyncIterator[Desk]:
    """A desk in this office; at its end nothing is left on the PBX, and no clerk is stuck with who has gone."""
    async with office as opened, Screen.opened(opened.service) as screen:
        async with AsyncExitStack() as stack:
            yield Desk(opened, screen, stack)
        await opened.is_at_rest()
        floor = opened.service.house.floor
        await eventually(
            lambda: not [clerk for clerk in floor.clerks() if clerk.presence in STUCK], "free clerks"
        )


@asynccontextmanager
async def with_a_clerk(
    opens_office: OpensOffice, *, in_english: str = "", **policy: float
) -> AsyncIterator[tuple[Desk, Citizen, Phone]]:
    """A citizen who talks to Zofia, proven."""
    async with open_desk(opens_office(quick(**policy))) as desk:
        zofia = await desk.on_duty("1101")
        citizen = await desk.waits(in_english=in_english)
        await zofia.answers()
        await citizen.hears("introduction.person.zofia")
        await hear_each_other(citizen, zofia)
        await desk.proven(1)
        yield desk, citizen, zofia


async def dials(phone: Phone, code: str, prompt: str) -> None:
    """Dial a code, and hear what it did."""
    call = await phone.dials(code)
    await call.hears(prompt)
    await call.is_put_down()


async def hear_each_other(one: Party, other: Party) -> None:
    """Each speaks, and the other hears it."""
    said, answered = next(TONES), next(TONES)
    one.speaks(said)
    other.speaks(answered)
    await _ear(one).hears_tone(answered)
    await _ear(other).hears_tone(said)


async def go_on_talking(party: Party) -> None:
    """Let pass eight times what proves that the two in this talk hear each other, if the hall's proof is `SOON`."""
    ear = _ear(party)
    end = ear.seconds + 8 * SOON
    await ear.until(lambda: ear.seconds >= end, "to go on talking")


async def hears_music(one: Party, *, not_of: Party) -> None:
    """The one hears music before long, and for a while: no prompt, and not a trace of the other, who speaks."""
    ear, said = _ear(one), next(TONES)
    not_of.speaks(said)

    def music() -> bool:
        return ear.loudness > QUIET and ear.hears_now is None and not ear.has_trace_of(said)

    ended = 0.0
    while ear.seconds < ended or not ended:
        await ear.until(music, f"to hear music, and nothing of {said} Hz")
        ended = ear.seconds + MUSIC
        await ear.until(partial(_over, ear, ended, music), "to hear music go on")


def _over(ear: Ear, at: float, goes_on: Callable[[], bool]) -> bool:
    return ear.seconds >= at or not goes_on()


def _ear(party: Party) -> Ear:
    assert party.ear is not None, "nobody has called there"
    return party.ear
