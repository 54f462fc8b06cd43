"""The record as it was when this process began: read once, after what the process before left in the spool is in it."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Self

from callflows.restart.standing import Standing
from records.database import Database
from records.errors import RecordsError
from records.journal import Journal
from records.pauses import back_off, rest
from records.stores.standing import StandingStore
from telephony.values import CallId

log = logging.getLogger(__name__)


class RecordedPast:
    """Keeps the port `callflows.restart.standing.Past`; use it in `async with`, which begins to read."""

    def __init__(self, journal: Journal, database: Database, *, patience: float = 3.0) -> None:
        """`patience`: seconds for which callers wait for the record, in all."""
        self._journal, self._store = journal, StandingStore(database)
        self._patience = patience
        self._until: float | None = None
        self._reading: asyncio.Task[Mapping[CallId, Standing]] | None = None

    async def __aenter__(self) -> Self:
        """Begin to read."""
        self._reading = asyncio.create_task(self._read(), name="reading the past")
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Read no more."""
        reading = self._begun()
        reading.cancel()
        await asyncio.wait([reading])

    async def standing(self) -> Mapping[CallId, Standing]:
        """Every call that had no end then; nothing, if the database stays away for a few seconds."""
        loop, reading = asyncio.get_running_loop(), self._begun()
        if self._until is None:
            self._until = loop.time() + self._patience
        await asyncio.wait([reading], timeout=max(0.0, self._until - loop.time()))
        if reading.done():
            return reading.result()
        log.error(
            "What was on record of the callers on the line cannot be read: they are taken up without it."
        )
        return {}

    async def whole(self) -> Mapping[CallId, Standing]:
        """The same, however long the database is away."""
        return await asyncio.shield(self._begun())

    def _begun(self) -> "asyncio.Task[Mapping[CallId, Standing]]":
        assert self._reading is not None, "the past is asked for before it is read"
        return self._reading

    async def _read(self) -> Mapping[CallId, Standing]:
        await self._journal.flush()
        failures = 0
        while True:
            try:
                return await self._store.unended(run=self._journal.run)
            except RecordsError as away:
                failures += 1
                if failures == 1:
                    log.warning("The calls of the time before cannot be read yet: %s", away)
                await rest(back_off(failures), asyncio.Event())
