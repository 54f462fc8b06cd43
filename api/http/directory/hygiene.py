"""Hygiene tasks over REST: numbers that nobody answers, closed by a correction or by a reason."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from api.http.body import Body
from api.http.directory.editing import refusing
from api.http.parts import Asked, Parts
from api.http.problems import Problem
from api.office.sheets import strictly, text
from directory.changes import Source
from directory.hygiene import Task, sentence
from records.stores.hygiene import HygieneFilter, NoSuchTask, TaskIsClosed
from records.stores.paging import BadMark


@strictly
@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a task is settled: exactly one of the two."""

    extension: Annotated[str | None, text("the right extension, which is written into the directory")] = None
    reason: Annotated[str | None, text("why nothing is wrong")] = None


SETTLEMENT = Body("Settlement", Settlement, 'send an object with either "extension" or "reason".')


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskShown:
    """A number that seems wrong, and what is to be done, in a Polish sentence; `closed` is null while it is open."""

    task: Task
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """Tasks, the newest first; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[TaskShown, ...]
    next: str


async def tasks(parts: Parts, asked: Asked) -> TaskPage:
    """Tasks, the newest first."""
    state = asked.values["state"]
    wanted = HygieneFilter(unit=asked.values["unit"], open=None if state is None else state.value == "open")
    try:
        page = await parts.office.tidying.store.listed(
            wanted, limit=asked.values["limit"], after=asked.values["after"]
        )
    except BadMark:
        detail = '"after" must be the "next" of the page before, or be left out.'
        raise Problem(HTTPStatus.BAD_REQUEST, detail) from None
    return TaskPage(items=tuple(map(_shown, page.items)), next=page.next)


async def close(parts: Parts, asked: Asked) -> TaskShown:
    """Close a task by a correction or a reason."""
    settled: Settlement = asked.body
    if (settled.extension is None) == (settled.reason is None):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, 'Send either "extension" or "reason", and not both.')
    tidying, id = parts.office.tidying, asked.path["task"]
    task = await tidying.store.find(id) if id.isprintable() else None
    if task is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no hygiene task of this id; /api/hygiene lists them.")
    async with refusing():
        try:
            if settled.extension is not None:
                hall = parts.house.hall()
                done = await tidying.correct(
                    task, settled.extension, hall=hall, by=asked.by, source=Source.REST
                )
            else:
                done = await tidying.explain(task, settled.reason or "", by=asked.by)
        except (NoSuchTask, TaskIsClosed) as wrong:
            raise Problem(HTTPStatus.CONFLICT, str(wrong)) from None
    return _shown(done)


def _shown(task: Task) -> TaskShown:
    return TaskShown(task=task, sentence=sentence(task))
