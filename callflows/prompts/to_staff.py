"""The sentences for clerks and colleagues: always Polish, also of a caller who speaks English."""

from callflows.language import SOURCE
from callflows.outcomes import Outcome
from callflows.prompts.reasons import REASONS
from callflows.prompts.sentences import Sentences
from callflows.spoken import pl
from callflows.spoken.waiting import full_minutes
from directory.resolve import Candidate
from telephony.values import Caller, NumberShown, Words

WORTH_TELLING = 60.0
"""Seconds: a shorter wait is not told to the clerk."""


class ToStaff(Sentences):
    """What clerks and colleagues hear, about a caller who speaks this language."""

    def whisper(self, candidate: Candidate, matter: str, caller: Caller, by: str = "") -> tuple[Words, ...]:
        """Who is handed over to the candidate, and why; `by` is the spoken name of who hands over, if a person does."""
        told = [self._words("whisper", unit=self._desk.spoken, matter=matter)]
        if by:
            told.append(self._words("whisper.by", by=by))
        told.append(self._who(caller))
        if self.language != SOURCE:
            told.append(self.plain("whisper.english"))
        return tuple(told)

    def offer(self, matter: str, language: str, waited: float = 0.0) -> tuple[Words, ...]:
        """A caller from the queue: the matter (may be empty), another language than Polish, seconds of waiting."""
        told = [self.plain("offer")]
        if matter:
            told.append(self._words("offer.matter", matter=matter))
        if waited >= WORTH_TELLING:
            minutes = full_minutes(waited)
            told.append(self._words("offer.waited", str(minutes), waited=pl.waited(minutes)))
        if language != SOURCE:
            told.append(self.plain("whisper.english"))
        return tuple(told)

    def recall(self, outcome: Outcome) -> tuple[Words, ...]:
        """A caller who comes back to the clerk who had left the transfer to the line, and why."""
        return self.plain("recall"), self._words(REASONS[outcome], language=SOURCE)

    def consulted(self, by: Candidate) -> Words:
        """Who wants to ask the colleague something: a person and their unit, or a unit by its common phone."""
        unit = by.unit.spoken
        return self._words("consulted", by=f"{by.person.spoken}, {unit}" if by.person else unit)

    def _who(self, caller: Caller) -> Words:
        """The caller as the colleague may know them: the last digits of a number that was shown."""
        end = caller.number[-3:]
        if caller.shown is not NumberShown.SHOWN or not end.isdigit():
            return self.plain("whisper.withheld")
        return self._words("whisper.number", digits=pl.phone_digits(end))
