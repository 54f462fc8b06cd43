"""What a fact changes in the rows of calls and transfer attempts: pure, no SQL.

A change names a row by its key and gives new values; what it does not name stays. Newer values win, except
that a moment at which something began (`arrived`, `chosen`) keeps the earliest. So changes can be folded
together before they are written, in bursts of any size, and the rows come out the same. Every fact touches
its call: a row is there even if the arrival itself was never heard of.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import singledispatch
from typing import Any

from callflows.facts import (
    AttemptFact,
    CallAnswered,
    CallArrived,
    CallbackPromised,
    CallEnded,
    DirectNumberTold,
    Fact,
    GivenInstead,
    IntroductionPlayed,
    LineWasClosed,
    MatterChosen,
    PartiesConnected,
    PhoneRang,
    PhoneTakenUp,
    StoryFailed,
    TalkEnded,
    TransferAccepted,
    TransferAnnounced,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import Outcome
from directory.numbers import international
from records.columns import clean, utc
from telephony.values import Arrival

PROVED = (Outcome.EFFECTIVE, Outcome.UNCONFIRMED)
"""Outcomes that stand on audio both ways."""

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
    touched: dict[str, Any] = {"arrived": utc(fact.at), **_of_call(fact)}
    call = Change(Rows.CALLS, clean(fact.call), touched)
    if not isinstance(fact, AttemptFact):
        return (call,)
    tried: dict[str, Any] = {"call": fact.call, "chosen": utc(fact.at), **_of_attempt(fact)}
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


@singledispatch
def _of_call(fact: Fact) -> Mapping[str, Any]:
    """Values of the call's row; most facts have none."""
    return {}


@_of_call.register
def _(fact: CallArrived) -> Mapping[str, Any]:
    number = fact.number or None
    return {
        "number": number,
        "number_e164": e164(fact.number),
        "name": fact.name or None,
        "number_shown": fact.shown.value,
        "dialled": fact.dialled,
        "resumed": fact.at if fact.arrival is Arrival.RESUMED else None,
    }


@_of_call.register
def _(fact: CallAnswered) -> Mapping[str, Any]:
    return {"answered": fact.at}


@_of_call.register
def _(fact: LineWasClosed) -> Mapping[str, Any]:
    return {"closed_until": fact.opens}


@_of_call.register
def _(fact: MatterChosen) -> Mapping[str, Any]:
    return {
        "matter": fact.matter,
        "matter_title": fact.title,
        "unit": fact.unit,
        "unit_name": fact.unit_name,
    }


@_of_call.register
def _(fact: DirectNumberTold) -> Mapping[str, Any]:
    return {"direct_number": fact.number}


@_of_call.register
def _(fact: CallbackPromised) -> Mapping[str, Any]:
    return {"ticket": fact.ticket}


@_of_call.register
def _(fact: StoryFailed) -> Mapping[str, Any]:
    return {"failure": fact.error}


@_of_call.register
def _(fact: CallEnded) -> Mapping[str, Any]:
    return {
        "ended": fact.at,
        "outcome": fact.outcome.value,
        "ended_by": fact.by,
        "waiting_for": fact.waiting_for,
    }


def _at(column: str) -> Callable[[AttemptFact], Mapping[str, Any]]:
    """The change of a fact that only says when."""
    return lambda fact: {column: fact.at}


@singledispatch
def _of_attempt(fact: AttemptFact) -> Mapping[str, Any]:
    """Values of the attempt's row."""
    return {}


_of_attempt.register(TransferAnnounced, _at("announced"))
_of_attempt.register(PhoneRang, _at("rang"))
_of_attempt.register(PhoneTakenUp, _at("taken"))
_of_attempt.register(TransferAccepted, _at("accepted"))
_of_attempt.register(PartiesConnected, _at("connected"))


@_of_attempt.register
def _(fact: TransferAttempted) -> Mapping[str, Any]:
    return {
        "order_in_call": fact.order,
        "matter": fact.matter,
        "unit": fact.unit,
        "unit_name": fact.unit_name,
        "person": fact.person,
        "person_name": fact.person_name,
        "target": fact.target,
        "why": fact.why,
    }


@_of_attempt.register
def _(fact: IntroductionPlayed) -> Mapping[str, Any]:
    return {"introduced": fact.at, "introduction": fact.played}


@_of_attempt.register
def _(fact: TransferEnded) -> Mapping[str, Any]:
    return {
        "decided": fact.at,
        "outcome": fact.outcome.value,
        "ring_seconds": _finite(fact.ring_seconds),
        "detail": fact.detail,
        "proved": fact.at if fact.outcome in PROVED else None,
    }


@_of_attempt.register
def _(fact: TalkEnded) -> Mapping[str, Any]:
    return {"talk_ended": fact.at, "talk_seconds": _finite(fact.seconds), "talk_ended_by": fact.by}


@_of_attempt.register
def _(fact: GivenInstead) -> Mapping[str, Any]:
    return {"instead": fact.instead.value}


def e164(number: str) -> str | None:
    """Return the E.164 form of a number as it arrived, by its length and prefix; None if it has none."""
    plus = "+" if number.startswith("+") else ""
    digits = number.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        return None
    return international(digits, plus=plus) or None


def _finite(seconds: float) -> float | None:
    """A duration that databases can keep: PostgreSQL knows NaN, SQLite does not."""
    return seconds if math.isfinite(seconds) else None
