"""The balance: each line a sum at the start, at the end, what is allowed, and whether it holds. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from tests.soak.ledger import Lived
from tests.soak.town import PROOF

MEMORY = 0.10
"""The part of its first memory by which a process may have grown."""
AT_ONCE = 150.0
"""MiB of memory that the service may have while many are on the line."""
SURELY = PROOF + 0.9
"""Seconds of a voice after which a talk must be on record as effective; somebody never heard must not be."""
NOT_PROVEN = 0.01
"""The part of these talks whose proof may have failed: where the machine is too busy for the telephones' own audio,
each pause in it makes the proof begin anew."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line."""

    what: str
    start: float
    end: float
    allowed: str
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """One call as the database has it."""

    number: str
    """Empty if it was not shown."""
    closed: bool
    tickets: int
    effective: tuple[str, ...]
    """Extensions with which an effective talk is on record."""
    connected: tuple[str, ...] = ()
    """Extensions with which the caller was brought together, proven or not."""
    undecided: int = 0
    """Attempts that have no outcome."""


def same(what: str, start: float, end: float) -> Row:
    """Both sums must be equal."""
    return Row(what, start, end, f"= {_figure(start)}", start == end)


def none_left(what: str, start: float, end: float) -> Row:
    """Nothing may be left at the end."""
    return Row(what, start, end, "0", end == 0)


def no_more(what: str, start: float, end: float, *, spare: float = 0.0) -> Row:
    """At the end there may be as much as at the start, and so much to spare."""
    return Row(what, start, end, f"<= {_figure(start + spare)}", end <= start + spare)


def back_to_start(what: str, start: float, end: float) -> Row:
    """A memory that may have grown a little."""
    most = start * (1 + MEMORY)
    return Row(what, start, end, f"<= {_figure(most)} (+{MEMORY:.0%})", end <= most)


def at_most(what: str, start: float, end: float, most: float) -> Row:
    """Whatever it was before, it may not be more than this."""
    return Row(what, start, end, f"<= {_figure(most)}", end <= most)


def counted(lived: Sequence[Lived], record: Sequence[OnRecord]) -> list[Row]:
    """The callers' own count beside the record: start is what they say, end is what is on record.

    Who put down before any answer came may have been too quick for the line: they may be on record, or not.
    """
    answered = sum(call.answered for call in lived)
    made = len(lived)
    on_record = len(record)
    reached = Row("calls that came", made, on_record, f"{answered} .. {made}", answered <= on_record <= made)
    confirmed, ordered = sum(call.confirmed for call in lived), sum(call.ordered for call in lived)
    tickets = sum(call.tickets for call in record)
    promised = Row("tickets", ordered, tickets, f"{confirmed} .. {ordered}", confirmed <= tickets <= ordered)
    heard = sum(len(sure(call)) for call in lived)
    maybe = sum(len(voices(call)) for call in lived)
    connected = sum(len(set(call.connected)) for call in record)
    effective = sum(len(set(call.effective)) for call in record)
    late = max(0, heard - effective)
    few = int(heard * NOT_PROVEN)
    return [
        reached,
        same("calls closed", on_record, sum(call.closed for call in record)),
        none_left("calls refused by the network", 0, sum(call.refused > 0 for call in lived)),
        promised,
        Row("talks heard, connected", heard, connected, f">= {heard}", heard <= connected),
        Row("talks heard, effective", heard, effective, f"<= {maybe}", effective <= maybe),
        Row("talks heard, and not proven in time", 0, late, f"<= {few}", late <= few),
        none_left("attempts without an outcome", 0, sum(call.undecided for call in record)),
        none_left("calls whose record says otherwise", 0, len(disagreements(lived, record))),
    ]


def disagreements(lived: Sequence[Lived], record: Sequence[OnRecord]) -> list[str]:
    """Each call of a known number that the caller and the record tell differently, in words."""
    found = [f"{call.number}: not closed" for call in record if not call.closed]
    numbers = Counter(call.number for call in record if call.number)
    found += [f"{number}: on record {times} times" for number, times in numbers.items() if times > 1]
    by_number = {call.number: call for call in record if call.number}
    told = {call.number: call for call in lived if call.number}
    found += [f"{number}: on record, and nobody called" for number in by_number.keys() - told.keys()]
    found += [f"{call.number} ({call.wish}): refused, {call.refused}" for call in lived if call.refused]
    for number, call in told.items():
        if number in by_number:
            found += [f"{number} ({call.wish}): {what}" for what in _differs(call, by_number[number])]
        elif call.answered:
            found.append(f"{number} ({call.wish}): answered, and not on record")
    return sorted(found)


def _differs(call: Lived, record: OnRecord) -> list[str]:
    found = []
    if call.confirmed and not record.tickets:
        found.append("heard a promise that is in no book")
    if record.tickets > call.ordered:
        found.append(f"{record.tickets} tickets, and {int(call.ordered)} ordered")
    effective = Counter(record.effective)
    found += [f"talked to {who}, and that is not on record" for who in sure(call) - set(record.connected)]
    found += [f"never heard {who}, who took them" for who in effective.keys() - voices(call)]
    found += [f"hears another caller, {who}" for who in call.heard if who.startswith("c")]
    return found


def sure(call: Lived) -> set[str]:
    """Whom the caller has heard for so long that it must be on record."""
    return {who for who in voices(call) if call.heard[who] >= SURELY}


def voices(call: Lived) -> set[str]:
    """Whom of the hall the caller has heard at all."""
    return {who for who in call.heard if re.fullmatch(r"\d+", who)}


def in_order(numbers: Mapping[int, Sequence[int]]) -> list[Row]:
    """The journal itself, by run: no fact twice, none left out."""
    facts = in_all(numbers)
    once = sum(len(set(run)) for run in numbers.values())
    gaps = sum(max(run) - len(set(run)) for run in numbers.values() if run)
    return [same("facts, each once", facts, once), none_left("gaps in the numbers of facts", 0, gaps)]


def in_all(numbers: Mapping[int, Sequence[int]]) -> int:
    """How many facts the journal has."""
    return sum(len(run) for run in numbers.values())


def table(rows: Sequence[Row]) -> str:
    """The balance as text."""
    lines = [("", "start", "end", "allowed", "")]
    lines += [
        (row.what, _figure(row.start), _figure(row.end), row.allowed, "ok" if row.ok else "NOT OK")
        for row in rows
    ]
    wide = [max(len(line[column]) for line in lines) for column in range(5)]
    return "\n".join(
        f"  {a:<{wide[0]}}  {b:>{wide[1]}}  {c:>{wide[2]}}  {d:<{wide[3]}}  {e}".rstrip()
        for a, b, c, d, e in lines
    )


def as_json(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The same for a file."""
    return [asdict(row) for row in rows]


def _figure(value: float) -> str:
    return f"{value:.1f}" if value % 1 else f"{value:.0f}"
