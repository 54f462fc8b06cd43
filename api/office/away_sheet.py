"""What may be typed of an absence, and the absence that it makes.

A day may stand where a moment is asked for: an absence begins with its first day and ends with its last one. A moment
without a time zone is the hall's.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from api.office.complaints import Wrong
from api.office.sheets import strictly, text
from api.office.typed import Reader
from directory.absence import Absence, AbsenceId, Entered, Reason
from directory.hours import NeverOpens, is_open, next_opening
from directory.model import Hall, PersonId

LONGEST = timedelta(days=3 * 366)
"""Who is away for longer than that has left."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Of days that can be typed: at the ends of Python's calendar no day can be added any more."""

DAY = timedelta(days=1)


@strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceSheet:
    """What may be written of an absence; a field that is left out stays as it is."""

    person: Annotated[str | None, text("the id of who is away")] = None
    begins: Annotated[
        str | None, text('the first day or moment, like "2026-11-24" or "2026-11-24T10:00"')
    ] = None
    ends: Annotated[str | None, text('the last day, or the moment when it ends, like "2026-11-27"')] = None
    back: Annotated[str | None, text("when they can be reached again; none: when their unit next opens")] = (
        None
    )
    helps: Annotated[str | None, text("the id of who helps meanwhile; none: their deputies")] = None
    reason: Annotated[
        Reason | None, Field(description=f"why, one of {', '.join(reason.value for reason in Reason)}")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """Who typed an absence, when, and where; its id if it is a new one."""

    id: AbsenceId
    at: datetime
    by: str
    entered: Entered


def absence_of(hall: Hall, sheet: AbsenceSheet, before: Absence | None, typing: Typing) -> Absence:
    """Return the absence that this sheet makes; `before` None: a new one. Raises Refused."""
    read, zone = Reader(hall), ZoneInfo(hall.timezone)
    person = _who(read, hall, sheet, before)
    helps = before.helps if before else None
    if sheet.helps is not None:
        helps = next(iter(read.people("helps", [sheet.helps])), None)
    if helps is not None and helps == person:
        read.complain("helps", Wrong.ONESELF, helps)
    begins = _moment(read, "begins", sheet.begins, zone) or (before.begins if before else typing.at)
    ends = _moment(read, "ends", sheet.ends, zone, whole=DAY) or (before.ends if before else None)
    back = _moment(read, "back", sheet.back, zone)
    if ends is None:
        if not sheet.ends:
            read.complain("ends", Wrong.EMPTY)
    elif ends <= begins:
        read.complain("ends", Wrong.ENDS_FIRST, sheet.ends or "")
    elif ends - begins > LONGEST:
        read.complain("ends", Wrong.TOO_LONG, sheet.ends or "")
    elif ends <= typing.at:
        read.complain("ends", Wrong.PAST, sheet.ends or "")
    elif back is not None and back < ends:
        read.complain("back", Wrong.ENDS_FIRST, sheet.back or "")
    read.done()
    assert ends is not None, "an end that is not there was complained of"
    if sheet.back is None and before is not None and ends == before.ends:
        back = before.back
    return Absence(
        id=before.id if before else typing.id,
        person=person,
        begins=begins,
        ends=ends,
        back=back or opens_again(hall, person, ends),
        helps=helps,
        reason=sheet.reason or (before.reason if before else Reason.OUT_OF_OFFICE),
        entered=before.entered if before else typing.entered,
        entered_by=before.entered_by if before else typing.by,
        calendar=before.calendar if before else "",
    )


def absence_sheet(hall: Hall, absence: Absence) -> AbsenceSheet:
    """An absence, as it is typed: whole days as days, and no word of what follows by itself."""
    zone = ZoneInfo(hall.timezone)
    begins, ends = absence.begins.astimezone(zone), absence.ends.astimezone(zone)
    whole = begins.time() == time.min and ends.time() == time.min
    by_itself = absence.back == opens_again(hall, absence.person, absence.ends)
    return AbsenceSheet(
        person=absence.person,
        begins=begins.date().isoformat() if whole else _typed(begins),
        ends=(ends - DAY).date().isoformat() if whole else _typed(ends),
        back="" if absence.back is None or by_itself else _typed(absence.back.astimezone(zone)),
        helps=absence.helps or "",
        reason=absence.reason,
    )


def absence_mark(absence: Absence) -> str:
    """Return what is another one as soon as anything of it was changed (RFC 9110 §8.8.3)."""
    return hashlib.sha256(repr(absence).encode()).hexdigest()[:16]


def opens_again(hall: Hall, person: PersonId, ends: datetime) -> datetime | None:
    """Return when somebody's unit next opens after an absence; None if it is open when that ends."""
    at_home = hall.people.get(person)
    unit = hall.units.get(at_home.unit) if at_home else None
    try:
        return None if is_open(hall, ends, unit=unit) else next_opening(hall, ends, unit=unit).astimezone(UTC)
    except NeverOpens:
        return None


def _who(read: Reader, hall: Hall, sheet: AbsenceSheet, before: Absence | None) -> PersonId:
    """Who is away: nobody else than before."""
    if before is None:
        person = read.needed("person", sheet.person or "")
        return next(iter(read.people("person", [person])), PersonId(""))
    if sheet.person not in (None, before.person):
        read.complain("person", Wrong.SOMEBODY_ELSE, sheet.person or "")
    return before.person


def _moment(
    read: Reader, field: str, typed: str | None, zone: ZoneInfo, *, whole: timedelta = timedelta()
) -> datetime | None:
    """Read a day or a moment; `whole` is added to a day. None if nothing was typed, or nothing that can be read."""
    written = (typed or "").strip()
    if not written:
        return None
    try:
        if not FIRST_YEAR <= int(written[:4]) <= LAST_YEAR:
            raise ValueError
        if len(written) <= len("2026-11-24"):
            day = date.fromisoformat(written) + whole
            return datetime.combine(day, time.min, zone).astimezone(UTC)
        moment = datetime.fromisoformat(written.upper())
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        read.complain(field, Wrong.MOMENT, written)
        return None


def _typed(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
