"""The sentences for an official at their own phone, in their language."""

from datetime import datetime

from callflows.prompts.sentences import Polish, Sentences
from directory.model import Hall, Person
from telephony.values import Words


class ToOfficials(Sentences):
    """What an official hears who reports an absence."""

    def whose_absence(self, person: Person) -> Words:
        """Whose absence is reported: by the phone, so that nobody does it for another unawares."""
        return self._words("absence.hello", person.id, spoken=Polish(person.spoken))

    def away_until(self, back: datetime, now: datetime) -> Words:
        """That they count as away, and until when."""
        return self._words("absence.away", back=self._spoken.moment(back, now))

    def absence_understood(self, back: datetime, now: datetime) -> Words:
        """What was understood, read back."""
        return self._words("absence.understood", back=self._spoken.moment(back, now))

    def helps(self, deputy: Person | None) -> Words:
        """Who is rung meanwhile, or that nobody is."""
        if deputy is None:
            return self.plain("absence.nobody_helps")
        return self._words("absence.helps", deputy.id, spoken=Polish(deputy.spoken))


def language_of(hall: Hall, person: Person) -> str:
    """What an official is spoken to in: the first of their languages that the line speaks."""
    primary = (spoken.partition("-")[0].lower() for spoken in person.languages)
    return next((spoken for spoken in primary if spoken in hall.languages), hall.languages[0])
