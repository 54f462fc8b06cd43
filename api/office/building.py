"""The office over a database: what people do with the directory, put together for the service and for tests."""

from collections.abc import Awaitable, Callable

from api.calendars.addresses import Allowed
from api.directory_editing import Editor, Serving
from api.office.absences import AbsenceDesk
from api.office.calendars import CalendarDesk
from api.office.office import Office
from api.office.tidying import Tidying
from callflows.ports import Clock, Journal
from directory.model import Hall
from records.database import Database
from records.stores.absences import AbsenceStore
from records.stores.calendars import CalendarStore
from records.stores.hall import HallStore
from records.stores.history import HistoryStore
from records.stores.hygiene import HygieneStore


def office_of(
    database: Database,
    *,
    hall: Callable[[], Hall],
    serving: Serving,
    clock: Clock,
    journal: Journal,
    refresh: Callable[[], Awaitable[None]],
    allowed: Allowed,
) -> Office:
    """The office; `serving` takes changes of the directory over, `refresh` those of absences."""
    editor = Editor(HallStore(database), HistoryStore(database), serving)
    absences = AbsenceDesk(AbsenceStore(database), clock, journal, refresh)
    return Office(
        hall=hall,
        editor=editor,
        absences=absences,
        calendars=CalendarDesk(CalendarStore(database), absences, clock, hall, allowed),
        tidying=Tidying(HygieneStore(database), editor, clock),
    )
