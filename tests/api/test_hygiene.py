"""The running service cares for its directory by itself: calls in vain, a task, a metric; a changed number, none."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from api.directory_editing import Editor
from callflows.facts import AttemptId, Fact, TransferAttempted, TransferEnded
from callflows.outcomes import Outcome
from directory.changes import Change, Kind, Source
from directory.hygiene import How
from directory.model import Extension, Person
from records.database import open_database
from records.stores.hall import HallStore
from records.stores.history import HistoryStore
from records.stores.hygiene import HygieneFilter, HygieneStore
from telephony.values import CallId
from tests.api.test_bootstrap import NIGHT, Started
from tests.fakes.memory import MemoryWorld
from tests.office.office import eventually


def in_vain(person: Person) -> Iterator[Fact]:
    """Three transfers to them that nobody answers."""
    assert person.extension is not None
    for order in range(3):
        call, attempt = CallId(f"c{order}"), AttemptId(f"c{order}-1")
        at = NIGHT - timedelta(hours=order)
        yield TransferAttempted(
            call=call,
            at=at,
            attempt=attempt,
            order=1,
            matter="",
            unit=person.unit,
            unit_name="",
            person=person.id,
            person_name=person.name,
            target=person.extension.digits,
            why="",
        )
        yield TransferEnded(call=call, at=at, attempt=attempt, outcome=Outcome.NO_ANSWER, ring_seconds=20.0)


async def test_a_number_that_nobody_answers_is_a_task_until_it_is_put_right(tmp_path: Path) -> None:
    async with Started(tmp_path).service(MemoryWorld().line) as service:

        def shown() -> list[str]:
            return re.findall(r"halo_hygiene_tasks{.*", service.metrics.exposition().decode())

        somebody = next(person for person in service.hall().people.values() if person.extension)
        for fact in in_vain(somebody):
            service.house.journal.state(fact)
        await eventually(shown, "a task for the unit")
        assert shown() == [f'halo_hygiene_tasks{{unit="{somebody.unit}"}} 1.0']

        moved = replace(somebody, extension=Extension("5999"))
        change = Change(Kind.PERSON, somebody.id, somebody, moved)
        async with open_database(f"sqlite:///{tmp_path / 'state' / 'halo.sqlite3'}") as database:
            editor = Editor(HallStore(database), HistoryStore(database), service.hall)
            await editor.apply([change], by="test", source=Source.COMMAND)
            await eventually(lambda: not shown(), "it to be closed")
            (task,) = (await HygieneStore(database).listed(HygieneFilter(open=None))).items
    assert (task.person, task.how) == (somebody.id, How.CORRECTED)
