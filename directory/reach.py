"""Who is in, and which phone can be rung, at one moment: what `resolve` asks of each it might propose.

What people of one unit share is looked up once in a question.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from directory.absence import Absence
from directory.competence import Missing
from directory.direct import direct_number, fax_numbers, number_for
from directory.hours import NeverOpens, is_open, next_opening
from directory.live import Live, PhoneState
from directory.model import Extension, Hall, Matter, Person, Unit, UnitId
from directory.why import DOUBTFUL, FAX, GONE, NO_PHONE, STATES, away_until, closed, joined, missed, written

MOST_IN_A_ROW = 50
"""Absences that follow each other without a gap; nobody's calendar has more."""

Mildness = tuple[bool, bool, bool]
"""How late in the order a phone comes; phones of equal mildness keep their places."""


class Phone(NamedTuple):
    """A phone as it stands: why it cannot be rung (empty if it can), how late it comes, what is known of it."""

    why_not: str = ""
    mildness: Mildness = (False, False, False)
    known: str = ""


_FREE = Phone(known=STATES[PhoneState.FREE])
_IN_USE = Phone("", (False, False, True), STATES[PhoneState.IN_USE])
_UNKNOWN = Phone()
"""Phones of which nothing else is known than what they are doing: nearly all."""


class Reach:
    """One hall at one moment."""

    def __init__(self, hall: Hall, at: datetime, live: Live) -> None:
        self._hall, self._at, self._live = hall, at, live
        self._zone = ZoneInfo(hall.timezone)
        self._faxes = fax_numbers(hall)
        self._open: dict[UnitId, bool] = {}
        self._direct: dict[UnitId, str | None] = {}

    def away(self, person: Person) -> Missing | None:
        """Whether somebody is away, until when, and who helps; None if they are in."""
        absence = self._live.absence(person.id, self._at)
        return self._away(person, absence) if absence is not None else None

    def phone(self, home: Unit, extension: Extension | None) -> Phone:
        """How this phone of that unit stands."""
        if extension is None:
            return Phone(NO_PHONE)
        if extension.digits in self._faxes:
            return Phone(FAX)
        if not self.is_open(home):
            return Phone(closed(home.name))
        state = self._live.phone(extension)
        if state is PhoneState.GONE:
            return Phone(GONE)
        misses = self._live.missed(extension, self._at)
        if not misses and not extension.doubtful:
            return _FREE if state is PhoneState.FREE else _IN_USE if state is PhoneState.IN_USE else _UNKNOWN
        known = joined(STATES[state], missed(misses), DOUBTFUL if extension.doubtful else "")
        return Phone("", (extension.doubtful, misses > 0, state is PhoneState.IN_USE), known)

    def is_open(self, unit: Unit) -> bool:
        """Whether that unit works at this moment. Raises ValueError if the moment has no time zone."""
        if unit.id not in self._open:
            self._open[unit.id] = is_open(self._hall, self._at, unit=unit)
        return self._open[unit.id]

    def number_for(self, matter: Matter | None, unit: Unit) -> str | None:
        """Which number the caller is told for a matter of that unit."""
        return number_for(matter, unit, self._faxes)

    def direct(self, home: Unit, person: Person | None, matter: Matter | None) -> str | None:
        """Which number the caller is told for them; the same matter each time."""
        if person is not None and person.direct:
            return direct_number(self._hall, home, person, matter, self._faxes)
        if home.id not in self._direct:
            self._direct[home.id] = direct_number(self._hall, home, None, matter, self._faxes)
        return self._direct[home.id]

    def back(self, person: Person, missing: Missing) -> datetime:
        """When somebody who is away can be rung again: in the hours of their unit."""
        home = self._hall.units[person.unit]
        if is_open(self._hall, missing.until, unit=home):
            return missing.until
        try:
            return next_opening(self._hall, missing.until, unit=home)
        except NeverOpens:
            return missing.until

    def written(self, moment: datetime) -> str:
        """Write a moment for a reason: the hour if it is today, else the date too."""
        return written(moment, self._at, self._zone)

    def _away(self, person: Person, absence: Absence) -> Missing:
        """One absence may follow another: then they are back after the last."""
        until = absence.reachable
        for _ in range(MOST_IN_A_ROW):
            following = self._live.absence(person.id, until)
            if following is None or following.reachable <= until:
                break
            until = following.reachable
        return Missing(until, absence.helps, away_until(person, until, self._at, self._zone))
