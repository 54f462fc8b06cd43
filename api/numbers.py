"""Whose call is on the line now, from the facts as they are stated: for screens, also while the database is away."""

from callflows.facts import CallArrived, CallEnded, Fact
from telephony.values import CallId


class NumbersOnLine:
    """The callers' numbers of the calls that are up; forgotten when the call ends."""

    def __init__(self) -> None:
        self._numbers: dict[CallId, str] = {}

    def count(self, fact: Fact) -> None:
        """Learn from a fact (`api.metrics.Counts`)."""
        match fact:
            case CallArrived(call=call, number=number):
                self._numbers[call] = number
            case CallEnded(call=call):
                self._numbers.pop(call, None)

    def of(self, call: CallId) -> str | None:
        """The number of a call that is up; None if it was withheld, or the call is not ours to know."""
        return self._numbers.get(call) or None
