"""The sentences of the line: catalogue texts with their slots filled by words of this hall.

A sentence about a person, a unit, a matter or a number has the id in its name, so that the hall may
replace just that one by a recording. A prompt's name never holds a caller's number.
"""

from datetime import datetime

from callflows.facts import TicketId
from callflows.outcomes import Outcome
from callflows.prompts.catalogue import CATALOGUE
from callflows.spoken.digits import key, phone_digits, ticket_number
from callflows.spoken.expansion import expand
from callflows.spoken.times import At, moment
from callflows.spoken.week import hours_of_week
from directory.model import Hall, Menu, Unit
from directory.resolve import Candidate
from telephony.values import Caller, NumberShown, PromptName, Words

REASONS = {
    Outcome.NO_ANSWER: "reason.no_answer",
    Outcome.BUSY: "reason.busy",
    Outcome.DECLINED: "reason.declined",
    Outcome.NOT_ACCEPTED: "reason.not_accepted",
    Outcome.UNREACHABLE: "reason.unreachable",
    Outcome.NOT_PROVEN: "reason.not_proven",
    Outcome.CANCELLED: "reason.cancelled",
    Outcome.ABSENT: "reason.nobody",
}
"""Why a transfer failed, in plain words for the caller."""


class Wording:
    """Builds every sentence for one hall."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._desk = hall.units[hall.desk]

    def plain(self, name: str) -> Words:
        """A prompt without slots."""
        return self._words(name)

    # The front desk

    def greeting(self) -> Words:
        """Who answers: the hall and the unit (§6.1)."""
        return self._words("greeting", hall=self._hall.name, unit=self._desk.spoken)

    def notice(self) -> tuple[Words, ...]:
        """Today's notice; nothing if the hall has none."""
        return (self._words("notice", notice=expand(self._hall.notice)),) if self._hall.notice else ()

    def menu(self, menu: Menu, path: str) -> tuple[Words, ...]:
        """The entries of a menu, one sentence each. `path` is the keys that led there."""
        return tuple(
            self._words("menu.entry", f"{path}{entry.key}", spoken=expand(entry.spoken), key=key(entry.key))
            for entry in menu.entries
        )

    def clerk_by_zero(self) -> Words:
        """The way to a person in the menu."""
        return self._words("menu.clerk", unit=self._desk.spoken)

    # After hours

    def closed(self) -> Words:
        """When the hall works."""
        return self._words("closed", hours=hours_of_week(self._hall.week))

    def opens(self, opens: datetime, now: datetime) -> Words:
        """When it opens next."""
        return self._words("closed.opens", opens=moment(opens, now, At.AT))

    def crisis(self) -> tuple[Words, ...]:
        """The crisis number; nothing if the hall named none."""
        number = self._hall.crisis_number
        return (self._words("closed.crisis", digits=phone_digits(number)),) if number else ()

    # The transfer

    def announcement(self, candidate: Candidate) -> Words:
        """To whom the caller is being connected (§6.4)."""
        unit, person = candidate.unit, candidate.person
        if person is None:
            return self._words("announce.unit", unit.id, unit=unit.spoken)
        return self._words("announce.person", person.id, announced=person.announced, unit=unit.spoken)

    def whisper(self, candidate: Candidate, matter: str, caller: Caller) -> Words:
        """Who is handed over to the colleague, and why."""
        return self._words("whisper", unit=self._desk.spoken, matter=matter, who=_who(caller))

    def introduction(self, candidate: Candidate) -> Words:
        """Who took the call: name and unit (§6.1)."""
        unit, person = candidate.unit, candidate.person
        if person is None:
            return self._words("introduction.unit", unit.id, unit=unit.spoken)
        return self._words("introduction.person", person.id, spoken=person.spoken, unit=unit.spoken)

    def reason(self, outcome: Outcome) -> Words:
        """Why it did not work."""
        return self._words(REASONS[outcome])

    def trying_the_next(self, outcome: Outcome) -> Words:
        """Why it did not work, and that somebody else is tried."""
        name = REASONS[outcome]
        return self._words("next", name.removeprefix("reason."), reason=CATALOGUE[name].text)

    def outside(self, unit: Unit) -> Words:
        """That a body outside the hall settles this."""
        return self._words("outside", unit.id, unit=unit.spoken)

    def number(self, unit: Unit, number: str) -> Words:
        """The direct number, digit by digit (§6.4)."""
        return self._words("number", number.lstrip("+"), unit=unit.spoken, digits=phone_digits(number))

    def back_to_clerk(self) -> Words:
        """The way to a person, after a failed transfer."""
        return self._words("back.clerk", unit=self._desk.spoken)

    # The callback

    def read_back(self, name: str, number: str) -> Words:
        """Read a caller's number back: `callback.yours` or `callback.typed`."""
        return self._words(name, digits=phone_digits(number))

    def promised(self, due: datetime, ticket: TicketId, now: datetime) -> Words:
        """Until when we call back, and the ticket's number (§6.3)."""
        return self._words("callback.promised", due=moment(due, now), ticket=ticket_number(ticket))

    def _words(self, name: str, of: str = "", /, **slots: str) -> Words:
        text = CATALOGUE[name].text.format(**slots)
        return Words(PromptName(f"{name}.{of}" if of else name), text)


def _who(caller: Caller) -> str:
    """The caller as the colleague may know them: the last digits of a number that was shown."""
    if caller.shown is not NumberShown.SHOWN or not caller.number[-3:].isdigit():
        return "Numer zastrzeżony."
    return f"Numer kończy się na {phone_digits(caller.number[-3:])}."
