"""Settling hygiene tasks: the number is put right, or somebody says why nothing is wrong."""

from api.directory_editing import Editor
from api.office.changing import written
from api.office.complaints import LONGEST, Complaint, Refused, Wrong
from api.office.sheets import PersonSheet, UnitSheet
from callflows.ports import Clock
from directory.changes import Change, Source
from directory.hygiene import How, Task
from directory.model import Hall
from records.stores.hygiene import HygieneStore, NoSuchTask


class Tidying:
    """The two ways in which people close a task."""

    def __init__(self, store: HygieneStore, editor: Editor, clock: Clock) -> None:
        self.store = store
        self._editor, self._clock = editor, clock

    async def correct(self, task: Task, extension: str, *, hall: Hall, by: str, source: Source) -> Task:
        """Write the right extension into the directory, and close the task.

        Raises Refused, NoSuchTask, TaskIsClosed, or what the editor raises.
        """
        change = self._correction(task, extension, hall)
        if task.closed is None:
            await self._editor.apply([change], by=by, source=source)
        return await self.store.close(task.id, by, How.CORRECTED, "", at=self._clock.now())

    async def explain(self, task: Task, reason: str, *, by: str) -> Task:
        """Close the task with the reason why nothing is wrong. Raises Refused, NoSuchTask, TaskIsClosed."""
        said = " ".join(reason.split())
        if not said:
            raise Refused(Complaint("reason", Wrong.EMPTY))
        if not said.isprintable():
            raise Refused(Complaint("reason", Wrong.UNPRINTABLE, said))
        if len(said) > LONGEST:
            raise Refused(Complaint("reason", Wrong.LENGTHY, said))
        return await self.store.close(task.id, by, How.REASON, said, at=self._clock.now())

    def _correction(self, task: Task, extension: str, hall: Hall) -> Change:
        whose = hall.people.get(task.person) if task.person else hall.units.get(task.unit)
        if whose is None:
            raise NoSuchTask(
                f"Whose number hygiene task {task.id} is about is not in the directory any more."
            )
        if not extension.strip():
            raise Refused(Complaint("extension", Wrong.EMPTY))
        if extension.strip() == task.extension:
            raise Refused(Complaint("extension", Wrong.SAME, extension))
        sheet = PersonSheet if task.person else UnitSheet
        return written(hall, sheet(extension=extension, doubtful=False), whose)
