"""Hygiene tasks on both databases: opened and raised by what the record says, closed by whoever settles them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from api.hygiene import Hygiene
from callflows.facts import AbsenceEntered, AttemptId, Fact, TransferAttempted, TransferEnded
from callflows.outcomes import NOBODY_THERE, SOMEBODY_THERE, Outcome, Way
from directory.absence import AbsenceId, Entered
from directory.hygiene import Doubt, How, Task
from directory.model import Extension, Hall, PersonId, UnitId
from records.absence_tables import absences
from records.database import Database, open_database
from records.errors import Rejected
from records.hygiene_tables import hygiene_tasks
from records.journal import Journal
from records.stores.hygiene import HygieneFilter, HygieneStore, NoSuchTask, TaskIsClosed
from records.tables import calls, facts, transfer_attempts
from telephony.values import CallId
from tests.flows.town import ANNA, BOM, DEL, PIOTR, TOWN, TUESDAY_TEN
from tests.pbx.postgres import Cluster

MISSED, TAKEN = Outcome.NO_ANSWER, Outcome.EFFECTIVE


class Fixed:
    """A clock that stands, and is put forward."""

    def __init__(self) -> None:
        self.at = TUESDAY_TEN

    def now(self) -> datetime:
        """The time it shows."""
        return self.at


class Care:
    """A service's watcher with its record, and a hall that can be changed."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self.database, self.journal = database, journal
        self.clock = Fixed()
        self.hall: Hall = TOWN
        self.store = HygieneStore(database)
        self.watcher = self.fresh()
        self._attempts = 0

    def fresh(self) -> Hygiene:
        """Another process' watcher, which knows nothing but the record."""
        return Hygiene(self.store, lambda: self.hall, self.clock, self.journal.subscribe, linger=0.0)

    async def tried(
        self,
        *outcomes: Outcome,
        way: Way = Way.LINE,
        person: PersonId = ANNA,
        extension: str = "1001",
        unit: UnitId = DEL,
    ) -> None:
        """Transfers, a minute apart, that end so."""
        for outcome in outcomes:
            self.clock.at += timedelta(minutes=1)
            for fact in self._facts(outcome, way, person, extension, unit):
                self.journal.state(fact)
        await self.journal.flush()

    def _facts(
        self, outcome: Outcome, way: Way, person: PersonId, extension: str, unit: UnitId
    ) -> Iterable[Fact]:
        self._attempts += 1
        call, attempt = CallId(f"c{self._attempts}"), AttemptId(f"c{self._attempts}-1")
        yield TransferAttempted(
            call=call,
            at=self.clock.at,
            attempt=attempt,
            order=1,
            matter="",
            unit=unit,
            unit_name="",
            person=person,
            person_name="",
            target=extension,
            why="",
            way=way,
        )
        yield TransferEnded(call=call, at=self.clock.at, attempt=attempt, outcome=outcome, ring_seconds=1.0)

    async def away(self, person: PersonId, hours: float, *, cancelled: datetime | None = None) -> None:
        """An absence that began an hour before the clock's first moment is entered."""
        begins = TUESDAY_TEN - timedelta(hours=1)
        row = {
            "id": f"a-{person}-{hours}",
            "person": person,
            "begins": begins,
            "ends": begins + timedelta(hours=hours),
            "reason": "leave",
            "entered": "page",
            "entered_by": "",
            "entered_at": self.clock.at,
            "calendar": "",
            "cancelled_at": cancelled,
        }
        async with self.database.write() as connection:
            await connection.execute(absences.insert(), row)

    async def tasks(self, *, open: bool | None = True) -> list[Task]:
        """What is open after a look at everything."""
        await self.watcher.review()
        return list((await self.store.listed(HygieneFilter(open=open))).items)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One migrated database of each kind for all tests here; making one takes longer than any of them."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("hygiene") / "halo.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    name = cluster.new_database(template=request.getfixturevalue("postgres_template"))
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture
async def care(url: str) -> AsyncIterator[Care]:
    """A watcher whose record is empty."""
    async with open_database(url) as database:
        async with database.write() as connection:
            for table in (facts, transfer_attempts, calls, absences, hygiene_tasks):
                await connection.execute(table.delete())
        async with Journal(database, linger=0.0) as journal:
            yield Care(database, journal)


