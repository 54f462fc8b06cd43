"""The floor of one process: `OneFloor`, the port `Floor` in memory.

Callers in the order in which they came to the line; for each the clerk who is ready and idle for longest, among those
who speak their language and settle their matter. If nobody on duty does, anybody is better than nobody.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from callflows.command import Command
from callflows.facts import CommandAnswered
from callflows.floor.clerk import Clerk, Kept
from callflows.floor.place import OnePlace
from callflows.floor.ports import CallerWaiting, ClerkSeen, News, NotAClerk, Reservation, Wanting
from callflows.floor.presence import AT_WORK, ON_DUTY, Happening, Presence
from callflows.floor.waits import Waits
from callflows.ports import Clock, Journal
from callflows.stopwatch import moment
from directory.model import Hall, MatterId, Person, PersonId
from directory.whom import clerks_of, speaks
from telephony.values import CallId


class OneFloor:
    """Build one per process, and use it in one event loop."""

    def __init__(self, clock: Clock, journal: Journal, hall: Callable[[], Hall]) -> None:
        self._clock, self._journal, self._hall = clock, journal, hall
        self._clerks: dict[PersonId, Clerk] = {}
        self._queue: list[OnePlace] = []
        self._waits = Waits()
        self._from_before: dict[CallId, Kept] = {}
        """Clerks who had a caller when the process before us went."""
        self._asked_for: set[CallId] = set()
        """The calls from before that have got theirs, or have ended: nobody is to be kept for them any more."""

    @property
    def staffed(self) -> bool:
        """Whether anybody is on duty."""
        return any(clerk.presence in ON_DUTY for clerk in self._clerks.values())

    # ---- callers

    @contextmanager
    def queue(self, wanting: Wanting) -> Iterator[OnePlace]:
        """Inside the block this caller has a place in the queue."""
        place = OnePlace(self, wanting, self._clock.now())
        self._queue.append(place)
        self._queue.sort(key=lambda one: one.wanting.arrived)
        try:
            yield place
        finally:
            self._queue.remove(place)
            place.gives_back()

    def reserve(self, clerk: PersonId, call: CallId) -> Reservation | None:
        """Keep this very clerk for a caller who comes back; None if they are not free for it."""
        found, person = self._clerks.get(clerk), self._person(clerk)
        if found is None or person is None or found.reserved is not None:
            return None
        if found.presence not in (Presence.READY, Presence.WRAPPING_UP):
            return None
        return self._keep(found, person, call)

    def keep(self, clerk: PersonId, call: CallId) -> None:
        """The clerk had this caller when the process before us went."""
        reservation = self.reserve(clerk, call) if call not in self._asked_for else None
        if isinstance(reservation, Kept):
            reservation.taken()
            self._from_before[call] = reservation

    def kept_for(self, call: CallId) -> Reservation | None:
        """Whoever is kept for this call from before, taken."""
        self._asked_for.add(call)
        return self._from_before.pop(call, None)

    def lets_go(self, call: CallId) -> None:
        """Set whoever is kept for this call from before free."""
        reservation = self.kept_for(call)
        if reservation is not None:
            reservation.talk_over()

    # ---- clerks

    def log_on(self, clerk: PersonId, command: Command | None = None) -> None:
        """The clerk is ready from now on. Raises NotAClerk."""
        found = self._clerk(clerk)
        found.missed = 0
        if found.presence is Presence.AWAY:
            found.idle_since = moment()
        self._wants(found, Happening.LOGGED_ON, command)

    def log_off(self, clerk: PersonId, command: Command | None = None) -> None:
        """The clerk's duty is over, now or after the present talk. Raises NotAClerk."""
        self._wants(self._clerk(clerk), Happening.LOGGED_OFF, command)

    def pause(self, clerk: PersonId, command: Command | None = None) -> None:
        """The clerk takes a break, now or after the present talk. Raises NotAClerk."""
        self._wants(self._clerk(clerk), Happening.PAUSED, command)

    @contextmanager
    def on_the_phone(self, extension: str) -> Iterator[None]:
        """Inside the block this phone is used for something else."""
        users = [
            self._clerk(person.id) for person in clerks_of(self._hall()) if _extension(person) == extension
        ]
        for clerk in users:
            clerk.on_the_phone += 1
        try:
            yield
        finally:
            for clerk in users:
                clerk.on_the_phone -= 1
            self.look()

    def hall_changed(self) -> None:
        """The hall's data are others now: the duty of whoever is no clerk any more is over."""
        for clerk in tuple(self._clerks.values()):
            if self._person(clerk.id) is None:
                self._wants(clerk, Happening.LOGGED_OFF, None)
        self.look()

    # ---- for screens

    def clerks(self) -> tuple[ClerkSeen, ...]:
        """Every clerk of the hall, by name."""
        people = sorted(clerks_of(self._hall()), key=lambda person: person.name)
        return tuple(self._seen(person, self._clerk(person.id)) for person in people)

    def waiting(self) -> tuple[CallerWaiting, ...]:
        """Every caller who waits, the first one first."""
        return tuple(
            CallerWaiting(
                call=place.wanting.call,
                position=place.position,
                since=place.since,
                matter=place.wanting.matter,
                language=place.wanting.language,
                expected=place.expected,
            )
            for place in self._queue
        )

    # ---- for places

    def position(self, place: OnePlace) -> int:
        """Where in the queue it is, from 1."""
        return self._queue.index(place) + 1

    def expected(self, place: OnePlace) -> float | None:
        """How long this caller will probably wait still."""
        at_work = [clerk for clerk in self._clerks.values() if clerk.presence in AT_WORK]
        return self._waits.expected(position=self.position(place), clerks=len(at_work))

    def look(self) -> None:
        """Something changed: offer whoever waits to whoever is ready, and send home whom nobody will serve."""
        for place in tuple(self._queue):
            if not place.wants_a_clerk:
                continue
            if not self.staffed:
                place.tell(News.NOBODY_ON_DUTY)
            elif (found := self._clerk_for(place.wanting)) is not None:
                # First: to keep a clerk is a change, for which we look here again.
                place.wants_a_clerk = False
                place.tell(self._keep(*found, place.wanting.call))

    # ---- inside

    def _keep(self, clerk: Clerk, person: Person, call: CallId) -> Kept:
        phone = ExitStack()  # at which another clerk may sit, too
        phone.enter_context(self.on_the_phone(_extension(person)))

        def free() -> None:
            if clerk.taken_at is not None:
                talked = moment() - clerk.taken_at
                self._waits.served(talked + self._hall().policy.wrap_up)
                clerk.taken_at = None
            phone.close()

        return Kept(clerk, person, call, self._hall(), free)

    def _clerk_for(self, wanting: Wanting) -> tuple[Clerk, Person] | None:
        on_duty = [
            (clerk, person)
            for clerk in self._clerks.values()
            if clerk.presence in ON_DUTY and (person := self._person(clerk.id)) is not None
        ]
        for suits in (_speaks(wanting.language), _settles(wanting.matter)):
            on_duty = [one for one in on_duty if suits(one[1])] or on_duty
        free = [one for one in on_duty if one[0].free]
        return min(free, key=lambda one: one[0].idle_since) if free else None

    def _wants(self, clerk: Clerk, what: Happening, command: Command | None) -> None:
        kept = clerk.reserved
        clerk.happened(what)
        if kept is not None and what is not Happening.LOGGED_ON:
            kept.call_off()
        if command is not None:
            now, by = self._clock.now(), command.by
            self._journal.state(
                CommandAnswered(at=now, command=command.id, what=what.value, done=True, by=by)
            )

    def _clerk(self, person: PersonId) -> Clerk:
        if self._person(person) is None:
            raise NotAClerk(
                f'"{person}" is no clerk: those are the people of the desk whose phones register here.'
            )
        found = self._clerks.get(person)
        if found is None:
            found = self._clerks[person] = Clerk(person, self._clock, self._journal, self.look)
        return found

    def _person(self, clerk: PersonId) -> Person | None:
        return next((person for person in clerks_of(self._hall()) if person.id == clerk), None)

    def _seen(self, person: Person, clerk: Clerk) -> ClerkSeen:
        return ClerkSeen(
            person=person.id,
            name=person.name,
            extension=_extension(person),
            languages=person.languages,
            presence=clerk.presence,
            since=clerk.since,
            call=clerk.reserved.call if clerk.reserved is not None else None,
        )


def _speaks(language: str) -> Callable[[Person], bool]:
    return lambda person: speaks(person, language)


def _settles(matter: str) -> Callable[[Person], bool]:
    return lambda person: not matter or not person.matters or MatterId(matter) in person.matters


def _extension(person: Person) -> str:
    return person.extension.digits if person.extension else ""
