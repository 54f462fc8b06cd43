"""Forgetting: a person's data at their wish (GDPR art. 17), everybody's after the hall's retention time.

What is forgotten: the caller's number and name, what they were told aloud (a read-back holds a number), the
number of a ticket. What stays: that there was a call, about which matter, how it ended, every time and every
outcome; so statistics do not change. That something was forgotten is on record itself, never whose it was.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import null, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from callbacks.table import TicketEvent, after
from callbacks.ticket import TicketState
from records.database import Database
from records.errors import RecordsError
from records.projected import e164
from records.tables import calls, erasures, facts, tickets
from records.views import Erasure

log = logging.getLogger(__name__)

CHUNK = 500
"""Calls forgotten in one transaction: the journal waits for it no longer than a moment."""


async def erase_number(database: Database, number: str, *, asked_by: str, at: datetime) -> Erasure:
    """Forget whoever called from this number, or asked to be called back there; return what that touched.

    The number may be written in any usual way. A ticket that is still open is withdrawn with it: nobody could
    be called. A call that is still up is forgotten as far as it has come.
    """
    forms = _forms(number)
    async with database.write() as connection:
        of_tickets = await connection.execute(select(tickets.c.call).where(tickets.c.number.in_(forms)))
        known = or_(calls.c.number.in_(forms), calls.c.number_e164.in_(forms))
        of_calls = await connection.execute(select(calls.c.call).where(known))
        names = sorted({*of_tickets.scalars(), *of_calls.scalars()})
        withdrawn = after(TicketState.OPEN, TicketEvent.WITHDRAWN_BY_CITIZEN)
        theirs = tickets.c.number.in_(forms)
        await connection.execute(
            update(tickets)
            .where(theirs, tickets.c.state == TicketState.OPEN.value)
            .values(state=withdrawn.value)
        )
        forgotten_tickets = await connection.execute(
            update(tickets).where(theirs).values(number=None, forgotten=at)
        )
        counts = [0, 0]
        for start in range(0, len(names), CHUNK):
            touched = await _forget_calls(connection, names[start : start + CHUNK], at)
            counts = [had + more for had, more in zip(counts, touched, strict=True)]
        done = Erasure(at=at, calls=counts[0], facts=counts[1], tickets=forgotten_tickets.rowcount)
        await _put_on_record(connection, done, asked_by=asked_by, why="number", older_than=None)
    await _scrub(database)
    return done


async def forget_older_than(database: Database, limit: datetime, *, asked_by: str, at: datetime) -> Erasure:
    """Forget all personal data of calls that arrived before the limit; return what that touched.

    A ticket that is still open keeps its number until it is settled: the hall owes that call.
    """
    old = select(calls.c.call).where(calls.c.arrived < limit, calls.c.forgotten.is_(None))
    number_of_calls = number_of_facts = 0
    while True:
        async with database.write() as connection:
            names = list(await connection.scalars(old.order_by(calls.c.arrived).limit(CHUNK)))
            if not names:
                break
            touched = await _forget_calls(connection, names, at)
        number_of_calls, number_of_facts = number_of_calls + touched[0], number_of_facts + touched[1]
    async with database.write() as connection:
        settled = await connection.execute(
            update(tickets)
            .where(tickets.c.created < limit, tickets.c.number.is_not(None))
            .where(tickets.c.state != TicketState.OPEN.value)
            .values(number=None, forgotten=at)
        )
        done = Erasure(at=at, calls=number_of_calls, facts=number_of_facts, tickets=settled.rowcount)
        await _put_on_record(connection, done, asked_by=asked_by, why="retention", older_than=limit)
    await _scrub(database)
    return done


def _forms(number: str) -> list[str]:
    """The ways in which the records may hold this number."""
    bare = "".join(character for character in number if character.isdigit() or character == "+")
    international = e164(bare)
    forms = {number, bare}
    if international is not None:
        forms.add(international)
    return sorted(form for form in forms if form)


async def _forget_calls(connection: AsyncConnection, names: Sequence[str], at: datetime) -> tuple[int, int]:
    """Empty the personal columns of these calls and of their facts; return how many calls and facts it was."""
    emptied = await connection.execute(
        update(calls)
        .where(calls.c.call.in_(names))
        .values(number=None, number_e164=None, name=None, forgotten=at)
    )
    told = await connection.execute(
        update(facts).where(facts.c.call.in_(names), facts.c.personal.is_not(None)).values(personal=null())
    )
    return emptied.rowcount, told.rowcount


async def _put_on_record(
    connection: AsyncConnection, done: Erasure, *, asked_by: str, why: str, older_than: datetime | None
) -> None:
    """Say in the records that something was forgotten."""
    await connection.execute(
        erasures.insert().values(
            at=done.at,
            asked_by=asked_by,
            why=why,
            older_than=older_than,
            calls=done.calls,
            facts=done.facts,
            tickets=done.tickets,
        )
    )


async def _scrub(database: Database) -> None:
    """Take the old versions of the rows out of the files, as far as the database lets us.

    SQLite overwrites what it frees (`secure_delete`), and its log is emptied here unless a reader still needs it;
    PostgreSQL makes the room free for other rows. Backups are the administrator's.
    """
    try:
        async with database.read(within=None) as connection:
            if database.is_sqlite:
                plain = (await connection.get_raw_connection()).driver_connection
                assert plain is not None
                await plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(text("VACUUM facts, calls, tickets"))
    except RecordsError as error:
        log.warning("What was forgotten may still be in the database's files for a while: %s", error)