async def test_three_in_vain_open_one_task_for_the_unit_and_more_raise_it(care: Care) -> None:
    await care.tried(MISSED, TAKEN, MISSED, Outcome.BUSY)
    assert await care.tasks() == []
    await care.tried(Outcome.NOT_ACCEPTED)
    (task,) = await care.tasks()
    assert (task.unit, task.person, task.extension) == (DEL, ANNA, "1001")
    assert (task.tries, task.unanswered, task.raised) == (5, 3, care.clock.at)
    await care.tried(Outcome.UNREACHABLE)
    (raised,) = await care.tasks()
    assert (raised.id, raised.opened) == (task.id, task.opened)
    assert (raised.tries, raised.unanswered, raised.raised) == (6, 4, care.clock.at)
    assert care.watcher.open == {DEL: 1}


async def test_whoever_hands_over_finds_it_too_and_an_offer_to_a_clerk_is_no_try(care: Care) -> None:
    await care.tried(MISSED, MISSED, MISSED, way=Way.QUEUE)
    await care.tried(MISSED, MISSED, MISSED, way=Way.RECALL)
    assert await care.tasks() == []
    await care.tried(MISSED, way=Way.HANDED_OVER)
    await care.tried(MISSED, MISSED, way=Way.CONSULTED)
    (task,) = await care.tasks()
    assert task.tries == 3


async def test_what_says_nothing_of_a_number_is_no_try(care: Care) -> None:
    for outcome in set(Outcome) - {*NOBODY_THERE, *SOMEBODY_THERE}:
        await care.tried(outcome, outcome, outcome)
    await care.tried(MISSED, MISSED)
    assert await care.tasks() == []


async def test_a_units_line_is_a_phone_too(care: Care) -> None:
    await care.tried(MISSED, MISSED, MISSED, person=PersonId(""), extension="1900", unit=BOM)
    (task,) = await care.tasks()
    assert (task.unit, task.person, task.extension) == (BOM, "", "1900")


async def test_who_is_away_misses_nothing(care: Care) -> None:
    await care.away(ANNA, 24)
    await care.away(PIOTR, 1 / 2)
    await care.tried(MISSED, MISSED, MISSED)
    await care.tried(MISSED, MISSED, MISSED, person=PIOTR, extension="1002")
    assert [task.person for task in await care.tasks()] == [PIOTR]


async def test_an_absence_that_was_taken_back_counts_until_then(care: Care) -> None:
    await care.tried(MISSED)
    await care.away(ANNA, 24, cancelled=care.clock.at + timedelta(seconds=30))
    await care.tried(MISSED, MISSED)
    assert await care.tasks() == []
    await care.tried(MISSED)
    (task,) = await care.tasks()
    assert (task.tries, task.unanswered) == (3, 3)


async def test_an_absence_entered_afterwards_closes_the_task_by_itself(care: Care) -> None:
    await care.tried(MISSED, MISSED, MISSED)
    assert len(await care.tasks()) == 1
    await care.away(ANNA, 24)
    (closed,) = await care.tasks(open=None)
    assert (closed.how, closed.closed, closed.closed_by) == (How.BY_ITSELF, care.clock.at, "")
    assert care.watcher.open == {}


async def test_a_changed_number_closes_the_task_as_corrected(care: Care) -> None:
    await care.tried(MISSED, MISSED, MISSED)
    assert len(await care.tasks()) == 1
    anna = replace(TOWN.people[ANNA], extension=Extension("1777"))
    care.hall = replace(TOWN, people={**TOWN.people, ANNA: anna})
    (closed,) = await care.tasks(open=None)
    assert closed.how is How.CORRECTED
    await care.tried(MISSED, MISSED, MISSED)
    assert await care.tasks() == []  # whom nobody rings there any more has no wrong number


