"""Changing the directory: units, matters and people made, changed and taken out; nothing overwritten unseen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from api.directory_editing import CannotUndo, ChangedMeanwhile, MayNotGoLive
from api.http.directory import shapes
from api.http.directory.marks import must_match
from api.http.parts import Asked, Parts
from api.http.problems import Problem
from api.http.route import Handler
from api.office.changing import InUse, known_of, taken_out, written
from api.office.complaints import Refused
from api.office.showing import mark_of
from directory.changes import Change, HallRules, Kind, Known, Source
from records.errors import Stale


def creates(kind: Kind) -> Handler:
    """A handler that makes something new of its body."""

    async def create(parts: Parts, asked: Asked) -> shapes.Shown:
        async with refusing():
            former = await parts.office.editor.history.ids()
            change = written(parts.house.hall(), asked.body, None, former)
            await _apply(parts, asked, change)
        return _shown(change)

    return create


def changes(kind: Kind) -> Handler:
    """A handler that changes what its body names, and leaves the rest as it is."""

    async def change(parts: Parts, asked: Asked) -> shapes.Shown:
        before = _before(parts, asked, kind)
        async with refusing():
            made = written(parts.house.hall(), asked.body, before)
            if made.before != made.after:
                await _apply(parts, asked, made)
        return _shown(made)

    return change


def deletes(kind: Kind) -> Handler:
    """A handler that takes something out."""

    async def delete(parts: Parts, asked: Asked) -> shapes.Gone:
        before = _before(parts, asked, kind)
        async with refusing():
            await _apply(parts, asked, *taken_out(parts.house.hall(), before))
        return shapes.Gone(id=before.id)

    return delete


@asynccontextmanager
async def refusing() -> AsyncIterator[None]:
    """What the directory refuses becomes a problem with one sentence."""
    try:
        yield
    except (Refused, MayNotGoLive) as wrong:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(wrong)) from None
    except (InUse, ChangedMeanwhile, CannotUndo, Stale) as wrong:
        raise Problem(HTTPStatus.CONFLICT, str(wrong)) from None


def _before(parts: Parts, asked: Asked, kind: Kind) -> Known:
    """What is to be changed, seen by who asks as it is. Raises Problem."""
    id = asked.path[kind.value]
    before = known_of(parts.house.hall(), kind, id)
    if before is None:
        detail = (
            f"There is no {kind.value} of this id in the directory; /api/directory/find finds them by words."
        )
        raise Problem(HTTPStatus.NOT_FOUND, detail)
    must_match(asked.values["If-Match"], mark_of(before), kind.value)
    return before


async def _apply(parts: Parts, asked: Asked, *made: Change) -> None:
    await parts.office.editor.apply(made, by=asked.by, source=Source.REST)


def _shown(change: Change) -> shapes.Shown:
    """What it is now; whoever may change the directory sees all of it."""
    assert change.after is not None
    known = change.after
    assert not isinstance(known, HallRules)
    return shapes.shown(known)
