"""A fact with its place in the journal, encoded once: as the columns of its row, and as its line in the spool."""

import json
from dataclasses import dataclass
from datetime import datetime

from callflows.facts import Fact
from records.codec import Stored, decode, encode
from records.columns import JsonText, as_json, utc


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact: the run that stated it, its number there, and what is written of it."""

    run: int
    number: int
    fact: Fact | None
    """None if it comes from the spool of another version, and this one does not know it: its row is written."""
    call: str
    at: datetime
    kind: str
    payload: JsonText
    personal: JsonText | None


def entry_of(run: int, number: int, fact: Fact) -> Entry:
    """Encode a fact; raises TypeError, ValueError or AttributeError if it holds what no journal can keep."""
    return _entry(run, number, fact, encode(fact))


def to_line(entry: Entry) -> bytes:
    """The entry as one line of JSON, with its end."""
    return (
        f'{{"run":{entry.run},"number":{entry.number},"call":{as_json(entry.call)},"at":"{entry.at.isoformat()}",'
        f'"kind":"{entry.kind}","payload":{entry.payload},"personal":{entry.personal or "null"}}}\n'
    ).encode()


def from_line(line: bytes) -> Entry | None:
    """The entry of a line; None if it is none."""
    try:
        told = json.loads(line)
        run, number, payload, personal = told["run"], told["number"], told["payload"], told["personal"]
        at = utc(datetime.fromisoformat(told["at"]))
        stored = Stored(told["call"], at, told["kind"], payload, personal)
        if not (isinstance(payload, dict) and isinstance(personal, dict | None)):
            return None
        if not (
            isinstance(run, int) and isinstance(number, int) and isinstance(stored.call + stored.kind, str)
        ):
            return None
        entry = _entry(run, number, decode(stored), stored)
        to_line(entry)  # what cannot be written (half a surrogate pair) cannot be kept either
    except (ValueError, TypeError, KeyError):
        return None
    return entry


def _entry(run: int, number: int, fact: Fact | None, stored: Stored) -> Entry:
    call, at, kind, payload, personal = stored
    kept = None if personal is None else JsonText(as_json(personal))
    return Entry(run, number, fact, call, at, kind, JsonText(as_json(payload)), kept)
