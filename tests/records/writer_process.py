"""A service in miniature that a test may kill: states facts without end, or keeps promises, and says what it did.

python -m tests.records.writer_process facts URL      prints "flushed N" after each flush of N calls in all
python -m tests.records.writer_process promises URL   prints "promised ID" after each ticket that was added
"""

import asyncio
import sys
from datetime import timedelta
from itertools import count

from callbacks.ticket import Ticket
from callflows.facts import TicketId
from records.database import open_database
from records.journal import Journal
from records.stores.tickets import SqlTicketStore
from telephony.values import CallId
from tests.records.made import NOON, transferred_call


async def facts(url: str) -> None:
    """State whole calls, a few at a time, and say how many have been flushed."""
    async with open_database(url) as database, Journal(database, linger=0.0, burst=7) as journal:
        for number in count(1):
            for fact in transferred_call(f"call-{number}"):
                journal.state(fact)
            if number % 5 == 0:
                await journal.flush()
                print("flushed", number, flush=True)


async def promises(url: str) -> None:
    """Add tickets, and say each that is durable."""
    async with open_database(url) as database:
        store = SqlTicketStore(database)
        for number in count(100_000):
            added = await store.add(a_ticket(str(number)))
            print("promised", added.id, flush=True)


def a_ticket(ticket: str, call: str = "", number: str = "+48600100200") -> Ticket:
    """A ticket of a call of its own, unless one is named."""
    return Ticket(
        id=TicketId(ticket),
        call=CallId(call or f"call-{ticket}"),
        number=number,
        matter="del-i",
        unit="rso",
        language="pl",
        created=NOON,
        due=NOON + timedelta(hours=4),
    )


if __name__ == "__main__":
    asyncio.run({"facts": facts, "promises": promises}[sys.argv[1]](sys.argv[2]))
