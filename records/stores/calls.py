"""Reading calls: the list, newest first, and one call with its whole story."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from callflows.facts import AttemptId, TicketId
from callflows.language import SOURCE
from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from records.codec import Stored, decode
from records.database import Database
from records.stores.paging import mark, older_than
from records.stores.tickets import to_ticket
from records.tables import calls, facts, tickets, transfer_attempts
from records.views import CallStory, CallView, FactView, Page, TransferView
from telephony.values import CallId, NumberShown

AT_ONCE = 500
"""Calls that one query names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls are wanted; what is None does not matter."""

    since: datetime | None = None
    """Arrived at or after."""
    until: datetime | None = None
    """Arrived before."""
    outcome: CallOutcome | None = None
    matter: str | None = None
    unit: str | None = None
    number: str | None = None
    """The caller's number, as it arrived or in E.164."""
    clerk: str | None = None
    """Taken from the queue by this person, or taken back."""
    language: str | None = None
    """Spoken in this language; a caller who never asked for one is spoken to in Polish."""
    live: bool | None = None
    """True: not over yet; False: over."""


_TAKEN = (
    select(transfer_attempts.c.person)
    .where(transfer_attempts.c.call == calls.c.call, transfer_attempts.c.connected.is_not(None))
    .where(transfer_attempts.c.way.in_([Way.QUEUE.value, Way.RECALL.value]))
    .correlate(calls)
)
"""The clerks who took the caller of a row of `calls` from the queue."""

_CALLS = select(
    calls, _TAKEN.order_by(transfer_attempts.c.connected.desc()).limit(1).scalar_subquery().label("clerk")
)
"""Rows of `calls`, each with the clerk who took it last."""


class CallStore:
    """Reads calls; only the journal writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(
        self, wanted: CallFilter | None = None, *, limit: int = 50, after: str = ""
    ) -> Page[CallView]:
        """Return a page of calls, newest first; `after` is the previous page's `next`. Raises BadMark."""
        query = _filtered(wanted or CallFilter())
        if after:
            query = query.where(older_than(after, calls.c.arrived, calls.c.call))
        query = query.order_by(calls.c.arrived.desc(), calls.c.call.desc()).limit(limit + 1)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        items = tuple(to_call(row) for row in rows[:limit])
        more = len(rows) > limit and items
        return Page(items, mark(items[-1].arrived, items[-1].call) if more else "")

    async def known(self, wanted: Collection[CallId]) -> set[CallId]:
        """Return those of these calls that are on record."""
        names, found = sorted(wanted), set[str]()
        async with self._database.read() as connection:
            for start in range(0, len(names), AT_ONCE):
                asked = calls.c.call.in_(names[start : start + AT_ONCE])
                found.update(await connection.scalars(select(calls.c.call).where(asked)))
        return {call for call in wanted if call in found}

    async def story(self, call: CallId) -> CallStory | None:
        """Return one call with its facts in order, its transfers and its tickets; None if there is none."""
        async with self._database.read() as connection:
            found = (await connection.execute(_CALLS.where(calls.c.call == call))).mappings().first()
            if found is None:
                return None
            told = await connection.execute(
                select(facts).where(facts.c.call == call).order_by(facts.c.run, facts.c.number_in_run)
            )
            tried = await connection.execute(
                select(transfer_attempts)
                .where(transfer_attempts.c.call == call)
                .order_by(
                    transfer_attempts.c.chosen, transfer_attempts.c.order_in_call, transfer_attempts.c.attempt
                )
            )
            promised = await connection.execute(
                select(tickets)
                .where(tickets.c.call == call, tickets.c.number.is_not(None))
                .order_by(tickets.c.created, tickets.c.ticket)
            )
        return CallStory(
            call=to_call(found),
            facts=tuple(to_fact(row, number) for number, row in enumerate(told.mappings(), start=1)),
            transfers=tuple(to_transfer(row) for row in tried.mappings()),
            tickets=tuple(to_ticket(row) for row in promised.mappings()),
        )


def _filtered(wanted: CallFilter) -> Select[Any]:
    """The query for these calls, without order."""
    query: Select[Any] = _CALLS
    if wanted.since is not None:
        query = query.where(calls.c.arrived >= wanted.since)
    if wanted.until is not None:
        query = query.where(calls.c.arrived < wanted.until)
    if wanted.outcome is not None:
        query = query.where(calls.c.outcome == wanted.outcome.value)
    if wanted.matter is not None:
        query = query.where(calls.c.matter == wanted.matter)
    if wanted.unit is not None:
        query = query.where(calls.c.unit == wanted.unit)
    if wanted.number is not None:
        query = query.where((calls.c.number == wanted.number) | (calls.c.number_e164 == wanted.number))
    if wanted.clerk is not None:
        query = query.where(_TAKEN.where(transfer_attempts.c.person == wanted.clerk).exists())
    if wanted.language is not None:
        query = query.where(func.coalesce(calls.c.language, SOURCE) == wanted.language)
    if wanted.live is not None:
        query = query.where(calls.c.ended.is_(None) if wanted.live else calls.c.ended.is_not(None))
    return query


def to_call(row: Mapping[Any, Any]) -> CallView:
    """Read a row of `calls` with its clerk."""
    values = dict(row)
    values["number_shown"] = _or_none(NumberShown, values["number_shown"])
    values["outcome"] = _or_none(CallOutcome, values["outcome"])
    values["ticket"] = _or_none(TicketId, values["ticket"])
    return CallView(**values)


def to_transfer(row: Mapping[Any, Any]) -> TransferView:
    """Read a row of `transfer_attempts`."""
    values = dict(row)
    values["attempt"] = AttemptId(values["attempt"])
    values["way"] = _or_none(Way, values["way"])
    values["outcome"] = _or_none(Outcome, values["outcome"])
    values["instead"] = _or_none(Instead, values["instead"])
    return TransferView(**values)


def to_fact(row: Mapping[Any, Any], number: int) -> FactView:
    """Read a row of `facts`, which is the call's `number`-th."""
    stored = Stored(row["call"], row["at"], row["kind"], row["payload"], row["personal"])
    return FactView(
        run=row["run"],
        number_in_run=row["number_in_run"],
        call=CallId(row["call"]),
        number_in_call=number,
        at=row["at"],
        kind=row["kind"],
        payload=row["payload"],
        personal=row["personal"],
        fact=decode(stored),
    )


def _or_none(kind: Any, value: str | None) -> Any:
    """The value as its own kind of word, or None."""
    return None if value is None else kind(value)
