"""A floor to try by itself: three clerks, and callers who ask it for one; without any telephone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from callflows.facts import PresenceChanged
from callflows.floor.clerk import Kept
from callflows.floor.floor import OneFloor
from callflows.floor.place import OnePlace
from callflows.floor.ports import ClerkSeen, News, Reservation, Wanting
from callflows.floor.presence import Presence
from directory.model import Extension, Hall, MatterId, Person, PersonId
from telephony.values import CallId
from tests.fakes.house import ListJournal, SetClock
from tests.flows.town import BOM, ID_CARD, TUESDAY_TEN, town

WRAP_UP = 20.0


def clerk(
    name: str, extension: str, languages: tuple[str, ...] = ("pl",), matters: tuple[MatterId, ...] = ()
) -> Person:
    return Person(
        PersonId(name),
        name,
        BOM,
        name,
        name,
        Extension(extension),
        languages=languages,
        matters=matters,
    )


ZOFIA = clerk("zofia", "1101", ("pl", "en"))
ADAM = clerk("adam", "1102", matters=(ID_CARD,))
OLGA = clerk("olga", "1103")


def hall(*clerks: Person, **policy: float | int) -> Hall:
    empty = town(**policy)
    return replace(empty, people={**empty.people, **{one.id: one for one in clerks}})


class Desk:
    """A floor with its clerks, and callers who can be put into its queue."""

    def __init__(self, *clerks: Person, **policy: float | int) -> None:
        self.journal = ListJournal()
        self.clock = SetClock(TUESDAY_TEN)
        self.hall = hall(*clerks, **policy)
        self.floor = OneFloor(self.clock, self.journal, lambda: self.hall)
        self._callers = 0
        self._stack = ExitStack()

    def log_on(self, *people: Person) -> None:
        for person in people:
            self.floor.log_on(person.id)

    def seen(self, person: Person) -> ClerkSeen:
        return next(seen for seen in self.floor.clerks() if seen.person == person.id)

    def presence(self, person: Person) -> Presence:
        return self.seen(person).presence

    def told(self, person: Person) -> list[str]:
        changes = self.journal.all(PresenceChanged)
        return [f"{fact.presence}: {fact.why}" for fact in changes if fact.clerk == person.id]

    def wanting(self, matter: str = "", language: str = "pl", came: float = 0.0) -> Wanting:
        self._callers += 1
        arrived = TUESDAY_TEN + timedelta(seconds=came or self._callers)
        return Wanting(
            call=CallId(f"call-{self._callers}"), arrived=arrived, matter=matter, language=language
        )

    @asynccontextmanager
    async def caller(
        self, *, matter: str = "", language: str = "pl", came: float = 0.0
    ) -> AsyncIterator["Caller"]:
        """Somebody who waits inside the block."""
        with self.floor.queue(self.wanting(matter, language, came)) as place:
            caller = Caller(place)
            try:
                yield caller
            finally:
                await caller.leaves()


class Caller:
    """Asks for a clerk, again and again as a story does."""

    def __init__(self, place: OnePlace) -> None:
        self.place = place
        self.id = place.wanting.call
        self._asking: asyncio.Task[Reservation | News] | None = None

    async def asks(self) -> None:
        """Begin to wait for the next word of the floor."""
        self._asking = asyncio.create_task(_next(self.place))
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    @property
    def got(self) -> Reservation | News | None:
        """The floor's word, if there is one."""
        return self._asking.result() if self._asking is not None and self._asking.done() else None

    @property
    def offered(self) -> Reservation:
        """The clerk for them."""
        got = self.got
        assert isinstance(got, Kept), f"{self.id} got {got}"
        return got

    def offer(self) -> Kept | None:
        """The clerk for them, if there is one now; told once."""
        got = self.got
        if isinstance(got, Kept):
            self._asking = None
            return got
        return None

    async def leaves(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)


async def _next(place: OnePlace) -> Reservation | News:
    return await place.next()


async def seconds(duration: float) -> None:
    """Let virtual time pass."""
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(duration, done.set_result, None)
    await done
