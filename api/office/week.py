"""Who is away on which day of a week, unit by unit: what the page of absences shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.absence import Absence
from directory.model import Hall, Person, PersonId, Unit


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a day that somebody is away; None: from its beginning, to its end."""

    absence: Absence
    begins: datetime | None
    ends: datetime | None

    @property
    def whole(self) -> bool:
        """Whether it is the whole day."""
        return self.begins is None and self.ends is None


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """One person, and when they are away on each of the days."""

    person: Person
    days: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """One unit, and those of it who are away in that week."""

    unit: Unit
    people: tuple[PersonWeek, ...]
    staff: int
    """How many work there."""


def monday_of(day: date) -> date:
    """Return the first day of its week."""
    return day - timedelta(days=day.isoweekday() - 1)


def days_of(hall: Hall, monday: date) -> tuple[date, ...]:
    """Return the days of a week on which anybody works: Monday to Friday, and others if the hall has hours then."""
    worked = {1, 2, 3, 4, 5, *hall.week.days}
    worked |= {day for unit in hall.units.values() if unit.week for day in unit.week.days}
    return tuple(monday + timedelta(days=day - 1) for day in sorted(worked))


def bounds(hall: Hall, first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments when a stretch of days begins and ends."""
    zone = ZoneInfo(hall.timezone)
    return (
        datetime.combine(first, time.min, zone),
        datetime.combine(last + timedelta(days=1), time.min, zone),
    )


def week(hall: Hall, absences: Iterable[Absence], days: tuple[date, ...]) -> tuple[UnitWeek, ...]:
    """Return the units in which somebody is away on one of these days, in the order of the directory."""
    by_person: dict[PersonId, list[Absence]] = {}
    for absence in sorted(absences, key=lambda each: each.begins):
        by_person.setdefault(absence.person, []).append(absence)
    return tuple(_units(hall, by_person, days))


def _units(hall: Hall, away: dict[PersonId, list[Absence]], days: tuple[date, ...]) -> Iterator[UnitWeek]:
    for unit in hall.units.values():
        staff = hall.staff.by_unit.get(unit.id, ())
        rows = [
            PersonWeek(person, tuple(tuple(_spans(hall, away[person.id], day)) for day in days))
            for person in staff
            if person.id in away
        ]
        people = tuple(row for row in rows if any(row.days))
        if people:
            yield UnitWeek(unit, people, len(staff))


def _spans(hall: Hall, absences: Iterable[Absence], day: date) -> Iterator[Span]:
    begins, ends = bounds(hall, day, day)
    zone = ZoneInfo(hall.timezone)
    for absence in absences:
        if absence.begins < ends and begins < absence.ends:
            yield Span(
                absence,
                absence.begins.astimezone(zone) if absence.begins > begins else None,
                absence.ends.astimezone(zone) if absence.ends < ends else None,
            )
