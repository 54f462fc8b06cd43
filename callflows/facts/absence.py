"""The facts of absences, however they were entered: of no call, and of no citizen."""

from dataclasses import dataclass
from datetime import datetime

from callflows.facts.fact import Fact
from directory.absence import AbsenceId, Entered, Reason
from directory.model import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEntered(Fact):
    """Somebody is away from `begins` until `ends`, and reached again at `back`; it is on disk. `by` entered it."""

    absence: AbsenceId
    person: PersonId
    begins: datetime
    ends: datetime
    back: datetime
    helps: str = ""
    """The id of who helps meanwhile; empty: their deputies in order."""
    reason: Reason = Reason.OUT_OF_OFFICE
    entered: Entered
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCancelled(Fact):
    """An absence counts no more: they are in after all. `by` cancelled it."""

    absence: AbsenceId
    person: PersonId
    by: str = ""
