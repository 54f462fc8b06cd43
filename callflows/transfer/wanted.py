"""What one attempt is to try."""

from dataclasses import dataclass

from callflows.host import Host
from callflows.outcomes import Outcome, Way
from directory.resolve import Candidate
from telephony.values import LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Whom to ring for a caller, about what (in spoken words), for how long, and on whose wish."""

    candidate: Candidate
    matter: str
    ring: float
    """Seconds that the phone may ring."""
    way: Way = Way.LINE
    by: Host | None = None
    """Whoever has the caller and wants it; they may stay on the line meanwhile."""
    consulted: LegId | None = None
    """The colleague's leg, if the host's phone has consulted them already in a call of its own."""
    goes_on: bool = False
    """Whether the consultation began with an earlier process, and still goes on."""
    waited: float = 0.0
    """How long the caller was in the queue, in seconds."""
    failed: Outcome = Outcome.NO_ANSWER
    """Why a caller comes back to a clerk: how the transfer ended that they had left to the line."""
