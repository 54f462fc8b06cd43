"""One burst of facts, written: the facts and the rows they change, all in the caller's one transaction.

It is blocking code for `Database.transact`. The statements are few whatever the size of the burst: touch the
calls, change the calls, add the facts, change the attempts. A burst that may have been written before (the
answer to a commit was lost, a spool is replayed) is looked up first, and only what is new is written and
projected: a fact counts once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from callflows.facts import Fact
from records.entry import Entry
from records.projection import EARLIEST, Change, Rows, fold, project
from records.statements import insert
from records.tables import calls, facts, transfer_attempts
from telephony.values import CallId

NEVER_PROJECTED = ("forgotten",)
"""Columns that facts do not touch."""

_TOUCH = ("call", "arrived")
_TABLES = {Rows.CALLS: calls, Rows.TRANSFER_ATTEMPTS: transfer_attempts}


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry, and what it changes."""

    entry: Entry
    changes: tuple[Change, ...]


def prepare(entry: Entry) -> Prepared:
    """Project a fact; raises TypeError, ValueError or AttributeError if it holds what no row can keep."""
    return Prepared(entry, project(entry.fact or Fact(call=CallId(entry.call), at=entry.at)))


def write_burst(connection: Connection, burst: Sequence[Prepared], *, maybe_written: bool = False) -> None:
    """Write a burst in order; `maybe_written` looks first which of it is in the journal already."""
    if maybe_written:
        there = _already_there(connection, burst)
        burst = [item for item in burst if (item.entry.run, item.entry.number) not in there]
    if not burst:
        return
    dialect = connection.dialect.name
    folded = fold(change for item in burst for change in item.changes)
    touched: list[Mapping[str, Any]] = []
    changed: list[Mapping[str, Any]] = []
    for call, values in folded[Rows.CALLS].items():
        (touched if values.keys() == {"arrived"} else changed).append({"call": call, **values})
    if touched:
        connection.execute(_upsert(dialect, Rows.CALLS, _TOUCH), touched)
    if changed:
        connection.execute(_upsert(dialect, Rows.CALLS, _columns(calls)), _whole(calls, changed))
    connection.execute(facts.insert(), [_row(item) for item in burst])
    tried = [{"attempt": key, **values} for key, values in folded[Rows.TRANSFER_ATTEMPTS].items()]
    if tried:
        upsert = _upsert(dialect, Rows.TRANSFER_ATTEMPTS, _columns(transfer_attempts))
        connection.execute(upsert, _whole(transfer_attempts, tried))


def _already_there(connection: Connection, burst: Sequence[Prepared]) -> set[tuple[int, int]]:
    """Which of these entries the journal holds already."""
    numbers: dict[int, list[int]] = {}
    for item in burst:
        numbers.setdefault(item.entry.run, []).append(item.entry.number)
    within = or_(
        *(
            and_(facts.c.run == run, facts.c.number_in_run.between(min(of_run), max(of_run)))
            for run, of_run in numbers.items()
        )
    )
    rows = connection.execute(select(facts.c.run, facts.c.number_in_run).where(within))
    return {(run, number) for run, number in rows}


def _row(item: Prepared) -> dict[str, Any]:
    """The row of a fact; a call that is none is an empty column."""
    entry = item.entry
    return {
        "run": entry.run,
        "number_in_run": entry.number,
        "call": entry.call or None,
        "at": entry.at,
        "kind": entry.kind,
        "payload": entry.payload,
        "personal": entry.personal,
    }


@cache
def _columns(table: Table) -> tuple[str, ...]:
    """The columns that facts can set, and the key."""
    return tuple(column.name for column in table.c if column.name not in NEVER_PROJECTED)


def _whole(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with every column, None where it is not given."""
    empty = dict.fromkeys(_columns(table))
    return [{**empty, **row} for row in rows]


@cache
def _upsert(dialect: str, rows: Rows, columns: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    """Insert a row, or lay its given values over the one that is there."""
    table = _TABLES[rows]
    statement = insert(dialect, table)
    earlier = func.min if dialect == "sqlite" else func.least
    key = [column.name for column in table.primary_key]
    new_values: dict[str, ColumnElement[Any]] = {}
    for name in columns:
        if name in key:
            continue
        there, given = table.c[name], statement.excluded[name]
        new_values[name] = earlier(there, given) if name in EARLIEST else func.coalesce(given, there)
    only_earlier = None
    if columns == _TOUCH:  # nothing to write for a call that is there
        only_earlier = statement.excluded.arrived < table.c.arrived
    return statement.on_conflict_do_update(index_elements=key, set_=new_values, where=only_earlier)
