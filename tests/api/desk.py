"""The application over its parts, with a desk: two clerks, a caller who waits, a talk that takes commands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from api.accounts.passwords import Cost, Passwords
from api.clock import SetClock
from api.http.auth import Door, FailedAttempts
from api.http.events import Streams
from api.http.health import Check
from api.http.parts import Parts
from api.metrics import CountingJournal, Metrics
from api.numbers import NumbersOnLine
from api.pages.parts import page_parts
from api.tokens import Tokens
from api.watching import watch_floor
from callbacks.promises import KeepsPromises
from callflows.command import Command
from callflows.facts import CommandAnswered
from callflows.floor.floor import OneFloor
from callflows.floor.ports import Wanting
from callflows.ports import House
from callflows.talk.commands import Switchboard
from records.database import Database
from records.journal import Journal
from records.stores.calls import CallStore
from records.stores.presence import PresenceStore
from records.stores.tickets import SqlTicketStore
from records.stores.transfers import TransferStore
from telephony.values import CallId
from tests.api.recorded import FACTS, LIVE, NUMBER, PROMISE, after, arrived
from tests.flows.clerks import staffed
from tests.flows.town import ID_CARD

WAITING, TALK = CallId("call-waiting"), LIVE
"""A caller in the queue, of whom the database knows nothing yet; one who talks with a clerk."""

HALL = staffed()

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
    house = House(
        clock=clock,
        journal=stated,
        promises=KeepsPromises(tickets, lambda: HALL, clock),
        hall=lambda: HALL,
        floor=OneFloor(clock, stated, lambda: HALL),
        switchboard=Switchboard(),
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
        version="1.2.3",
    )
    talk = Talk(house)
    numbers.count(arrived(WAITING, 300, NUMBER))
    waits = Wanting(call=WAITING, arrived=after(300), matter=ID_CARD, language="en")
    with house.floor.queue(waits), house.switchboard.listens(TALK, talk.takes):
        yield Desk(parts, talk)


async def record(parts: Parts, journal: Journal) -> None:
    """Put the recorded calls and their promise into the database."""
    for fact in FACTS:
        parts.house.journal.state(fact)
    await journal.flush()
    await parts.tickets.add(PROMISE)
