"""What is known of this very moment, for `directory.resolve`: who is away, what phones do, who did not answer lately.

Everything is in memory, for it is asked for each candidate of a call.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from callflows.facts import AttemptId, Fact, TransferAttempted, TransferEnded
from callflows.outcomes import NOBODY_THERE, SOMEBODY_THERE
from directory.absence import Absence, away
from directory.live import PhoneState
from directory.model import Extension, PersonId, Reached
from telephony.values import PhoneSeen

LATELY = timedelta(minutes=30)
"""For so long a call that nobody took is held against a phone: after that they may well be back."""


class Misses:
    """Counts, by extension, the calls in a row that nobody took; a journal tells it the facts."""

    def __init__(self) -> None:
        self._rings: dict[AttemptId, str] = {}
        """Which phone each attempt under way rings."""
        self._missed: dict[str, list[datetime]] = {}

    def hears(self, fact: Fact) -> None:
        """A phone is rung, or it has turned out whether somebody is there."""
        if isinstance(fact, TransferAttempted):
            self._rings[fact.attempt] = fact.target
        elif isinstance(fact, TransferEnded):
            target = self._rings.pop(fact.attempt, "")
            if fact.outcome in SOMEBODY_THERE:
                self._missed.pop(target, None)
            elif target and fact.outcome in NOBODY_THERE:
                self._missed[target] = [*self._lately(target, fact.at), fact.at]

    def in_a_row(self, digits: str, at: datetime) -> int:
        """How often lately, and since somebody last was there."""
        return sum(1 for _ in self._lately(digits, at)) if digits in self._missed else 0

    def _lately(self, digits: str, at: datetime) -> Iterable[datetime]:
        return (moment for moment in self._missed.get(digits, ()) if at - moment < LATELY)


class LiveNow:
    """The port `directory.live.Live` of the running service."""

    def __init__(
        self,
        seen: Callable[[str], PhoneSeen],
        absences: Callable[[PersonId], Iterable[Absence]],
        misses: Misses,
    ) -> None:
        """`seen` is what the line knows of a phone, `absences` those of a person, of now and later."""
        self._seen, self._absences, self._misses = seen, absences, misses

    def absence(self, person: PersonId, at: datetime) -> Absence | None:
        """The absence that holds at that moment; None if they are in."""
        theirs = self._absences(person)
        return away(theirs, at) if theirs else None

    def phone(self, extension: Extension) -> PhoneState:
        """What that phone is doing; of one behind the trunk nobody knows."""
        if extension.reached is not Reached.HERE:
            return PhoneState.UNKNOWN
        match self._seen(extension.digits):  # quicker than a dict: an enum's hash is reckoned in Python
            case PhoneSeen.FREE:
                return PhoneState.FREE
            case PhoneSeen.IN_USE:
                return PhoneState.IN_USE
            case PhoneSeen.GONE:
                return PhoneState.GONE
            case PhoneSeen.UNKNOWN:
                return PhoneState.UNKNOWN

    def missed(self, extension: Extension, at: datetime) -> int:
        """How often in a row nobody took a call there lately."""
        return self._misses.in_a_row(extension.digits, at)
