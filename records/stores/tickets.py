"""Tickets, durable: `SqlTicketStore` keeps the port of `callbacks.ports.TicketStore`.

When `add` returns, the promise survives a crash of the service, of the database and of the machine: SQLite
commits with synchronous=FULL, PostgreSQL with synchronous_commit=on. Only then may it be spoken.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from callbacks.ports import TicketIdTaken, TicketsAway
from callbacks.ticket import Ticket, TicketState
from callflows.facts import TicketId
from records.database import Database
from records.errors import RecordsError, Rejected
from records.statements import insert
from records.tables import tickets
from telephony.values import CallId


class SqlTicketStore:
    """Where tickets live. One whose number was erased is history and not listed."""

    def __init__(self, database: Database, *, patience: float = 5.0) -> None:
        """`patience` is how long `add` may take, in seconds: a caller is waiting."""
        self._database = database
        self._patience = patience

    async def add(self, ticket: Ticket) -> Ticket:
        """Return once the ticket is durable; a second one for the same call and number returns the first.

        Two at once are one as well: the database itself lets only one row per call and number in. Raises
        TicketIdTaken if another promise has this id, TicketsAway if it is not durable in time. (It may become so
        afterwards: then the hall calls somebody whom it did not promise to. The other way round cannot happen.)
        """
        try:
            async with asyncio.timeout(self._patience), self._database.write(durable=True) as connection:
                return await self._added(connection, ticket)
        except TimeoutError:
            raise TicketsAway(f"The ticket was not durable within {self._patience} seconds.") from None
        except Rejected as error:
            raise TicketsAway(f"The ticket could not be stored: {error}") from error
        except RecordsError as error:
            raise TicketsAway(str(error)) from error

    async def _added(self, connection: AsyncConnection, ticket: Ticket) -> Ticket:
        """Insert unless it is there; then say which of the two it was."""
        done = await connection.execute(
            insert(connection.dialect.name, tickets).on_conflict_do_nothing(), _to_row(ticket)
        )
        if done.rowcount == 1:
            return ticket
        same = select(tickets).where(tickets.c.call == ticket.call, tickets.c.number == ticket.number)
        row = (await connection.execute(same)).mappings().first()
        if row is None:
            raise TicketIdTaken(f"The id {ticket.id} belongs to another promise.")
        return to_ticket(row)

    async def owed(self, number: str, matter: str, unit: str, now: datetime) -> Ticket | None:
        """Return the open ticket of this number about this, if it is not due yet. Raises TicketsAway, also if slow."""
        about = (tickets.c.matter == matter, tickets.c.unit == unit)
        still = (tickets.c.state == TicketState.OPEN.value, tickets.c.due > now)
        query = select(tickets).where(tickets.c.number == number, *about, *still)
        try:
            async with asyncio.timeout(self._patience):
                found = await self._read(query.order_by(tickets.c.due).limit(1))
        except TimeoutError:
            raise TicketsAway(f"The tickets could not be read within {self._patience} seconds.") from None
        return found[0] if found else None

    async def find(self, ticket: TicketId) -> Ticket | None:
        """Return the ticket of that id, or None."""
        found = await self._read(select(tickets).where(tickets.c.ticket == ticket))
        return found[0] if found else None

    async def listed(self, *, state: TicketState | None = None, limit: int = 100) -> Sequence[Ticket]:
        """Return tickets by due time, earliest first (then by id): all of them, or those in one state."""
        query = select(tickets)
        if state is not None:
            query = query.where(tickets.c.state == state.value)
        return await self._read(query.order_by(tickets.c.due, tickets.c.ticket).limit(limit))

    async def _read(self, query: Select[Any]) -> Sequence[Ticket]:
        try:
            async with self._database.read() as connection:
                rows = await connection.execute(query.where(tickets.c.number.is_not(None)))
                return [to_ticket(row) for row in rows.mappings()]
        except RecordsError as error:
            raise TicketsAway(str(error)) from error


def to_ticket(row: Mapping[Any, Any]) -> Ticket:
    """Read a row of `tickets` that still has its number."""
    return Ticket(
        id=TicketId(row["ticket"]),
        call=CallId(row["call"]),
        number=row["number"],
        matter=row["matter"],
        unit=row["unit"],
        language=row["language"],
        created=row["created"],
        due=row["due"],
        state=TicketState(row["state"]),
    )


def _to_row(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket": ticket.id,
        "call": ticket.call,
        "number": ticket.number,
        "matter": ticket.matter,
        "unit": ticket.unit,
        "language": ticket.language,
        "created": ticket.created,
        "due": ticket.due,
        "state": ticket.state.value,
    }
