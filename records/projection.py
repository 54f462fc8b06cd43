"""What a fact changes in the rows of calls and transfer attempts: pure, no SQL.

A change names a row by its key and gives new values; what it does not name stays. Newer values win, except
that a moment at which something began (`arrived`, `chosen`) keeps the earliest. So changes can be folded
together before they are written, in bursts of any size, and the rows come out the same. Every fact touches
its call: a row is there even if the arrival itself was never heard of. A fact of no call changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from callflows.facts import AttemptFact, Fact
from records.columns import clean, utc
from records.projected import of_attempt, of_call

EARLIEST = ("arrived", "chosen")
"""Columns that keep the earliest moment they were given."""


class Rows(Enum):
    """The tables that are read from the journal; the order in which they must be written."""

    CALLS = "calls"
    TRANSFER_ATTEMPTS = "transfer_attempts"


@dataclass(frozen=True, slots=True)
class Change:
    """New values for one row; None counts as not given."""

    rows: Rows
    key: str
    values: Mapping[str, Any]


Folded = dict[Rows, dict[str, dict[str, Any]]]
"""Changes of many facts together: table, key, values."""


def project(fact: Fact) -> tuple[Change, ...]:
    """Return what a fact changes: its call first, then its attempt if it is about one."""
    if not fact.call:
        return ()
    touched: dict[str, Any] = {"arrived": utc(fact.at), **of_call(fact)}
    call = Change(Rows.CALLS, clean(fact.call), touched)
    if not isinstance(fact, AttemptFact):
        return (call,)
    tried: dict[str, Any] = {"call": fact.call, "chosen": utc(fact.at), **of_attempt(fact)}
    return (call, Change(Rows.TRANSFER_ATTEMPTS, clean(fact.attempt), tried))


def fold(changes: Iterable[Change]) -> Folded:
    """Put changes together, in order, into one per row."""
    folded: Folded = {rows: {} for rows in Rows}
    for change in changes:
        row = folded[change.rows].setdefault(change.key, {})
        for column, value in change.values.items():
            if value is None:
                continue
            if column in EARLIEST and column in row:
                value = min(value, row[column])
            row[column] = value
    return folded
