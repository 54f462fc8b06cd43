"""The life of a promise, as a table. Pure: everything that moves a ticket's state is in this file.

Theory of operation. A ticket is born OPEN, the moment it is durable. The hall then owes one call until the due
time. Talking to the citizen in time keeps the promise; a try that reached nobody leaves it open. When the due
time passes first, it is broken, for good: a later call is made all the same and is on record as an attempt,
but it does not turn a broken promise into a kept one. The citizen may say that the call is no longer wanted
while it is owed.

An event that a state does not list changes nothing: events may come late or twice (a clerk's click crosses the
due time), and the record must not depend on which came first in the network.
"""

from enum import Enum
from types import MappingProxyType

from callbacks.ticket import TicketState


class TicketEvent(Enum):
    """What can happen to a promise."""

    SPOKEN_TO = "spoken_to"
    """The hall called, and the citizen was spoken to."""
    NOT_REACHED = "not_reached"
    """The hall called, and nobody was reached."""
    DUE_PASSED = "due_passed"
    WITHDRAWN_BY_CITIZEN = "withdrawn_by_citizen"


TABLE = MappingProxyType(
    {
        (TicketState.OPEN, TicketEvent.SPOKEN_TO): TicketState.KEPT,
        (TicketState.OPEN, TicketEvent.NOT_REACHED): TicketState.OPEN,
        (TicketState.OPEN, TicketEvent.DUE_PASSED): TicketState.BROKEN,
        (TicketState.OPEN, TicketEvent.WITHDRAWN_BY_CITIZEN): TicketState.WITHDRAWN,
    }
)
"""Every event that means something, by the state that it meets."""


def after(state: TicketState, event: TicketEvent) -> TicketState:
    """Return the state of a ticket after an event; an event that is not in the table changes nothing."""
    return TABLE.get((state, event), state)
