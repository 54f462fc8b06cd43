"""Who is competent for this matter, in which order, and why: `resolve`.

Pure and deterministic. The first cut: people competent for the matter, their deputies, the unit's line.
"""

from dataclasses import dataclass
from datetime import datetime

from directory.model import Extension, Hall, MatterId, Person, Unit, UnitId


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the directory proposes for a matter now, and why.

    `person` is None for a unit's own line. `direct` is what the caller is told if nobody takes it.
    """

    unit: Unit
    extension: Extension
    why: str
    person: Person | None = None
    direct: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The ordered candidates; and what to tell the caller when there is none.

    `unit` is who is competent (None: nobody knows); `outside` says that it is a body outside the hall.
    `direct` is the number that the caller may dial, and `direct_unit` whose number that is: the competent
    unit's or body's, or the desk's where none is known. `why_none` is set exactly if there is no candidate.
    """

    candidates: tuple[Candidate, ...]
    direct: str | None
    unit: Unit | None
    outside: bool = False
    why_none: str = ""
    direct_unit: Unit | None = None


def resolve(hall: Hall, subject: MatterId | UnitId, at: datetime) -> Resolution:
    """Propose who is to be rung about a matter (or a unit's other matters) at that moment."""
    raise NotImplementedError
