"""All that people do with the directory, in one hand: built once by the composition root."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from api.directory_editing import Editor
from api.office.absences import AbsenceDesk
from api.office.calendars import CalendarDesk
from api.office.tidying import Tidying
from directory.find import Answer, Finders
from directory.model import Hall


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The hands that change the directory, and the finder."""

    hall: Callable[[], Hall]
    editor: Editor
    absences: AbsenceDesk
    calendars: CalendarDesk
    tidying: Tidying
    finders: Finders = field(default_factory=Finders)

    async def find(self, words: str, limit: int) -> Answer:
        """Return what is meant by these words.

        In a thread: after a change of the directory the index is built anew, and calls shall not wait for that.
        """
        hall = self.hall()
        return await asyncio.to_thread(lambda: self.finders.of(hall).ask(words, limit))
