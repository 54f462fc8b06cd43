"""Reading single values as people type them: numbers, hours, days, lists; each mistake names its field."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time

from api.office.complaints import LONGEST, Complaint, Refused, Wrong
from directory.model import Hall, Hours, MatterId, PersonId, UnitId, Week
from directory.numbers import national
from directory.phonetext import read_numbers

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As they are written, from ISO weekday 1."""

_EXTENSION = re.compile(r"[0-9]{2,6}")
_SHORT = re.compile(r"[0-9]{3,6}")
_HOURS = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})\s*[-\u2010-\u2015]\s*([0-9]{1,2})[.:]([0-9]{2})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")


class Reader:
    """Reads the values of one form against a hall, and gathers every mistake before it complains."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._complaints: list[Complaint] = []

    def complain(self, field: str, wrong: Wrong, value: str = "") -> None:
        """Note a mistake."""
        self._complaints.append(Complaint(field, wrong, value))

    def done(self) -> None:
        """Raise Refused if there was any mistake."""
        if self._complaints:
            raise Refused(*self._complaints)

    def text(self, field: str, typed: str) -> str:
        """One line, without spaces around and doubled ones between."""
        clean = " ".join(typed.split())
        if not clean.isprintable():
            self.complain(field, Wrong.UNPRINTABLE, clean)
        elif len(clean) > LONGEST:
            self.complain(field, Wrong.LENGTHY, clean)
        return clean

    def needed(self, field: str, typed: str) -> str:
        """One line that may not be empty."""
        clean = self.text(field, typed)
        if not clean:
            self.complain(field, Wrong.EMPTY)
        return clean

    def texts(self, field: str, typed: Iterable[str]) -> tuple[str, ...]:
        """Several lines, the empty ones left out, each once."""
        return tuple(dict.fromkeys(clean for each in typed if (clean := self.text(field, each))))

    def number(self, field: str, typed: str) -> str | None:
        """One telephone number, E.164; None for an empty field."""
        clean = self.text(field, typed)
        if not clean:
            return None
        found = read_numbers(clean, self._hall.numbering)
        if len(found) > 1:
            self.complain(field, Wrong.NOT_ONE_NUMBER, clean)
        elif not found or found[0].doubt or not found[0].speaks or found[0].extension:
            self.complain(field, Wrong.NUMBER, clean)
        else:
            return found[0].e164
        return None

    def numbers(self, field: str, typed: Iterable[str]) -> tuple[str, ...]:
        """Several telephone numbers, one in each line."""
        read = (self.number(field, each) for each in self.texts(field, typed))
        return tuple(dict.fromkeys(number for number in read if number))

    def extension(self, field: str, typed: str) -> str:
        """The digits of an extension, or nothing."""
        return self._like(_EXTENSION, Wrong.EXTENSION, field, re.sub(r"[\s-]", "", typed))

    def short(self, field: str, typed: str) -> str:
        """A short code (986), or nothing."""
        return self._like(_SHORT, Wrong.NUMBER, field, re.sub(r"[\s-]", "", typed))

    def email(self, field: str, typed: str) -> str:
        """An e-mail address, or nothing."""
        return self._like(_EMAIL, Wrong.EMAIL, field, self.text(field, typed))

    def languages(self, field: str, typed: Iterable[str]) -> tuple[str, ...]:
        """Codes of languages, each once; at least one."""
        codes = self.texts(field, typed)
        if not codes:
            self.complain(field, Wrong.EMPTY)
        return tuple(self._like(_LANGUAGE, Wrong.LANGUAGE, field, code) for code in codes)

    def days(self, field: str, typed: Iterable[str]) -> frozenset[date]:
        """Days of the calendar."""
        return frozenset(day for each in self.texts(field, typed) if (day := self._day(field, each)))

    def week(self, field: str, typed: Mapping[str, str]) -> Week | None:
        """Opening hours by weekday; None if no day has any."""
        days: dict[int, Hours] = {}
        for name, written in typed.items():
            if name not in WEEKDAYS:
                self.complain(field, Wrong.WEEKDAY, name)
            elif written.strip() and (hours := self._hours(f"{field}.{name}", written.strip())):
                days[WEEKDAYS.index(name) + 1] = hours
        return Week(dict(sorted(days.items()))) if days else None

    def unit(self, field: str, typed: str) -> UnitId | None:
        """The id of a unit; None for an empty field."""
        if typed and typed not in self._hall.units:
            self.complain(field, Wrong.NO_UNIT, typed)
        return UnitId(typed) if typed else None

    def home(self, field: str, typed: str) -> UnitId:
        """The id of a unit of the hall itself, where people work."""
        found = self.unit(field, self.needed(field, typed)) or UnitId("")
        if found in self._hall.units and self._hall.units[found].outside:
            self.complain(field, Wrong.OUTSIDE, typed)
        return found

    def matters(self, field: str, typed: Iterable[str]) -> tuple[MatterId, ...]:
        """Ids of matters, each once."""
        ids = tuple(map(MatterId, self.texts(field, typed)))
        for each in ids:
            if each not in self._hall.matters:
                self.complain(field, Wrong.NO_MATTER, each)
        return ids

    def people(self, field: str, typed: Iterable[str]) -> tuple[PersonId, ...]:
        """Ids of people, each once, in their order."""
        ids = tuple(map(PersonId, self.texts(field, typed)))
        for each in ids:
            if each not in self._hall.people:
                self.complain(field, Wrong.NO_PERSON, each)
        return ids

    def _like(self, pattern: re.Pattern[str], wrong: Wrong, field: str, clean: str) -> str:
        if clean and not pattern.fullmatch(clean):
            self.complain(field, wrong, clean)
        return clean

    def _day(self, field: str, typed: str) -> date | None:
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self.complain(field, Wrong.DAY, typed)
            return None

    def _hours(self, field: str, typed: str) -> Hours | None:
        found = _HOURS.fullmatch(typed)
        try:
            hours = _hours_of(found) if found else None
        except ValueError:  # an hour of 25
            hours = None
        if hours is None or hours.opens >= hours.closes:
            self.complain(field, Wrong.HOURS, typed)
            return None
        return hours


def _hours_of(found: re.Match[str]) -> Hours:
    return Hours(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))


def week_written(week: Week | None) -> dict[str, str]:
    """Opening hours as they are typed: {"mon": "8.00-15.30"}; nothing where the hall's own hold."""
    if week is None:
        return {}
    return {WEEKDAYS[day - 1]: hours_written(hours) for day, hours in sorted(week.days.items())}


def hours_written(hours: Hours) -> str:
    """Hours as they are typed: 8.00-15.30."""
    opens, closes = hours.opens, hours.closes
    return f"{opens.hour}.{opens.minute:02}-{closes.hour}.{closes.minute:02}"


def number_written(number: str | None) -> str:
    """A number as it is typed: nine digits in groups."""
    return national(number) if number else ""
