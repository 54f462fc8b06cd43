"""The hall as it is now: loaded at start, changed on request, never to something that may not go live."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from api.private import not_made_yet
from directory.changes import Source
from directory.load import DEMO, load_hall
from directory.model import Hall
from directory.report import DirectoryError
from directory.validate import faults
from records.database import open_database
from records.errors import NoHall, NotMigrated
from records.hall_copy import read_copy, write_copy
from records.history_views import InForce
from records.stores.hall import HallStore

log = logging.getLogger(__name__)


NOT_SAVED = 0
"""Stands for the version of a hall that is not from the database."""


class BadHall(Exception):
    """The hall's data may not go live; the text is one sentence with the first fault and its mend."""


class HallSource:
    """Gives every new call the hall in force; calls that are up keep theirs."""

    def __init__(
        self, store: HallStore, folder: Path | None, *, copy: Path, say: Callable[[str], None]
    ) -> None:
        """`copy` is the file that keeps the last known hall."""
        self._store, self._copy = store, copy
        self._folder = folder or DEMO
        self._say = say
        self._in_force: InForce | None = None
        self._copying = asyncio.Lock()
        self._told: list[Callable[[], None]] = []

    def __call__(self) -> Hall:
        """The hall in force; `start` comes first."""
        assert self._in_force is not None, "the hall is asked for before it was loaded"
        return self._in_force.hall

    @property
    def in_force(self) -> InForce | None:
        """The hall in force with its version: 0 for one that is not from the database. None before the start."""
        return self._in_force

    def when_taken(self, then: Callable[[], None]) -> None:
        """Do this each time that another hall has come into force."""
        self._told.append(then)

    async def start(self, given: Hall | None = None) -> None:
        """Take the hall from the database; at the first start, from its folder. Raises BadHall.

        A hall that is `given` is taken as it is, also with limits that no hall could want.
        """
        if given is not None:
            self._in_force = InForce(NOT_SAVED, given)
            return
        try:
            found = _may_go_live(await self._store.in_force())
        except NoHall:
            found = await self._first()
        await self.take(found)

    def take_last_known(self) -> bool:
        """Take the hall from its last known copy, if there is one that may go live; whether there is."""
        hall = read_copy(self._copy)
        if hall is None or faults(hall):
            return False
        self._in_force = InForce(NOT_SAVED, hall)
        return True

    async def reload(self) -> None:
        """Take the hall from the database anew. Raises BadHall, and then the old one stays in force."""
        known = self._in_force
        fresh = _may_go_live(await self._store.in_force(known))
        if known is not None and fresh.hall == known.hall:
            self._in_force = fresh
            log.info("the directory was read again: nothing has changed")
            return
        await self.take(fresh)
        log.info("the directory was read again: %s, for new calls", _size(fresh.hall))

    async def take(self, saved: InForce) -> None:
        """Let new calls use this hall, which may go live, and keep a copy; an older one than now is passed over."""
        if self._in_force is not None and saved.version < self._in_force.version:
            return
        self._in_force = saved
        for then in self._told:
            then()
        try:
            async with self._copying:
                await asyncio.to_thread(write_copy, self._copy, self())
        except OSError as error:
            log.warning("the directory cannot be copied to %s: %s", self._copy, error.strerror)

    async def _first(self) -> InForce:
        try:
            loaded = load_hall(self._folder)
        except DirectoryError as wrong:
            raise BadHall(f"The hall's data in {self._folder} may not go live: {wrong.faults[0]}.") from None
        saved = await self._store.save_hall(
            loaded.hall, "first start", source=Source.START, note=self._folder.name
        )
        self._say(f"The directory was loaded from {self._folder}: {_size(loaded.hall)}.")
        if loaded.report.findings:
            count = len(loaded.report.findings)
            self._say(f"{count} of its cells are doubtful; `halo directory report` lists them.")
        return saved.in_force


async def stored_hall(url: str) -> Hall | None:
    """The hall in the database of this address; None if it holds none, has no tables, or was never made.

    Looking makes nothing. Raises RecordsError.
    """
    if not_made_yet(url):
        return None
    try:
        async with open_database(url) as database:
            return await HallStore(database).load_hall()
    except (NoHall, NotMigrated):
        return None


def _may_go_live(found: InForce) -> InForce:
    if wrong := faults(found.hall):
        raise BadHall(f"The directory in the database may not go live: {wrong[0]}.")
    return found


def _size(hall: Hall) -> str:
    return f"{len(hall.units)} units, {len(hall.matters)} matters, {len(hall.people)} people"
