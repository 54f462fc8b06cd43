"""The ticket: one promise to call a citizen back, as a frozen value, and the words for its state."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from callflows.facts import PERSONAL, TicketId
from telephony.values import CallId


class TicketState(Enum):
    """Where a promise stands; `callbacks.table` says how it moves."""

    OPEN = "open"
    """The hall owes the call."""
    KEPT = "kept"
    """The citizen was spoken to in time."""
    BROKEN = "broken"
    """The due time passed first. It stays broken, also when the call is made late."""
    WITHDRAWN = "withdrawn"
    """The citizen no longer wants the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What the hall owes one caller: whom to call, about what, and until when.

    `number` is E.164; `matter` and `unit` are ids of the directory, empty where unknown; `language` is
    BCP 47. Both times are timezone-aware.
    """

    id: TicketId
    call: CallId
    number: str = field(metadata=PERSONAL)
    matter: str
    unit: str
    language: str
    created: datetime
    due: datetime
    state: TicketState = TicketState.OPEN


def new_ticket_id() -> TicketId:
    """Draw six digits that a voice can read out and a citizen can write down; not a sequence to guess.

    The first digit is never 0, so that nobody leaves it out.
    """
    return TicketId(str(100_000 + secrets.randbelow(900_000)))
