"""One stretch of time that an event of a calendar takes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """From when to when somebody is busy; `event` names the event without telling what it is."""

    begins: datetime
    ends: datetime
    event: str
