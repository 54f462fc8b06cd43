"""A scene: the people of one story on the premises, and what they have seen of it with their own eyes and ears."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from tests.chaos.faults import Fault
from tests.chaos.people import TO_A_CLERK, insists, meet
from tests.chaos.premises import Premises
from tests.fakes.behaviour import Behaviour
from tests.office.desk import Party, dials, hear_each_other
from tests.phones.citizen import Citizen
from tests.phones.phone import Phone

QUIET_END = 1.0
"""Seconds for which two who hear each other go on before one of them puts down."""


@dataclass(slots=True)
class Scene:
    """Who comes here stays until the end."""

    at: Premises
    fault: Fault
    citizens: list[Citizen] = field(default_factory=list)
    numbers: dict[Citizen, str] = field(default_factory=dict)
    """What each citizen's telephone shows; empty if nothing."""
    phones: list[Phone] = field(default_factory=list)
    witnessed: Counter[str] = field(default_factory=Counter)
    """Kinds of facts that surely have been stated, for somebody saw or heard it: the record must have them."""
    were_there: list[Citizen] = field(default_factory=list)
    """Who had been answered when the fault struck."""
    meanwhile: list[Citizen] = field(default_factory=list)
    """Who calls in the moment in which the fault strikes."""
    of_asterisk_alone: list[Citizen] = field(default_factory=list)
    """Whom the dialplan has, and the service has never seen: if Asterisk crashes nobody knows of them."""
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def saw(self, *kinds: str) -> None:
        """Somebody has witnessed this."""
        self.witnessed.update(kinds)

    async def phone(self, number: str, behaviour: Behaviour = Behaviour.BY_HAND, **how: float) -> Phone:
        """A phone that is plugged in."""
        phone = Phone(self.at.pbx, self.at.book, number, behaviour, **how)  # type: ignore[arg-type]
        self.phones.append(await self.stack.enter_async_context(phone))
        return phone

    async def on_duty(self, number: str = "1101") -> Phone:
        """A clerk's phone, from which the clerk has logged on."""
        phone = await self.phone(number)
        await dials(phone, "*11", "presence.on")
        self.saw("presence_changed")
        return phone

    async def citizen(self, number: str = "601234567", **who: object) -> Citizen:
        """Somebody who calls now."""
        citizen = self.somebody(number, **who)
        await citizen.dials()
        return citizen

    def somebody(self, number: str = "601234567", **who: object) -> Citizen:
        """Somebody who may call."""
        citizen = Citizen(self.at.pbx, self.at.book, number=number, **who)  # type: ignore[arg-type]
        self.citizens.append(citizen)
        self.numbers[citizen] = "" if "shown" in who else number
        self.stack.push_async_callback(citizen.close)
        return citizen

    async def in_the_menu(self, **who: object) -> Citizen:
        """Somebody who has called, and hears what they can choose."""
        citizen = await self.citizen(**who)  # type: ignore[arg-type]
        await citizen.hears("greeting")
        await citizen.begins_to_hear("menu.entry.1")
        self.saw("call_arrived", "call_answered")
        return citizen

    async def with_a_clerk(self) -> tuple[Citizen, Phone]:
        """A citizen who talks to Zofia, for long enough to be proven."""
        zofia = await self.on_duty()
        citizen = await self.in_the_menu()
        await citizen.presses("0")
        await zofia.rings()
        await zofia.answers()
        await citizen.hears("introduction.person.zofia")
        await self.talk(citizen, zofia)
        self.saw("menu_answered", "queue_joined", "queue_left", "transfer_attempted", "parties_connected")
        self.saw("transfer_ended")
        return citizen, zofia

    async def talk(self, one: Party, other: Party) -> None:
        """The two hear each other, and go on doing so."""
        await hear_each_other(one, other)
        assert one.ear is not None
        end = one.ear.seconds + 2 * QUIET_END
        await one.ear.until(lambda: one.ear is not None and one.ear.seconds >= end, "to go on talking")

    async def served(self, citizen: Citizen, *phones: Phone) -> None:
        """The citizen insists on a person, meets one of these, and puts down at last."""
        async with insists(citizen, TO_A_CLERK):
            phone = await meet(citizen, *phones)
        await self.part(citizen, phone)

    async def part(self, citizen: Citizen, phone: Phone) -> None:
        """They talk a moment longer; then the citizen puts down, and the phone is free."""
        await self.talk(citizen, phone)
        await citizen.hangs_up()
        await phone.is_free()

    async def everybody_leaves(self) -> None:
        """Whoever still holds a receiver puts it down."""
        for citizen in self.citizens:
            if not citizen.over and citizen.answered_after > 0:
                await citizen.hangs_up()
        for phone in self.phones:
            if self.fault.cuts_everybody:
                phone.drops_everything()
            elif phone.talking:
                await phone.hangs_up()
            await phone.is_free()


@asynccontextmanager
async def set_scene(at: Premises, fault: Fault) -> AsyncIterator[Scene]:
    """Inside the block; at its end everybody leaves, however it went."""
    scene = Scene(at, fault)
    async with scene.stack:
        yield scene
        await asyncio.wait_for(scene.everybody_leaves(), 60)
