"""Absences: who is away this week, and the form by which people say so: for themselves, or a supervisor for anybody."""

from datetime import date, timedelta
from http import HTTPMethod, HTTPStatus
from zoneinfo import ZoneInfo

from api.http.problems import Problem
from api.language import noted
from api.office.absences import new_absence_id
from api.office.away_sheet import (
    FIRST_YEAR,
    LAST_YEAR,
    AbsenceSheet,
    Typing,
    absence_mark,
    absence_of,
    absence_sheet,
)
from api.office.complaints import Complaint, Refused
from api.office.week import bounds, days_of, monday_of, week
from api.pages.directory.fields import Way, labels
from api.pages.directory.rights import may_edit, may_speak_for
from api.pages.directory.words import REASONS, Words
from api.pages.directory.wrong import sentences
from api.pages.page import Answer, Go, Page, Shown
from api.pages.visit import Visit
from directory.absence import Absence, Entered, Reason
from directory.model import Hall, PersonId, UnitId
from records.stores.absences import NoAbsence

WEEK = timedelta(days=7)
TITLE, NEW, CHANGE = noted("Nieobecności"), noted("Nowa nieobecność"), noted("Nieobecność")
ENTERED = noted("Zapisane: %(name)s wraca %(back)s. Telefony od razu dzwonią do kogoś innego.")
OVERLAPS = noted("Ta osoba ma w tym czasie także inną nieobecność; liczą się obie.")
CANCELLED = noted("Odwołane: %(name)s jest na miejscu.")
GONE = noted("Tej nieobecności już nie ma: odwołano ją.")
NOT_YOURS = noted("Nieobecność innej osoby wpisuje przełożony albo administrator.")
MEANWHILE = noted(
    "Ktoś zmienił tę nieobecność w międzyczasie: teraz trwa od %(begins)s do %(ends)s. Twoja zmiana nie jest "
    "zapisana. Popraw, co trzeba, i zapisz jeszcze raz."
)
OF_CALENDAR = noted("Ta nieobecność pochodzi z kalendarza: zmień ją tam. Tutaj możesz ją tylko odwołać.")


async def this_week(visit: Visit) -> Answer:
    """Who is away, unit by unit, in one week; and who is away now."""
    hall, now = visit.parts.house.hall(), visit.parts.house.clock.now()
    today = now.astimezone(ZoneInfo(hall.timezone)).date()
    monday = monday_of(_day(visit.asked("week")) or today)
    days, unit = days_of(hall, monday), visit.asked("unit")
    begins, ends = bounds(hall, days[0], days[-1])
    staff = hall.staff.by_unit.get(UnitId(unit), ()) if unit in hall.units else None
    people = None if staff is None else [person.id for person in staff]
    found = await visit.parts.office.absences.store.between(begins, ends, people)
    person = visit.account.person
    values = {
        "days": days,
        "today": today,
        "rows": week(hall, found, days),
        "now": [
            (hall.people[each.person], each)
            for each in found
            if each.holds(now) and each.person in hall.people
        ],
        "units": [each for each in hall.units.values() if each.id in hall.staff.by_unit],
        "unit": unit,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "own": hall.people.get(person) if person else None,
        "may_edit": may_edit(visit),
        "say": Words(visit),
    }
    return Shown(values)


async def new(visit: Visit) -> Answer:
    """An empty form: for oneself, or for whom the address names."""
    hall = visit.parts.house.hall()
    person = PersonId(visit.asked("person") or visit.account.person or "")
    if person and person not in hall.people:
        person = PersonId("")
    _may_speak(visit, person)
    today = visit.parts.house.clock.now().astimezone(ZoneInfo(hall.timezone)).date().isoformat()
    return form(visit, AbsenceSheet(person=person, begins=today, ends=today), None)


async def enter(visit: Visit) -> Answer:
    """Enter an absence."""
    sheet = _filled(visit, None)
    _may_speak(visit, PersonId(sheet.person or ""))
    try:
        made = absence_of(visit.parts.house.hall(), sheet, None, _typing(visit))
    except Refused as refused:
        return form(visit, sheet, None, wrong=refused.complaints)
    overlaps = await visit.parts.office.absences.add(made)
    return _done(visit, made, overlaps)


async def shown(visit: Visit) -> Answer:
    """The form of an absence as it stands."""
    absence = await _found(visit)
    return form(visit, absence_sheet(visit.parts.house.hall(), absence), absence)


async def change(visit: Visit) -> Answer:
    """Change an absence; if somebody else did meanwhile, that is said first."""
    absence = await _found(visit)
    sheet = _filled(visit, absence)
    if absence.entered is Entered.CALENDAR:
        return form(visit, sheet, absence, note=visit.text(OF_CALENDAR), status=HTTPStatus.CONFLICT)
    if visit.filled("mark") != absence_mark(absence):
        begins, ends = map(Words(visit).moment, (absence.begins, absence.ends))
        note = visit.text(MEANWHILE, begins=begins, ends=ends)
        return form(visit, sheet, absence, note=note, status=HTTPStatus.CONFLICT)
    try:
        made = absence_of(visit.parts.house.hall(), sheet, absence, _typing(visit))
        overlaps = await visit.parts.office.absences.change(made, visit.by)
    except Refused as refused:
        return form(visit, sheet, absence, wrong=refused.complaints)
    except NoAbsence:
        raise Problem(HTTPStatus.CONFLICT, GONE) from None
    return _done(visit, made, overlaps)


