"""What needs mending in the directory: numbers that nobody answers, closed by a correction or by a reason."""

from dataclasses import dataclass
from http import HTTPMethod, HTTPStatus

from api.directory_editing import ChangedMeanwhile, MayNotGoLive
from api.http.problems import Problem
from api.language import noted
from api.office.complaints import Complaint, Refused, of_fault
from api.pages.directory.rights import EDITORS
from api.pages.directory.words import Words
from api.pages.directory.wrong import sentences
from api.pages.page import Answer, Go, Page, Shown
from api.pages.visit import TROUBLE, Visit
from directory.changes import Source
from directory.hygiene import How, Task
from directory.model import Hall, Person, Unit, UnitId
from records.errors import Stale
from records.stores.hygiene import HygieneFilter, NoSuchTask, TaskIsClosed
from records.stores.paging import BadMark

TITLE = noted("Do sprawdzenia")
NO_TASK = noted("Nie ma takiego zadania.")
NO_MARK = noted("Ten adres jest niepełny. Zacznij od początku listy.")
NOBODYS = noted("Tego, czyj był ten numer, nie ma już w katalogu. Zamknij zadanie, podając powód.")
CLOSED_ALREADY = noted("Ktoś już załatwił to zadanie.")
CORRECTED = noted("Numer poprawiony, zadanie zamknięte.")
EXPLAINED = noted("Zadanie zamknięte.")
CHANGED = noted("Ktoś zmienił w międzyczasie ten sam wpis. Sprawdź go i spróbuj jeszcze raz.")


@dataclass(frozen=True, slots=True)
class Row:
    """A task with whose number it is about; None for who is not in the directory any more."""

    task: Task
    person: Person | None
    unit: Unit | None


async def tasks(visit: Visit) -> Answer:
    """Open tasks, of all or of one unit; or those that were closed."""
    hall, unit, closed = visit.parts.house.hall(), visit.asked("unit"), visit.asked("closed") == "yes"
    wanted = HygieneFilter(unit=unit or None, open=not closed)
    try:
        page = await visit.parts.office.tidying.store.listed(wanted, after=visit.asked("after")[:200])
    except BadMark:
        raise Problem(HTTPStatus.NOT_FOUND, NO_MARK) from None
    values = {
        "rows": [_row(hall, each) for each in page.items],
        "next": page.next,
        "unit": unit,
        "of": hall.units.get(UnitId(unit)),
        "closed": closed,
        "How": How,
        "say": Words(visit),
    }
    return Shown(values)


async def task(visit: Visit) -> Answer:
    """One task, with the two ways to close it."""
    return _form(visit, await _found(visit))


async def close(visit: Visit) -> Answer:
    """Close a task: by the right number, or by a reason why nothing is wrong."""
    found, tidying = await _found(visit), visit.parts.office.tidying
    extension, reason = visit.filled("extension"), visit.filled("reason")
    correcting = visit.filled("how") == How.CORRECTED.value
    try:
        if correcting:
            hall = visit.parts.house.hall()
            await tidying.correct(found, extension, hall=hall, by=visit.by, source=Source.PAGE)
        else:
            await tidying.explain(found, reason, by=visit.by)
    except Refused as refused:
        return _form(visit, found, extension, reason, wrong=refused.complaints)
    except MayNotGoLive as refused:
        return _form(visit, found, extension, reason, wrong=tuple(map(of_fault, refused.faults)))
    except (ChangedMeanwhile, Stale):
        visit.flash(CHANGED, TROUBLE)
        return Go(f"/hygiene/{found.id}")
    except NoSuchTask:
        visit.flash(NOBODYS, TROUBLE)
        return Go(f"/hygiene/{found.id}")
    except TaskIsClosed:
        visit.flash(CLOSED_ALREADY, TROUBLE)
        return Go("/hygiene")
    visit.flash(CORRECTED if correcting else EXPLAINED)
    return Go("/hygiene")


def _form(
    visit: Visit, found: Task, extension: str = "", reason: str = "", *, wrong: tuple[Complaint, ...] = ()
) -> Shown:
    values = {
        "row": _row(visit.parts.house.hall(), found),
        "extension": extension,
        "reason": reason,
        "say": Words(visit),
    }
    return Shown(values, wrong=sentences(visit, wrong))


def _row(hall: Hall, task: Task) -> Row:
    return Row(task, hall.people.get(task.person), hall.units.get(task.unit))


async def _found(visit: Visit) -> Task:
    id = visit.path["task"]
    found = await visit.parts.office.tidying.store.find(id) if id.isprintable() else None
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, NO_TASK)
    return found


PAGES = (
    Page(
        path="/hygiene",
        title=TITLE,
        handler=tasks,
        template="directory/hygiene.html",
        roles=EDITORS,
        menu=True,
        about=noted("Numery, których nikt nie odbiera: zły numer albo niewpisana nieobecność."),
    ),
    Page(path="/hygiene/{task}", title=TITLE, handler=task, template="directory/task.html", roles=EDITORS),
    Page(
        path="/hygiene/{task}",
        title=TITLE,
        handler=close,
        template="directory/task.html",
        method=HTTPMethod.POST,
        roles=EDITORS,
    ),
)
