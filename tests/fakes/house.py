"""A house for stories: a clock that is set, a journal that keeps facts in a list, promises in a drawer."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from callflows.facts import Fact, TicketId
from callflows.floor.floor import OneFloor
from callflows.ports import CallbackWish, House, Promise, PromiseRefused
from callflows.restart.standing import Standing
from callflows.talk.commands import Switchboard
from directory.model import Hall
from telephony.values import CallId
from tests.fakes.absences import BookOfAbsences

SomeFact = TypeVar("SomeFact", bound=Fact)


class SetClock:
    """A clock that shows what it was set to, and runs on with the event loop's own time."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began: float | None = None

    def now(self) -> datetime:
        """The time it shows."""
        loop_time = asyncio.get_running_loop().time()
        self._began = loop_time if self._began is None else self._began
        return self._start + timedelta(seconds=loop_time - self._began)

    def is_set(self, by: timedelta) -> None:
        """Somebody puts it forward, or back."""
        self._start += by


class ListJournal:
    """Keeps every fact in order."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def state(self, fact: Fact) -> None:
        """Take a fact."""
        self.facts.append(fact)

    def all(self, kind: type[SomeFact]) -> list[SomeFact]:
        """The facts of one kind."""
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def one(self, kind: type[SomeFact]) -> SomeFact:
        """The only fact of its kind."""
        found = self.all(kind)
        assert len(found) == 1, f"expected one {kind.__name__}, found {found}"
        return found[0]

    @property
    def kinds(self) -> list[str]:
        """The names of all facts, in order."""
        return [type(fact).__name__ for fact in self.facts]


class DrawerPromises:
    """Keeps promises in a drawer; `is_locked` makes it refuse."""

    def __init__(self, due: timedelta, clock: SetClock) -> None:
        self.wishes: list[CallbackWish] = []
        self.is_locked = False
        self._due = due
        self._clock = clock

    async def promise(self, wish: CallbackWish) -> Promise:
        """Promise a call."""
        if self.is_locked:
            raise PromiseRefused("szuflada jest zamknięta")
        self.wishes.append(wish)
        return Promise(TicketId(f"{100000 + len(self.wishes)}"), self._clock.now() + self._due)


class KnownPast:
    """What the record knows of calls without an end: as much as a test says, call by call."""

    def __init__(self) -> None:
        self._calls: dict[CallId, Standing] = {}

    def knows(self, *calls: Standing) -> None:
        """These calls had no end when this process began."""
        self._calls.update({standing.call: standing for standing in calls})

    async def standing(self) -> Mapping[CallId, Standing]:
        """Every call that had no end then."""
        return dict(self._calls)


class FakeHouse:
    """All parts of a `House`, to be looked at by a test."""

    def __init__(self, hall: Hall, at: datetime) -> None:
        self.hall = hall
        self.clock = SetClock(at)
        self.journal = ListJournal()
        self.promises = DrawerPromises(timedelta(hours=4), self.clock)
        self.past = KnownPast()
        self.switchboard = Switchboard()
        self.absences = BookOfAbsences(self.journal, self.clock.now)
        self.floor = OneFloor(self.clock, self.journal, lambda: self.hall)

    @property
    def house(self) -> House:
        """The house that a story is given."""
        return House(
            clock=self.clock,
            journal=self.journal,
            promises=self.promises,
            hall=lambda: self.hall,
            floor=self.floor,
            switchboard=self.switchboard,
            past=self.past,
            live=self.absences,
            absences=self.absences,
        )