async def cancel(visit: Visit) -> Answer:
    """Cancel an absence: they are in after all."""
    absence = await _found(visit)
    try:
        await visit.parts.office.absences.take_back(absence.id, visit.by)
    except NoAbsence:
        raise Problem(HTTPStatus.CONFLICT, GONE) from None
    visit.flash(CANCELLED, name=_name(visit.parts.house.hall(), absence.person))
    return Go(f"/directory/people/{absence.person}")


def form(
    visit: Visit,
    sheet: AbsenceSheet,
    absence: Absence | None,
    *,
    wrong: tuple[Complaint, ...] = (),
    note: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Shown:
    """The form with these values."""
    hall = visit.parts.house.hall()
    values = {
        "sheet": sheet,
        "absence": absence,
        "mark": absence_mark(absence) if absence else "",
        "person": hall.people.get(PersonId(sheet.person or "")),
        "people": labels(hall, Way.PEOPLE),
        "reasons": {reason: visit.text(text) for reason, text in REASONS.items()},
        "may_edit": may_edit(visit),
        "note": note,
        "calendar": absence is not None and absence.entered is Entered.CALENDAR,
        "split": _split,
        "say": Words(visit),
    }
    return Shown(values, wrong=sentences(visit, wrong), status=status)


def _filled(visit: Visit, absence: Absence | None) -> AbsenceSheet:
    """What was filled in; a day and an hour are two fields."""
    hall = visit.parts.house.hall()
    ids = {label: id for id, label in labels(hall, Way.PEOPLE).items()}
    person, helps = visit.filled("person"), visit.filled("helps")
    reason = visit.filled("reason")
    return AbsenceSheet(
        person=absence.person if absence else ids.get(person, person),
        begins=_joined(visit.filled("begins"), visit.filled("begins-at")),
        ends=_joined(visit.filled("ends"), visit.filled("ends-at")),
        back=_joined(visit.filled("back"), visit.filled("back-at")),
        helps=ids.get(helps, helps),
        reason=Reason(reason) if reason in {each.value for each in Reason} else None,
    )


def _joined(day: str, hour: str) -> str:
    return f"{day}T{hour.replace('.', ':').zfill(5)}" if hour else day


def _split(typed: str | None) -> tuple[str, str]:
    """A day and an hour, as two fields show them."""
    day, _, hour = (typed or "").partition("T")
    return day, hour


def _done(visit: Visit, made: Absence, overlaps: tuple[Absence, ...]) -> Go:
    hall = visit.parts.house.hall()
    visit.flash(ENTERED, name=_name(hall, made.person), back=Words(visit).soon(made.reachable))
    if overlaps:
        visit.flash(OVERLAPS)
    return Go(f"/directory/people/{made.person}")


async def _found(visit: Visit) -> Absence:
    """The absence of the path, if it counts, and the visitor may speak for its person. Raises Problem."""
    found = await visit.parts.office.absences.find(visit.path["absence"])
    if found is None or found.cancelled_at is not None:
        raise Problem(HTTPStatus.NOT_FOUND, GONE)
    _may_speak(visit, found.absence.person)
    return found.absence


def _may_speak(visit: Visit, person: PersonId) -> None:
    if not may_speak_for(visit, person):
        raise Problem(HTTPStatus.FORBIDDEN, NOT_YOURS)


def _typing(visit: Visit) -> Typing:
    now = visit.parts.house.clock.now()
    return Typing(id=new_absence_id(), at=now, by=visit.by, entered=Entered.PAGE)


def _name(hall: Hall, person: PersonId) -> str:
    return hall.people[person].name if person in hall.people else person


def _day(text: str) -> date | None:
    """A day of which there is a week before and a week after."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


FORM = "directory/absence.html"
PAGES = (
    Page(
        path="/absences",
        title=TITLE,
        handler=this_week,
        template="directory/absences.html",
        menu=True,
        about=noted("Kogo dziś i w tym tygodniu nie ma, i kto go zastępuje."),
    ),
    Page(path="/absences/new", title=NEW, handler=new, template=FORM),
    Page(path="/absences/new", title=NEW, handler=enter, template=FORM, method=HTTPMethod.POST),
    Page(path="/absences/{absence}", title=CHANGE, handler=shown, template=FORM),
    Page(path="/absences/{absence}", title=CHANGE, handler=change, template=FORM, method=HTTPMethod.POST),
    Page(
        path="/absences/{absence}/cancel", title=CHANGE, handler=cancel, template=FORM, method=HTTPMethod.POST
    ),
)
