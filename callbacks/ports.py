"""What promises need from outside: a place where tickets are durable. `records` implements it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from callbacks.ticket import Ticket, TicketState
from callflows.facts import TicketId


class TicketStoreError(Exception):
    """A ticket could not be stored, drawn as a tree.

    TicketStoreError
    ├── TicketIdTaken    another promise has this id: draw a new one
    └── TicketsAway      nothing durable can be written now; no promise may be spoken
    """


class TicketIdTaken(TicketStoreError):
    """The id belongs to a ticket of another call or number."""


class TicketsAway(TicketStoreError):
    """The store cannot make a ticket durable at present."""


class TicketStore(Protocol):
    """Where tickets live."""

    async def add(self, ticket: Ticket) -> Ticket:
        """Return once the ticket is durable.

        Idempotent by (call, number): if that pair has a ticket already, the stored one is returned unchanged,
        whatever id the new one carries. Raises TicketIdTaken or TicketsAway, and then nothing is stored.
        """

    async def owed(self, number: str, matter: str, unit: str, now: datetime) -> Ticket | None:
        """Return the open ticket of this number (E.164) about this, if it is not due yet; the earliest, or None.

        Raises TicketsAway if the store does not tell in time: a caller is waiting.
        """

    async def find(self, ticket: TicketId) -> Ticket | None:
        """Return the ticket of that id, or None."""

    async def listed(self, *, state: TicketState | None = None, limit: int = 100) -> Sequence[Ticket]:
        """Return tickets by due time, earliest first (then by id): all of them, or those in one state."""
