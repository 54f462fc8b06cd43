"""An absence as it is on record: with who entered it when, changed it, and took it back."""

from dataclasses import dataclass
from datetime import datetime

from directory.absence import Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceOnRecord:
    """One absence and what became of it."""

    absence: Absence
    entered_at: datetime
    changed_at: datetime | None = None
    changed_by: str = ""
    """Who last changed it; empty for nobody."""
    cancelled_at: datetime | None = None
    """Since when it does not count; None: it counts."""
    cancelled_by: str = ""
    """Who took it back; empty for nobody, or for the calendar that it came from."""
