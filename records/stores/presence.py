"""Reading the presence of clerks from the journal: who was on duty when, and where everybody stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from callflows.facts import PresenceChanged
from directory.model import PersonId
from records.codec import kind_of
from records.database import Database
from records.stores.paging import BadMark, mark, unmark
from records.tables import facts
from records.views import Page, PresenceView
from telephony.values import CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceFilter:
    """Which changes are wanted; what is None does not matter."""

    since: datetime | None = None
    """Changed at or after."""
    until: datetime | None = None
    """Changed before."""
    clerk: str | None = None


_OF_NO_CALL = select(facts).where(facts.c.call.is_(None), facts.c.kind == kind_of(PresenceChanged))
_CLERK = facts.c.payload["clerk"].as_string()


class PresenceStore:
    """Reads how clerks came and went; only the journal writes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(
        self, wanted: PresenceFilter | None = None, *, limit: int = 50, after: str = ""
    ) -> Page[PresenceView]:
        """Return a page of changes, newest first; `after` is the previous page's `next`. Raises BadMark."""
        query = _filtered(_OF_NO_CALL, wanted or PresenceFilter())
        if after:
            query = query.where(_before(after))
        query = query.order_by(facts.c.run.desc(), facts.c.number_in_run.desc()).limit(limit + 1)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        last = rows[limit - 1] if len(rows) > limit else None
        following = mark(last["at"], f"{last['run']} {last['number_in_run']}") if last else ""
        return Page(tuple(_to_presence(row) for row in rows[:limit]), following)

    async def standing(self, at: datetime | None = None) -> dict[PersonId, PresenceView]:
        """Return each clerk's last change before a moment (None: of all): where they stood then."""
        newest = func.row_number().over(
            partition_by=_CLERK, order_by=(facts.c.run.desc(), facts.c.number_in_run.desc())
        )
        changes = _filtered(_OF_NO_CALL.add_columns(newest.label("newest")), PresenceFilter(until=at))
        each = changes.subquery()
        async with self._database.read() as connection:
            rows = await connection.execute(select(each).where(each.c.newest == 1))
            views = [_to_presence(row) for row in rows.mappings()]
        return {view.clerk: view for view in views}


def _filtered(query: Select[Any], wanted: PresenceFilter) -> Select[Any]:
    """The query narrowed to what is wanted."""
    if wanted.since is not None:
        query = query.where(facts.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(facts.c.at < wanted.until)
    if wanted.clerk is not None:
        query = query.where(wanted.clerk == _CLERK)
    return query


def _before(after: str) -> ColumnElement[bool]:
    """The condition for facts that were stated before the mark's; raises BadMark."""
    try:
        run, number = map(int, unmark(after)[1].split(" "))
    except ValueError as error:
        raise BadMark("This is no mark of a page.") from error
    earlier_run, same_run = facts.c.run < run, facts.c.run == run
    return or_(earlier_run, and_(same_run, facts.c.number_in_run < number))


def _to_presence(row: Mapping[Any, Any]) -> PresenceView:
    """Read a row of `facts` that tells a change of presence."""
    told = row["payload"]
    return PresenceView(
        at=row["at"],
        clerk=PersonId(told["clerk"]),
        presence=told["presence"],
        why=told["why"],
        with_call=CallId(told["with_call"]),
    )
