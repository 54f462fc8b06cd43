"""Who is to be rung about this matter, now, in which order, and why: `resolve`.

Pure and deterministic: the same hall, subject, moment and `Live` give the same answer. Who is competent, and who steps
in for whom, says `directory.competence`. Passed over is who is away, whose unit is closed, whose phone is disconnected
or missing. Then a stable sort puts last, in this order: phones in use, phones that nobody took lately, and extensions
of which the catalogue is not sure. Never a fax, neither rung nor told.

The reasons are Polish sentences (`directory.why`): the supervisor reads them in the story of the call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from operator import itemgetter

from directory.competence import Turn, turns
from directory.live import NOTHING_KNOWN, Live
from directory.model import Extension, Hall, Matter, MatterId, Person, Unit, UnitId
from directory.reach import Mildness, Reach
from directory.why import FAX, GONE, UNIT_UNKNOWN, all_away, all_gone, closed, no_phone, same_phone


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the directory proposes for a matter now, and why.

    `person` is None for a unit's own line. `direct` is what the caller is told if nobody takes it.
    """

    unit: Unit
    extension: Extension
    why: str
    person: Person | None = None
    direct: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody competent who is not proposed now, and why not; `person` is None for a unit's own line."""

    unit: Unit
    why: str
    person: Person | None = None


class Lack(Enum):
    """Why nobody is proposed: the caller is told so in other words each time."""

    OUTSIDE = "outside"
    CLOSED = "closed"
    AWAY = "away"
    """Everybody who settles it is absent."""
    UNREACHABLE = "unreachable"
    """The catalogue has no phone to ring, or every one of them is disconnected."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The ordered candidates; and what to tell the caller when there is none.

    `unit` is who is competent (None: nobody knows, so the desk helps), and `direct` the number that the
    caller may dial themselves: the matter's, else that unit's, or the desk's if no unit is known; None if
    the catalogue has no number that is surely no fax. `outside` says that `unit` is a body outside the
    hall: the caller gets *its* number. `why_none` is set exactly if there is no candidate.
    """

    candidates: tuple[Candidate, ...]
    direct: str | None
    unit: Unit | None
    outside: bool = False
    why_none: str = ""
    lack: Lack | None = None
    """Set exactly if there is no candidate."""
    back: datetime | None = None
    """With `Lack.AWAY`: when the first of them can be rung again."""
    passed_over: tuple[PassedOver, ...] = ()


class NoSuchSubject(LookupError):
    """Neither a matter nor a unit of the hall has this id."""


def resolve(hall: Hall, subject: MatterId | UnitId, at: datetime, live: Live = NOTHING_KNOWN) -> Resolution:
    """Propose who is to be rung about a matter (or a unit's other matters) at that moment.

    Raises NoSuchSubject, and ValueError for a moment without a time zone.
    """
    matter, unit = matter_and_unit(hall, subject)
    competent = unit or hall.units[hall.desk]
    reach = Reach(hall, at, live)
    direct = reach.number_for(matter, competent)
    if competent.outside:
        why = f"sprawę załatwia instytucja spoza urzędu: {competent.name}"
        return Resolution((), direct, unit, outside=True, why_none=why, lack=Lack.OUTSIDE)
    if not reach.is_open(competent):
        return Resolution((), direct, unit, why_none=closed(competent.name), lack=Lack.CLOSED)
    everybody = turns(hall, matter, competent, reach.away)
    listed = _List(hall, matter, reach, about="" if unit else f"{UNIT_UNKNOWN}; ")
    listed.take(everybody, competent)
    passed_over = tuple(listed.passed_over)
    if listed.candidates:
        return Resolution(listed.in_order(), direct, unit, passed_over=passed_over)
    lack, why, back = _lack(competent, everybody, listed.passed_over, reach)
    return Resolution((), direct, unit, why_none=why, lack=lack, back=back, passed_over=passed_over)


def matter_and_unit(hall: Hall, subject: MatterId | UnitId) -> tuple[Matter | None, Unit | None]:
    """Return the matter (None if a unit was asked for) and the unit (None if the catalogue names none).

    Raises NoSuchSubject.
    """
    matter = hall.matters.get(MatterId(subject))
    if matter is not None:
        return matter, hall.units[matter.unit] if matter.unit else None
    unit = hall.units.get(UnitId(subject))
    if unit is None:
        raise NoSuchSubject(f"neither a matter nor a unit of {hall.name} is called {subject!r}")
    return None, unit


class _List:
    """Who is proposed, with how late their phone comes, and who is passed over."""

    def __init__(self, hall: Hall, matter: Matter | None, reach: Reach, *, about: str) -> None:
        self.candidates: list[tuple[Mildness, Candidate]] = []
        self.passed_over: list[PassedOver] = []
        self._hall, self._matter, self._reach, self._about = hall, matter, reach, about
        self._whose: dict[str, str] = {}
        """Whose phone is on the list, by its extension."""

    def take(self, everybody: Sequence[Turn], unit: Unit) -> None:
        """Take everybody up, or pass them over; last the unit's own line, if it has one."""
        units = self._hall.units
        for person, why, missing in everybody:
            home = units[person.unit]
            if missing is not None:
                self.passed_over.append(PassedOver(home, missing.said, person))
            else:
                self._take(home, person.extension, why, person)
        if unit.line is not None:
            self._take(unit, unit.line, f"wspólny telefon: {unit.name}", None)

    def in_order(self) -> tuple[Candidate, ...]:
        """The candidates, those last who come last by how things stand at their phones."""
        self.candidates.sort(key=itemgetter(0))
        return tuple(candidate for _, candidate in self.candidates)

    def _take(self, home: Unit, extension: Extension | None, why: str, person: Person | None) -> None:
        why_not, mildness, known = self._reach.phone(home, extension)
        if extension is None or why_not:
            self.passed_over.append(PassedOver(home, why_not, person))
            return
        digits = extension.digits
        if digits in self._whose:
            self.passed_over.append(PassedOver(home, same_phone(digits, self._whose[digits]), person))
            return
        self._whose[digits] = person.name if person else home.name
        reason = f"{self._about}{why}; {known}" if known else f"{self._about}{why}"
        direct = self._reach.direct(home, person, self._matter)
        self.candidates.append((mildness, Candidate(home, extension, reason, person, direct)))


def _lack(
    unit: Unit, everybody: Sequence[Turn], passed_over: Sequence[PassedOver], reach: Reach
) -> tuple[Lack, str, datetime | None]:
    """Why nobody is proposed: with nothing but absence to blame, until when."""
    missing = [(turn.person, turn.missing) for turn in everybody if turn.missing is not None]
    if missing and not any(passed.person and passed.why in (GONE, FAX) for passed in passed_over):
        back = min(reach.back(*one) for one in missing)
        return Lack.AWAY, all_away(unit.name, reach.written(back)), back
    gone = any(passed.why == GONE for passed in passed_over)
    return Lack.UNREACHABLE, all_gone(unit.name) if gone else no_phone(unit.name), None
