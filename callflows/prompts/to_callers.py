"""The sentences for callers, in the language that they chose."""

from datetime import datetime

from callflows.facts import TicketId
from callflows.language import SOURCE
from callflows.outcomes import Outcome
from callflows.prompts.reasons import REASONS, reason_id
from callflows.prompts.sentences import Polish, Sentences
from callflows.spoken.pl import expand
from callflows.spoken.waiting import full_minutes
from directory.model import Hall, Menu, MenuEntry, Unit
from directory.resolve import Candidate
from telephony.values import Words


class ToCallers(Sentences):
    """What a caller hears."""

    # The front desk

    def greeting(self) -> Words:
        """Who answers: the hall and the unit (§6.1)."""
        return self._words("greeting", hall=Polish(self._hall.name), unit=Polish(self._desk.spoken))

    def notice(self) -> tuple[Words, ...]:
        """Today's notice; nothing if the hall has none."""
        notice = self._hall.notice
        return (self._words("notice", notice=Polish(expand(notice))),) if notice else ()

    def languages(self) -> tuple[Words, ...]:
        """The way to the other language, said in that one; nothing in a hall that has only one."""
        other = other_language(self._hall, self.language)
        return (self.plain(_WAYS[other]),) if other in _WAYS else ()

    def menu(self, menu: Menu, path: str) -> tuple[Words, ...]:
        """The entries of a menu, one sentence each. `path` is the keys that led there."""
        return tuple(
            self._words(
                "menu.entry",
                f"{path}{entry.key}",
                spoken=self._entry(entry),
                key=self._spoken.key(entry.key),
            )
            for entry in menu.entries
        )

    def clerk_by_zero(self) -> Words:
        """The way to a person in the menu."""
        return self._words("menu.clerk", unit=Polish(self._desk.spoken))

    # After hours

    def closed(self) -> Words:
        """When the hall works."""
        return self._words("closed", hours=self._spoken.hours(self._hall.week))

    def opens(self, opens: datetime, now: datetime) -> Words:
        """When it opens next."""
        return self._words("closed.opens", opens=self._spoken.moment(opens, now))

    def crisis(self) -> tuple[Words, ...]:
        """The crisis number; nothing if the hall named none."""
        number = self._hall.crisis_number
        return (self._words("closed.crisis", digits=self._spoken.phone(number)),) if number else ()

    # The queue

    def position(self, place: int) -> Words:
        """Where the caller stands in the queue; the next one to be served is first, 1."""
        return self._words("queue.position", str(place), place=self._spoken.place(place))

    def expected_wait(self, seconds: float) -> Words:
        """How long it will take, rounded up to full minutes; over twenty minutes only that it is more."""
        minutes = full_minutes(seconds)
        return self._words("queue.wait", str(minutes), wait=self._spoken.wait(minutes))

    # The transfer

    def announcement(self, candidate: Candidate) -> Words:
        """To whom the caller is being connected (§6.4)."""
        unit, person = candidate.unit, candidate.person
        if person is None:
            return self._words("announce.unit", unit.id, unit=Polish(unit.spoken))
        # Polish declines the name after "Łączę z", English does not
        name = person.announced if self.language == SOURCE else person.spoken
        if not name:
            return self._words(
                "announce.plain", person.id, spoken=Polish(person.spoken), unit=Polish(unit.spoken)
            )
        return self._words("announce.person", person.id, announced=Polish(name), unit=Polish(unit.spoken))

    def introduction(self, candidate: Candidate) -> Words:
        """Who took the call: name and unit (§6.1)."""
        unit, person = candidate.unit, candidate.person
        if person is None:
            return self._words("introduction.unit", unit.id, unit=Polish(unit.spoken))
        return self._words(
            "introduction.person", person.id, spoken=Polish(person.spoken), unit=Polish(unit.spoken)
        )

    def reason(self, outcome: Outcome) -> Words:
        """Why it did not work."""
        return self._words(REASONS[outcome])

    def trying_the_next(self, outcome: Outcome) -> Words:
        """Why it did not work, and that somebody else is tried."""
        return self._words("next", reason_id(outcome), reason=self._text(REASONS[outcome]))

    def came_back(self, outcome: Outcome) -> Words:
        """Why it did not work, and that the caller is with the clerk again: both hear it."""
        return self._words("came_back", reason_id(outcome), reason=self._text(REASONS[outcome]))

    def outside(self, unit: Unit) -> Words:
        """That a body outside the hall settles this."""
        return self._words("outside", unit.id, unit=Polish(unit.spoken))

    def away(self, back: datetime, now: datetime) -> Words:
        """That everybody who settles this is absent, and when the first of them is back (bylaw §4.11)."""
        return self._words("reason.away", back=self._spoken.moment(back, now))

    def number(self, unit: Unit, number: str) -> Words:
        """The direct number, digit by digit (§6.4)."""
        digits = self._spoken.phone(number)
        return self._words("number", number.lstrip("+"), unit=Polish(unit.spoken), digits=digits)

    def back_to_clerk(self) -> Words:
        """The way to a person, after a failed transfer."""
        return self._words("back.clerk", unit=Polish(self._desk.spoken))

    # The callback

    def read_back(self, name: str, number: str) -> Words:
        """Read a caller's number back: `callback.yours` or `callback.typed`."""
        return self._words(name, digits=self._spoken.phone(number))

    def promised(self, due: datetime, ticket: TicketId, now: datetime) -> Words:
        """Until when we call back, and the ticket's number (§6.3)."""
        due_said, ticket_said = self._spoken.until(due, now), self._spoken.ticket(ticket)
        return self._words("callback.promised", due=due_said, ticket=ticket_said)

    def _entry(self, entry: MenuEntry) -> str:
        """What is said for a key: the hall's own English text if there is one, else the Polish one."""
        in_english = entry.spoken_en if self.language == "en" else ""
        return in_english or Polish(expand(entry.spoken))


_WAYS = {"en": "menu.english", "pl": "menu.polish"}
"""The prompt that offers each language."""


def other_language(hall: Hall, language: str) -> str | None:
    """The language that key 8 leads to: the next of the hall's; None if it has only this one."""
    others = [spoken for spoken in hall.languages if spoken != language]
    return others[0] if others else None
