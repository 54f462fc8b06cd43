"""The application over its parts, with a desk: two clerks, a caller who waits, a talk that takes commands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from api.accounts.passwords import Cost, Passwords
from api.calendars.addresses import Allowed
from api.clock import SetClock
from api.http.auth import Door, FailedAttempts
from api.http.events import Streams
from api.http.health import Check
from api.http.parts import Parts
from api.metrics import CountingJournal, Metrics
from api.numbers import NumbersOnLine
from api.office.building import office_of
from api.pages.parts import page_parts
from api.tokens import Tokens
from api.watching import watch_floor
from api.who_is_away import WhoIsAway
from callbacks.promises import KeepsPromises
from callflows.command import Command
from callflows.facts import CommandAnswered
from callflows.floor.floor import OneFloor
from callflows.floor.ports import Wanting
from callflows.ports import House
from callflows.talk.commands import Switchboard
from directory.absence import Absence, away
from directory.changes import Source
from directory.live import PhoneState
from directory.model import Extension, Hall, PersonId
from records.database import Database
from records.history_views import InForce
from records.journal import Journal
from records.stores.absences import AbsenceStore
from records.stores.calls import CallStore
from records.stores.hall import HallStore
from records.stores.presence import PresenceStore
from records.stores.tickets import SqlTicketStore
from records.stores.transfers import TransferStore
from telephony.values import CallId
from tests.api.recorded import FACTS, LIVE, NUMBER, PROMISE, after, arrived
from tests.flows.clerks import staffed
from tests.flows.town import ID_CARD

WAITING, TALK = CallId("call-waiting"), LIVE
"""A caller in the queue, of whom the database knows nothing yet; one who talks with a clerk."""


def _sound(hall: Hall) -> Hall:
    """The hall as it may go live: the number that citizens dial is one of a unit's numbers."""
    units = {
        id: replace(unit, numbers=(unit.direct,) if unit.direct else ()) for id, unit in hall.units.items()
    }
    return replace(hall, units=units)


HALL = _sound(staffed())


class HallInForce:
    """The hall that the service answers with: what `keep_hall` has saved, until somebody changes it."""

    def __init__(self) -> None:
        self.in_force: InForce | None = InForce(1, HALL)

    def __call__(self) -> Hall:
        assert self.in_force is not None
        return self.in_force.hall

    async def take(self, saved: InForce) -> None:
        self.in_force = saved


@dataclass
class Moment:
    """This very moment, as far as absences go; what phones do is set by the test."""

    away: WhoIsAway
    phones: dict[str, PhoneState] = field(default_factory=dict)

    def absence(self, person: PersonId, at: datetime) -> Absence | None:
        return away(self.away(person), at)

    def phone(self, extension: Extension) -> PhoneState:
        return self.phones.get(extension.digits, PhoneState.UNKNOWN)

    def missed(self, extension: Extension, at: datetime) -> int:
        return 0


async def keep_hall(database: Database) -> None:
    """Save the hall as the first start does."""
    await HallStore(database).save_hall(HALL, "first start", source=Source.START)


CHEAP = Cost(passes=1, kibibytes=8, lanes=1)
"""Hashes that cost a test nothing."""


@dataclass
class Talk:
    """A talk that does whatever it is told, and says so."""

    house: House
    told: list[Command] = field(default_factory=list)

    def takes(self, command: Command) -> None:
        self.told.append(command)
        self.house.journal.state(
            CommandAnswered(
                call=TALK,
                at=self.house.clock.now(),
                command=command.id,
                what=type(command).__name__.lower(),
                done=True,
            )
        )


@dataclass
class Desk:
    """All that a test of the API holds in its hands."""

    parts: Parts
    talk: Talk
    moment: Moment


@contextmanager
def desk(
    database: Database,
    journal: Journal,
    tokens: Tokens,
    *,
    checks: Sequence[Check] = (),
    attempts: FailedAttempts | None = None,
) -> Iterator[Desk]:
    """The parts of the application, with somebody on the floor, in the queue and in a talk."""
    folder = Path(database.url.database or "").parent
    metrics, numbers, tickets = Metrics(), NumbersOnLine(), SqlTicketStore(database)
    clock, stated = SetClock(after(310)), CountingJournal(journal, metrics.count, numbers.count)
    hall = HallInForce()
    moment = Moment(WhoIsAway(AbsenceStore(database), copy=folder / "absences.json", now=clock.now))
    house = House(
        clock=clock,
        journal=stated,
        promises=KeepsPromises(tickets, hall, clock),
        hall=hall,
        floor=OneFloor(clock, stated, hall),
        switchboard=Switchboard(),
        live=moment,
    )
    watch_floor(metrics, house)
    parts = Parts(
        house=house,
        numbers=numbers,
        calls=CallStore(database),
        transfers=TransferStore(database),
        tickets=tickets,
        presence=PresenceStore(database),
        door=Door(tokens, attempts),
        metrics=metrics,
        streams=Streams(journal.subscribe),
        checks=checks,
        pages=page_parts(database, folder, metrics, passwords=Passwords(CHEAP)),
        office=office_of(
            database,
            hall=hall,
            serving=hall,
            clock=clock,
            journal=stated,
            refresh=moment.away.reload,
            allowed=Allowed(inner=frozenset({"127.0.0.1"})),
        ),
        version="1.2.3",
    )
    talk = Talk(house)
    numbers.count(arrived(WAITING, 300, NUMBER))
    waits = Wanting(call=WAITING, arrived=after(300), matter=ID_CARD, language="en")
    with house.floor.queue(waits), house.switchboard.listens(TALK, talk.takes):
        yield Desk(parts, talk, moment)


async def record(parts: Parts, journal: Journal) -> None:
    """Put the recorded calls and their promise into the database."""
    for fact in FACTS:
        parts.house.journal.state(fact)
    await journal.flush()
    await parts.tickets.add(PROMISE)
