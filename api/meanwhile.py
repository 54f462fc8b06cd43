"""Calls that Asterisk's dialplan answered while the service was away, from its own record into ours: each once.

How far the record was read is kept in a file of the state folder; whoever loses it loses time and nothing else, for a
call that is on record is not told again.
"""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

from callflows.facts import AnsweredWithoutUs, CallArrived, CallEnded, Fact
from callflows.outcomes import CallOutcome
from callflows.ports import Journal as Stating
from callflows.restart.ends import AWAY
from records.asterisk_log import CallWithoutService, Place, calls_without_service
from records.errors import RecordsError
from records.journal import Journal
from records.stores.calls import CallStore
from telephony.values import NumberShown

READ = "asterisk-log.read"
"""The file in the state folder that says how far Asterisk's record was read."""

log = logging.getLogger(__name__)


class Meanwhile:
    """Brings what is new in Asterisk's record into the journal, as often as it is asked to look."""

    def __init__(
        self, log_dir: Path, kept: Path, *, journal: Journal, stating: Stating, calls: CallStore
    ) -> None:
        """`kept` is the file that remembers the place; `stating` is where facts go, and counts them on the way."""
        self._log_dir, self._kept = log_dir, kept
        self._journal, self._stating, self._calls = journal, stating, calls
        self._place: Place | None = None

    async def look(self) -> int:
        """Take over what is new; return how many calls it was. What goes wrong is logged, and tried again next time."""
        try:
            place = self._place or _read(self._kept)
            found, after = await asyncio.to_thread(calls_without_service, self._log_dir, place)
            if after == place:
                return 0
            await self._journal.flush()  # what an earlier look has stated is on record then
            known = await self._calls.known([call.call for call in found])
            new = [call for call in found if call.call not in known and not call.by_service]
            for call in new:
                for fact in facts_of(call):
                    self._stating.state(fact)
            await self._journal.flush()
            self._place = after
            self._kept.write_text(f"{after.file} {after.offset}\n", encoding="ascii")
        except (OSError, RecordsError) as wrong:
            log.warning("calls without the service cannot be taken into the record now: %s", wrong)
            return 0
        if new:
            log.warning("%d calls came while the service was away; they are on record now", len(new))
        return len(new)


def facts_of(call: CallWithoutService) -> Iterator[Fact]:
    """What happened in such a call, as far as Asterisk has written it."""
    shown = NumberShown.SHOWN if call.number else NumberShown.ABSENT
    if call.withheld:
        shown = NumberShown.WITHHELD
    yield CallArrived(call=call.call, at=call.started, number=call.number, name="", shown=shown, dialled="")
    seconds = 0.0 if call.taken is None else (call.ended - call.taken).total_seconds()
    at = call.started if call.taken is None else call.taken
    yield AnsweredWithoutUs(call=call.call, at=at, taken=call.taken is not None, seconds=max(0.0, seconds))
    yield CallEnded(
        call=call.call,
        at=call.ended,
        outcome=CallOutcome.ABANDONED if call.taken is None else CallOutcome.WITHOUT_SERVICE,
        by=call.by,
        waiting_for=AWAY if call.taken is None else "talk",
    )


def _read(kept: Path) -> Place:
    """The place up to which the record was read; the beginning if nobody knows."""
    try:
        file, offset = map(int, kept.read_text(encoding="ascii").split())
    except (FileNotFoundError, ValueError):
        return Place()
    return Place(file, offset)
