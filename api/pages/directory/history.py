"""The history of the directory, save by save: who changed what, when and from where; with a way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPMethod, HTTPStatus

from api.directory_editing import CannotUndo, ChangedMeanwhile, MayNotGoLive
from api.http.problems import Problem
from api.language import noted
from api.pages.directory.editing import PLURALS
from api.pages.directory.rights import EDITORS, HISTORIANS, may_edit
from api.pages.directory.values import FIELDS, as_text
from api.pages.directory.words import Words
from api.pages.page import Answer, Go, Page, Shown
from api.pages.visit import TROUBLE, Visit
from directory.changes import Kind, Source
from records.errors import Stale
from records.history_views import HallVersion, HistoryLine
from records.stores.paging import BadMark

AT_MOST = 50
TITLE = noted("Historia katalogu")
UNDONE = noted("Cofnięte. Cofnięcie też można cofnąć.")
CHANGED_SINCE = noted(
    "Nie można cofnąć: %(name)s zmieniono później jeszcze raz. Cofnij najpierw tamtą zmianę."
)
CHANGED_SINCE_BY = noted(
    "Nie można cofnąć: %(name)s zmieniono później jeszcze raz (%(by)s, %(at)s). Cofnij najpierw tamtą zmianę."
)
CANNOT = noted("Tej zmiany nie można cofnąć.")
NO_SUCH = noted("Nie ma takiej zmiany.")
NO_MARK = noted("Ten adres jest niepełny. Zacznij od początku historii.")


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One change of one thing, in words."""

    line: HistoryLine
    path: str
    fields: Sequence[FieldTold]


@dataclass(frozen=True, slots=True)
class Save:
    """One save with those of its changes that are shown."""

    version: HallVersion
    changes: Sequence[Told]


async def history(visit: Visit) -> Answer:
    """Saves, the newest first: all, or those that changed one thing."""
    kind, id = _asked_kind(visit), visit.asked("id")
    store = visit.parts.office.editor.history
    try:
        page = await store.lines(
            kind=kind, id=id if kind else None, limit=AT_MOST, after=visit.asked("after")[:40]
        )
    except BadMark:
        raise Problem(HTTPStatus.NOT_FOUND, NO_MARK) from None
    saves: list[Save] = []
    for number in dict.fromkeys(line.version for line in page.items):
        version = await store.version(number)
        if version is not None:
            saves.append(Save(version, [_told(visit, line) for line in page.items if line.version == number]))
    values = {
        "saves": saves,
        "next": page.next,
        "kind": kind,
        "id": id,
        "of": page.items[0].title if kind and page.items else "",
        "may_edit": may_edit(visit),
        "say": Words(visit),
        "sources": {source.value: source for source in Source},
    }
    return Shown(values)


async def undo(visit: Visit) -> Answer:
    """Take back what one save changed."""
    number = visit.path["version"]
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Problem(HTTPStatus.NOT_FOUND, NO_SUCH)
    try:
        await visit.parts.office.editor.undo(int(number), by=visit.by, source=Source.PAGE)
    except ChangedMeanwhile as meanwhile:
        if last := meanwhile.by:
            at = Words(visit).moment(last.saved)
            visit.flash(CHANGED_SINCE_BY, TROUBLE, name=last.title, by=last.saved_by, at=at)
        else:
            visit.flash(CHANGED_SINCE, TROUBLE, name=meanwhile.change.id)
    except (CannotUndo, MayNotGoLive, Stale):
        visit.flash(CANNOT, TROUBLE)
    else:
        visit.flash(UNDONE)
    return Go("/directory/history")


def _asked_kind(visit: Visit) -> Kind | None:
    word = visit.asked("kind")
    return Kind(word) if word in {kind.value for kind in Kind} else None


def _told(visit: Visit, line: HistoryLine) -> Told:
    hall, plural = visit.parts.house.hall(), PLURALS.get(line.kind)
    there = plural is not None and line.id in getattr(hall, plural)
    fields = [
        FieldTold(
            visit.text(FIELDS[each.name]),
            *(as_text(visit, hall, each.name, side) for side in (each.before, each.after)),
        )
        for each in line.fields
        if each.name in FIELDS
    ]
    return Told(line, f"/directory/{plural}/{line.id}" if there else "", fields)


PAGES = (
    Page(
        path="/directory/history",
        title=TITLE,
        handler=history,
        template="directory/history.html",
        roles=HISTORIANS,
    ),
    Page(
        path="/directory/history/{version}/undo",
        title=TITLE,
        handler=undo,
        method=HTTPMethod.POST,
        roles=EDITORS,
    ),
)