async def test_a_reason_closes_it_and_only_new_tries_open_another(care: Care) -> None:
    await care.tried(MISSED, MISSED, MISSED)
    (task,) = await care.tasks()
    closed = await care.store.close(task.id, "supervisor", How.REASON, "przeprowadzka", at=care.clock.at)
    assert (closed.how, closed.closed_by, closed.reason) == (How.REASON, "supervisor", "przeprowadzka")
    await care.tried(MISSED, MISSED)
    assert await care.tasks() == []
    await care.tried(MISSED)
    (again,) = await care.tasks()
    assert (again.id != task.id, again.tries) == (True, 3)
    assert await care.store.find(task.id) == closed


async def test_closing_twice_and_closing_nothing_is_refused(care: Care) -> None:
    await care.tried(MISSED, MISSED, MISSED)
    (task,) = await care.tasks()
    await care.store.close(task.id, "a", How.REASON, "x", at=care.clock.at)
    with pytest.raises(TaskIsClosed):
        await care.store.close(task.id, "b", How.REASON, "y", at=care.clock.at)
    with pytest.raises(NoSuchTask):
        await care.store.close("nobody", "b", How.REASON, "y", at=care.clock.at)


async def test_a_new_process_goes_on_from_the_record(care: Care) -> None:
    await care.tried(MISSED, MISSED)
    care.watcher = care.fresh()
    await care.tried(MISSED)
    care.watcher = care.fresh()
    (task,) = await care.tasks()
    care.watcher = care.fresh()
    assert [again.id for again in await care.tasks()] == [task.id]


async def test_the_database_lets_no_second_open_task_in(care: Care) -> None:
    await care.tried(MISSED, MISSED, MISSED)
    (task,) = await care.tasks()
    row = {
        "task": "second",
        "unit": task.unit,
        "extension": task.extension,
        "opened": care.clock.at,
        "raised": care.clock.at,
        "tries": 1,
        "unanswered": 1,
        "window_from": care.clock.at,
        "reason": "",
    }
    with pytest.raises(Rejected):
        async with care.database.write() as connection:
            await connection.execute(hygiene_tasks.insert(), row)


async def test_tasks_are_listed_page_by_page_the_newest_first(care: Care) -> None:
    for order, extension in enumerate(("201", "202", "203")):
        at = TUESDAY_TEN + timedelta(hours=order)
        await care.store.raised(Doubt(extension, DEL, PersonId(extension), 3, 3, at, at), at)
    first = await care.store.listed(limit=2)
    rest = await care.store.listed(limit=2, after=first.next)
    assert [task.extension for task in (*first.items, *rest.items)] == ["203", "202", "201"]
    assert [task.extension for task in (await care.store.listed(HygieneFilter(person="202"))).items] == [
        "202"
    ]
    assert (await care.store.listed(HygieneFilter(unit="nobody"))).items == ()


async def test_the_watcher_sees_facts_as_they_are_committed(care: Care) -> None:
    """In vain three times: a task; an absence that explains them: none."""
    watching = asyncio.create_task(care.watcher.watch())
    try:
        await care.tried(MISSED, MISSED, MISSED)
        await until(care, {DEL: 1})
        await care.away(ANNA, 24)
        entered = AbsenceEntered(
            at=care.clock.at,
            absence=AbsenceId("a"),
            person=ANNA,
            begins=TUESDAY_TEN,
            ends=care.clock.at,
            back=care.clock.at,
            entered=Entered.PAGE,
        )
        care.journal.state(entered)
        await until(care, {})
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def until(care: Care, open: dict[UnitId, int]) -> None:
    """Wait for the watcher to have seen so much."""
    async with asyncio.timeout(20):
        while care.watcher.open != open:
            passed = asyncio.Event()
            asyncio.get_running_loop().call_later(0.02, passed.set)
            await passed.wait()
