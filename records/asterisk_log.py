"""Reading what Asterisk itself writes of calls, for the time in which nobody else did: two files of JSON lines.

`cel-custom/ended-channels.json`: when each channel ended. `cdr-custom/calls-without-service.json`: the calls that its
dialplan answered because the service was away. Times are seconds since 1970; a call's id is its channel's. A line that
cannot be read is passed over: half of the last one may still be on its way.
"""

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telephony.values import CallId

ENDED = Path("cel-custom", "ended-channels.json")
WITHOUT_SERVICE = Path("cdr-custom", "calls-without-service.json")

READ_AT_MOST = 32_000_000
"""Bytes of a file that are looked at, from its end: some hundred thousand channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWithoutService:
    """A call that Asterisk's dialplan answered."""

    call: CallId
    started: datetime
    taken: datetime | None
    """When an operator answered; None if nobody did."""
    ended: datetime
    number: str
    """Empty if it was withheld, or the network sent none."""
    withheld: bool
    by: str
    """Who put down: caller or pbx; unknown after a talk, of which Asterisk does not say so."""
    by_service: bool
    """The service came back and took the call after all: it is on record already."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far the record was read: in which file, whatever its name is by now, and up to which byte."""

    file: int = 0
    """Its inode; 0 for none."""
    offset: int = 0


def ends_of(log_dir: Path, wanted: Collection[CallId]) -> dict[CallId, datetime]:
    """Return when these calls ended, as far as Asterisk has written it. Raises OSError."""
    ends: dict[CallId, datetime] = {}
    for path in reversed(_files(log_dir / ENDED)):
        if len(ends) == len(wanted):
            break
        for told in _told(path, 0)[0]:
            call = CallId(str(told.get("uniqueid")))
            if call in wanted and (at := _moment(told.get("eventtime"))) is not None:
                ends[call] = at
    return ends


def calls_without_service(log_dir: Path, after: Place) -> tuple[list[CallWithoutService], Place]:
    """Return the calls that were written after this place, and the place after them. Raises OSError.

    A record that has been set aside since (`NAME.TIME`, docker/asterisk/rotate.py) is read to its end first.
    """
    found: list[CallWithoutService] = []
    files = [(path.stat().st_ino, path) for path in _files(log_dir / WITHOUT_SERVICE)]
    known = [number for number, _ in files]
    for inode, path in files[known.index(after.file) :] if after.file in known else files:
        told, offset = _told(path, after.offset if inode == after.file else 0)
        found += filter(None, map(_call, told))
        after = Place(inode, offset)
    return found, after


def _files(path: Path) -> list[Path]:
    """The file and those that were set aside before, oldest first."""
    return [*sorted(path.parent.glob(f"{path.name}.*")), *([path] if path.exists() else [])]


def _told(path: Path, offset: int) -> tuple[Iterator[dict[str, Any]], int]:
    """The whole lines after this place, and the place after them. Raises OSError."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0 if offset > size else offset, size - READ_AT_MOST)
        file.seek(start)
        text = file.read(READ_AT_MOST)
    whole = text[: text.rfind(b"\n") + 1]
    return filter(None, map(_object, whole.splitlines())), start + len(whole)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _call(told: dict[str, Any]) -> CallWithoutService | None:
    started, ended = _moment(told.get("start")), _moment(told.get("end"))
    call, caller, outcome = told.get("uniqueid"), told.get("caller"), told.get("outcome")
    if started is None or ended is None or not isinstance(call, str) or not call:
        return None
    number = caller if isinstance(caller, str) else ""
    withheld = number == "withheld"
    return CallWithoutService(
        call=CallId(call),
        started=started,
        taken=_moment(told.get("taken")) if outcome == "answered" else None,
        ended=max(started, ended),
        number="" if withheld else number,
        withheld=withheld,
        by={"left": "caller", "nobody": "pbx"}.get(str(outcome), "unknown"),
        by_service=outcome == "service",
    )


def _moment(seconds: object) -> datetime | None:
    """A moment from seconds since 1970, written as a number or as text; None if it is neither."""
    try:
        return datetime.fromtimestamp(float(seconds), UTC) if isinstance(seconds, str | int | float) else None
    except (ValueError, OverflowError, OSError):
        return None
