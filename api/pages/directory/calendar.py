"""A person's calendar: connected by its address, which is a secret and is never shown again."""

from http import HTTPMethod, HTTPStatus

from api.calendars.trouble import Unreadable
from api.http.problems import Problem
from api.language import noted
from api.pages.directory.absences import NOT_YOURS
from api.pages.directory.rights import may_speak_for
from api.pages.directory.showing import the_person
from api.pages.directory.words import TROUBLES, Words
from api.pages.page import Answer, Go, Page, Shown
from api.pages.visit import TROUBLE, Visit
from directory.model import Person

TITLE = noted("Kalendarz")
CONNECTED = noted("Kalendarz podłączony: zajęte godziny są od teraz nieobecnościami.")
CONNECTED_BUT = noted("Adres zapisany, ale kalendarza nie udało się odczytać. %(why)s")
DISCONNECTED = noted("Kalendarz odłączony: to, co mówił o przyszłości, już się nie liczy.")


async def calendar(visit: Visit) -> Answer:
    """The form for the address."""
    person = _theirs(visit)
    return Shown(
        {"person": person, "calendar": await visit.parts.office.calendars.of(person.id), "say": Words(visit)}
    )


async def connect(visit: Visit) -> Answer:
    """Connect the calendar at this address, or disconnect it; it is read at once."""
    person, desk = _theirs(visit), visit.parts.office.calendars
    if visit.filled("what") == "disconnect":
        await desk.disconnect(person.id)
        visit.flash(DISCONNECTED)
        return Go(f"/directory/people/{person.id}")
    try:
        await desk.connect(person.id, visit.filled("url"))
    except Unreadable as wrong:
        values = {"person": person, "calendar": await desk.of(person.id), "say": Words(visit)}
        return Shown(values, wrong={"url": visit.text(TROUBLES[wrong.trouble])})
    kept = await desk.of(person.id)
    assert kept is not None
    if trouble := await desk.read(kept):
        visit.flash(CONNECTED_BUT, TROUBLE, why=Words(visit).trouble(trouble))
    else:
        visit.flash(CONNECTED)
    return Go(f"/directory/people/{person.id}")


def _theirs(visit: Visit) -> Person:
    """The person of the path, for whom the visitor may speak. Raises Problem."""
    person = the_person(visit, visit.path["id"])
    if not may_speak_for(visit, person.id):
        raise Problem(HTTPStatus.FORBIDDEN, NOT_YOURS)
    return person


PATH, TEMPLATE = "/directory/people/{id}/calendar", "directory/calendar.html"
PAGES = (
    Page(path=PATH, title=TITLE, handler=calendar, template=TEMPLATE),
    Page(path=PATH, title=TITLE, handler=connect, template=TEMPLATE, method=HTTPMethod.POST),
)
