"""Hygiene tasks: what the record says of each extension, and the tasks that came of it (`directory.hygiene`).

Nothing is counted in memory: tries are read from the transfer attempts, absences from theirs, so that a restart loses
nothing. There is never more than one open task for one extension; the database itself lets no second one in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Select, func, or_, select, update

from callflows.outcomes import NOBODY_THERE, SOMEBODY_THERE
from directory.hygiene import Doubt, How, Task, TaskId, Try
from directory.model import PersonId, UnitId
from records.absence_tables import absences
from records.database import Database
from records.hygiene_tables import hygiene_tasks
from records.stores.paging import mark, older_than
from records.stores.transfers import TRANSFERS
from records.tables import transfer_attempts
from records.views import Page

_tasks = hygiene_tasks.c
_TRIES = {outcome.value: outcome in SOMEBODY_THERE for outcome in (*NOBODY_THERE, *SOMEBODY_THERE)}
"""The outcomes that say something of a number, and whether somebody was there."""


class NoSuchTask(LookupError):
    """No task has this id; the text is one sentence."""


class TaskIsClosed(ValueError):
    """Somebody was faster; the text is one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HygieneFilter:
    """Which tasks are wanted; what is None does not matter."""

    unit: str | None = None
    person: str | None = None
    open: bool | None = True


@dataclass(frozen=True, slots=True)
class Known:
    """What the record says: the tries by extension, when people were away, and what was settled last."""

    tries: Mapping[str, tuple[Try, ...]]
    settled: Mapping[str, datetime]
    """When the last task about an extension was closed: what was before says nothing any more."""
    open: Mapping[str, Task]
    """The open task of each extension that has one."""
    absent: Mapping[PersonId, tuple[tuple[datetime, datetime], ...]]

    def away(self, person: PersonId, at: datetime) -> bool:
        """Whether somebody was away at that moment."""
        return any(begins <= at < ends for begins, ends in self.absent.get(person, ()))


