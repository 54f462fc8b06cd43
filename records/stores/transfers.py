"""Reading transfer attempts: the register of what was not effective, and of what was (bylaw §6.4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from callflows.outcomes import Outcome, Way
from records.database import Database
from records.stores.calls import to_transfer
from records.stores.paging import mark, older_than
from records.tables import transfer_attempts
from records.views import Page, TransferView

TRANSFERS = (Way.LINE, Way.HANDED_OVER, Way.CONSULTED)
"""The ways that are transfers in the sense of bylaw §6.4. An offer to a clerk of the queue is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFilter:
    """Which attempts are wanted; what is None or empty does not matter."""

    since: datetime | None = None
    """Chosen at or after."""
    until: datetime | None = None
    """Chosen before."""
    outcomes: Collection[Outcome] = ()
    """Any of these."""
    ways: Collection[Way] = ()
    """Any of these; `TRANSFERS` for the register."""
    unit: str | None = None
    person: str | None = None
    matter: str | None = None


class TransferStore:
    """Reads transfer attempts; only the journal writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(
        self, wanted: TransferFilter | None = None, *, limit: int = 50, after: str = ""
    ) -> Page[TransferView]:
        """Return a page of attempts, newest first; `after` is the previous page's `next`. Raises BadMark."""
        table = transfer_attempts.c
        query = _filtered(select(transfer_attempts), wanted or TransferFilter())
        if after:
            query = query.where(older_than(after, table.chosen, table.attempt))
        query = query.order_by(table.chosen.desc(), table.attempt.desc()).limit(limit + 1)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        items = tuple(to_transfer(row) for row in rows[:limit])
        more = len(rows) > limit and items
        return Page(items, mark(items[-1].chosen, items[-1].attempt) if more else "")

    async def counted(self, wanted: TransferFilter | None = None) -> dict[Outcome, int]:
        """Return how many of these attempts had each outcome; those that go on are not counted."""
        outcome = transfer_attempts.c.outcome
        query = select(outcome, func.count()).where(outcome.is_not(None)).group_by(outcome)
        async with self._database.read() as connection:
            rows = (await connection.execute(_filtered(query, wanted or TransferFilter()))).all()
        return {Outcome(name): number for name, number in rows}


def _filtered(query: Select[Any], wanted: TransferFilter) -> Select[Any]:
    """The query narrowed to what is wanted."""
    table = transfer_attempts.c
    if wanted.since is not None:
        query = query.where(table.chosen >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.chosen < wanted.until)
    if wanted.outcomes:
        query = query.where(table.outcome.in_([outcome.value for outcome in wanted.outcomes]))
    if wanted.ways:
        query = query.where(table.way.in_([way.value for way in wanted.ways]))
    if wanted.unit is not None:
        query = query.where(table.unit == wanted.unit)
    if wanted.person is not None:
        query = query.where(table.person == wanted.person)
    if wanted.matter is not None:
        query = query.where(table.matter == wanted.matter)
    return query
