"""A store of tickets in memory, with the promises of `callbacks.ports.TicketStore`; and a clock that is set."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from callbacks.ports import TicketIdTaken, TicketsAway
from callbacks.ticket import Ticket, TicketState
from callflows.facts import TicketId


class Drawer:
    """Keeps tickets; `is_locked` makes it unable to."""

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []
        self.is_locked = False

    async def add(self, ticket: Ticket) -> Ticket:
        if self.is_locked:
            raise TicketsAway("the drawer is locked")
        for kept in self.tickets:
            if (kept.call, kept.number) == (ticket.call, ticket.number):
                return kept
        if await self.find(ticket.id):
            raise TicketIdTaken(ticket.id)
        self.tickets.append(ticket)
        return ticket

    async def owed(self, number: str, matter: str, unit: str, now: datetime) -> Ticket | None:
        if self.is_locked:
            raise TicketsAway("the drawer is locked")
        await asyncio.sleep(0)
        wanted = (number, matter, unit)
        found = [
            kept
            for kept in await self.listed(state=TicketState.OPEN)
            if (kept.number, kept.matter, kept.unit) == wanted and kept.due > now
        ]
        return found[0] if found else None

    async def find(self, ticket: TicketId) -> Ticket | None:
        return next((kept for kept in self.tickets if kept.id == ticket), None)

    async def listed(self, *, state: TicketState | None = None, limit: int = 100) -> Sequence[Ticket]:
        wanted = [kept for kept in self.tickets if state in {None, kept.state}]
        return sorted(wanted, key=lambda kept: (kept.due, kept.id))[:limit]


class StoppedClock:
    """A clock that stands at one moment, until it is set to another."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at