class HygieneStore:
    """Reads tries, keeps tasks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(
        self, wanted: HygieneFilter | None = None, *, limit: int = 50, after: str = ""
    ) -> Page[Task]:
        """Return a page of tasks, the newest first; `after` is the previous page's `next`. Raises BadMark."""
        query = _filtered(select(hygiene_tasks), wanted or HygieneFilter())
        if after:
            query = query.where(older_than(after, _tasks.opened, _tasks.task))
        query = query.order_by(_tasks.opened.desc(), _tasks.task.desc()).limit(limit + 1)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        items = tuple(_to_task(row) for row in rows[:limit])
        more = len(rows) > limit and items
        return Page(items, mark(items[-1].opened, items[-1].id) if more else "")

    async def find(self, task: str) -> Task | None:
        """Return the task of that id, or None."""
        async with self._database.read() as connection:
            query = select(hygiene_tasks).where(_tasks.task == task)
            row = (await connection.execute(query)).mappings().first()
        return _to_task(row) if row else None

    async def known(self, since: datetime, extensions: Collection[str]) -> Known:
        """Return what is known of these extensions since then, and of those with an open task since that began."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(hygiene_tasks).where(_tasks.extension.in_(extensions)))
            tasks = [_to_task(row) for row in rows.mappings()]
            still = {task.extension: task for task in tasks if task.closed is None}
            since = min([since, *(task.since for task in still.values())])
            found = await connection.execute(_tries(since).where(transfer_attempts.c.target.in_(extensions)))
            tries: dict[str, list[Try]] = {}
            for row in found.mappings():
                tries.setdefault(row["target"], []).append(_to_try(row))
            away = await connection.execute(_away(since))
            absent: dict[PersonId, list[tuple[datetime, datetime]]] = {}
            for person, begins, ends, cancelled in away:
                absent.setdefault(PersonId(person), []).append((begins, min(ends, cancelled or ends)))
        settled: dict[str, datetime] = {}
        for task in tasks:
            if task.closed:
                settled[task.extension] = max(task.closed, settled.get(task.extension, task.closed))
        return Known(
            {extension: tuple(each) for extension, each in tries.items()},
            settled,
            still,
            {person: tuple(each) for person, each in absent.items()},
        )

    async def suspicious(self, since: datetime, unanswered: int) -> frozenset[str]:
        """Return which extensions had so many unanswered tries since then, and those with an open task.

        Counted by the database: nobody wants all tries of a busy week in memory.
        """
        tries = _tries(since).subquery()
        vain = tries.c.outcome.in_([outcome.value for outcome in NOBODY_THERE])
        query = select(tries.c.target).where(vain).group_by(tries.c.target)
        still = select(_tasks.extension).where(_tasks.closed.is_(None))
        async with self._database.read() as connection:
            often = await connection.execute(query.having(func.count() >= unanswered))
            return frozenset(often.scalars()) | frozenset((await connection.execute(still)).scalars())

    async def extensions_of(self, attempts: Collection[str]) -> frozenset[str]:
        """Return which extensions these attempts rang."""
        query = select(transfer_attempts.c.target).where(transfer_attempts.c.attempt.in_(attempts))
        async with self._database.read() as connection:
            return frozenset(filter(None, (await connection.execute(query)).scalars()))

    async def raised(self, doubt: Doubt, at: datetime) -> None:
        """Open a task for this doubt, or let the open one say what is seen now."""
        seen = {
            "raised": doubt.last,
            "tries": doubt.tries,
            "unanswered": doubt.unanswered,
            "window_from": doubt.since,
        }
        async with self._database.write() as connection:
            still = (_tasks.extension == doubt.extension, _tasks.closed.is_(None))
            if (await connection.execute(update(hygiene_tasks).where(*still).values(seen))).rowcount:
                return
            whose = {"unit": doubt.unit, "person": doubt.person, "extension": doubt.extension}
            new = {"task": token_hex(4), **whose, "opened": at, **seen, "reason": ""}
            await connection.execute(hygiene_tasks.insert(), new)

    async def close(self, task: str, by: str, how: How, reason: str, *, at: datetime) -> Task:
        """Close a task, once, and return it. Raises NoSuchTask and TaskIsClosed."""
        ended = {"closed": at, "closed_by": by, "closed_how": how.value, "reason": reason}
        async with self._database.write() as connection:
            mine = (_tasks.task == task, _tasks.closed.is_(None))
            done = await connection.execute(update(hygiene_tasks).where(*mine).values(ended))
            query = select(hygiene_tasks).where(_tasks.task == task)
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            raise NoSuchTask(f"No hygiene task is called {task!r}.")
        if not done.rowcount:
            raise TaskIsClosed(f"The hygiene task {task} is closed already.")
        return _to_task(row)

    async def count_open(self) -> dict[UnitId, int]:
        """Return how many open tasks each unit has; a unit without one is left out."""
        query = select(_tasks.unit, func.count()).where(_tasks.closed.is_(None)).group_by(_tasks.unit)
        async with self._database.read() as connection:
            return {UnitId(unit): number for unit, number in await connection.execute(query)}


def _filtered(query: Select[Any], wanted: HygieneFilter) -> Select[Any]:
    """The query narrowed to what is wanted."""
    if wanted.unit is not None:
        query = query.where(_tasks.unit == wanted.unit)
    if wanted.person is not None:
        query = query.where(_tasks.person == wanted.person)
    if wanted.open is not None:
        query = query.where(_tasks.closed.is_(None) if wanted.open else _tasks.closed.is_not(None))
    return query


def _tries(since: datetime) -> Select[Any]:
    """Attempts that are transfers, and whose outcome says something of the number."""
    table = transfer_attempts.c
    ways = or_(table.way.is_(None), table.way.in_([way.value for way in TRANSFERS]))
    told = table.outcome.in_(_TRIES)
    wanted = select(table.chosen, table.target, table.unit, table.person, table.outcome)
    return wanted.where(table.chosen >= since, told, ways, table.target.is_not(None))


def _away(since: datetime) -> Select[Any]:
    table = absences.c
    return select(table.person, table.begins, table.ends, table.cancelled_at).where(table.ends > since)


def _to_try(row: Mapping[Any, Any]) -> Try:
    unit, person = UnitId(row["unit"] or ""), PersonId(row["person"] or "")
    return Try(row["chosen"], row["target"], unit, person, _TRIES[row["outcome"]])


def _to_task(row: Mapping[Any, Any]) -> Task:
    return Task(
        id=TaskId(row["task"]),
        unit=UnitId(row["unit"]),
        person=PersonId(row["person"] or ""),
        extension=row["extension"],
        opened=row["opened"],
        raised=row["raised"],
        tries=row["tries"],
        unanswered=row["unanswered"],
        since=row["window_from"],
        closed=row["closed"],
        closed_by=row["closed_by"] or "",
        how=How(row["closed_how"]) if row["closed_how"] else None,
        reason=row["reason"],
    )
