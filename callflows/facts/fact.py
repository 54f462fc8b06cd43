"""What all facts have: a time, and mostly a call; and how personal data is marked."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from telephony.values import CallId

AttemptId = NewType("AttemptId", str)
"""One try at one candidate."""

TicketId = NewType("TicketId", str)

NO_CALL = CallId("")

PERSONAL = {"personal": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened. `at` is timezone-aware; `call` is empty if it happened in no call."""

    call: CallId = NO_CALL
    at: datetime
