"""How things ended, in words for the record: one attempt at a transfer, what the caller got instead, the whole call."""

from enum import Enum


class Outcome(Enum):
    """How one attempt at a transfer ended."""

    EFFECTIVE = "effective"
    """Both legs in one bridge and audio both ways: the only success."""
    UNCONFIRMED = "unconfirmed"
    """Bridged with audio both ways, on a phone whose accept key is turned off: counted apart."""
    NOT_PROVEN = "not_proven"
    """Taken and bridged, but audio did not flow both ways in time."""
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINED = "declined"
    """Refused: by the phone (603), or by key 2."""
    NOT_ACCEPTED = "not_accepted"
    """Answered, and nobody pressed 1 in time: a voicemail, or somebody who said nothing."""
    UNREACHABLE = "unreachable"
    CONSULTED = "consulted"
    """Asked by whoever has the caller, and not handed over to: they went back to the caller with what they know."""
    CALLER_LEFT = "caller_left"
    CANCELLED = "cancelled"
    PBX_RESTARTED = "pbx_restarted"


PROVED = (Outcome.EFFECTIVE, Outcome.UNCONFIRMED)
"""Those that stand on audio both ways: nothing is owed to the caller any more."""


NOBODY_THERE = (Outcome.NO_ANSWER, Outcome.NOT_ACCEPTED, Outcome.UNREACHABLE)
"""Those after which it may be that the number is wrong, or its person away (`directory.hygiene`)."""

SOMEBODY_THERE = (*PROVED, Outcome.NOT_PROVEN, Outcome.BUSY, Outcome.DECLINED, Outcome.CONSULTED)
"""Those that show that somebody is at this number. The rest tells nothing of it."""


class Way(Enum):
    """On whose wish, and how, somebody is rung for a caller."""

    LINE = "line"
    """The line connects the caller to somebody competent."""
    QUEUE = "queue"
    """A caller from the queue is offered to a clerk."""
    HANDED_OVER = "handed_over"
    """Whoever has the caller hands them over, and stays or leaves meanwhile (blind, blonde)."""
    CONSULTED = "consulted"
    """Whoever has the caller talks to the colleague first (attended)."""
    RECALL = "recall"
    """A transfer failed, and the clerk who had left is rung again."""


ON_DUTY = (Way.QUEUE, Way.RECALL)
"""Ways by which a clerk's phone rings, who has logged on to take calls."""


class Instead(Enum):
    """What the caller got instead of an effective transfer."""

    NEXT_CANDIDATE = "next_candidate"
    DIRECT_NUMBER = "direct_number"
    """Told the reason and the number, and left it at that."""
    CALLBACK = "callback"
    CLERK = "clerk"
    BACK = "back"
    """Came back to whoever had wanted to hand them over."""
    NOTHING = "nothing"
    """Left before anything could be offered."""


class CallOutcome(Enum):
    """How the whole call ended, for the caller."""

    TRANSFERRED = "transferred"
    """In a talk with a competent colleague: effective, unconfirmed, or not proven in time and neither put down."""
    SERVED = "served"
    """Talked with a clerk from the queue, as above: also if a transfer of theirs then came to nothing."""
    CALLBACK = "callback"
    INFORMED = "informed"
    """Heard what they can do themselves: a direct number, the hours."""
    ABANDONED = "abandoned"
    """Left before anybody was to be heard, and before being told a way on."""
    WITHOUT_SERVICE = "without_service"
    """Talked with the operator whom Asterisk rang because the service was away."""
    LIMITED = "limited"
    """Turned away politely: too many calls of that number (`callflows.often`)."""
    FAILED = "failed"
    """Our own mistake, apologised for."""
    PBX_RESTARTED = "pbx_restarted"
