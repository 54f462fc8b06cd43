"""The history of the directory: who changed what, when and from where; and taking a save back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from api.http.directory.editing import refusing
from api.http.parts import Asked, Parts
from api.http.problems import Problem
from directory.changes import Kind, Source
from records.hall_json import to_json
from records.history_views import HistoryLine
from records.stores.paging import BadMark


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """One field before and after."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One change of one thing; `undoes` is the save that was taken back by it."""

    version: int
    at: datetime
    by: str
    source: Source | None
    note: str
    undoes: int | None
    kind: Kind
    id: str
    title: str
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Changes, the newest save first; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[LineShown, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A save was taken back by another: its version, and how many things it changed."""

    version: int
    changes: int


async def history(parts: Parts, asked: Asked) -> HistoryPage:
    """Changes, the newest first."""
    values: Mapping[str, Any] = asked.values
    try:
        page = await parts.office.editor.history.lines(
            kind=values["kind"],
            id=values["id"],
            version=values["version"],
            limit=values["limit"],
            after=values["after"],
        )
    except BadMark:
        detail = '"after" must be the "next" of the page before, or be left out.'
        raise Problem(HTTPStatus.BAD_REQUEST, detail) from None
    return HistoryPage(items=tuple(map(_line, page.items)), next=page.next)


async def undo(parts: Parts, asked: Asked) -> Undone:
    """Take back what one save changed; later changes of other things stay."""
    number = asked.path["version"]
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        detail = "A save has a whole number; /api/directory/history lists them."
        raise Problem(HTTPStatus.NOT_FOUND, detail)
    async with refusing():
        saved = await parts.office.editor.undo(int(number), by=asked.by, source=Source.REST)
    return Undone(version=saved.version, changes=len(saved.changes))


def _line(line: HistoryLine) -> LineShown:
    return LineShown(
        version=line.version,
        at=line.saved,
        by=line.saved_by,
        source=line.source,
        note=line.note,
        undoes=line.undoes,
        kind=line.kind,
        id=line.id,
        title=line.title,
        fields=tuple(
            FieldShown(name=field.name, before=to_json(field.before), after=to_json(field.after))
            for field in line.fields
        ),
    )
