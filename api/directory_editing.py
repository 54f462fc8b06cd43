"""The one way in which the directory is changed: pages, REST, imports, LDAP and the command line all come through here.

    saved = await editor.apply([Change(Kind.PERSON, anna.id, before=anna, after=moved)], by="ewa", source=Source.PAGE)

`apply` makes changes in whatever is in force by then, and refuses what somebody else changed meanwhile: two may change
the room and the telephone of the same person, but not both the room. `save` takes a whole hall that was made of the one
in force (an import). Either is checked by `directory.validate` before anything is written, is in the history with who,
when and from where, and new calls use it when the method returns.

    CannotEdit
    ├── MayNotGoLive      the hall would have faults; all of them are told
    ├── ChangedMeanwhile  the same thing was changed by somebody else since
    └── CannotUndo        there is no such save, or nothing of it can be taken back

The texts are for administrators; a page says the same in the clerk's language by the attributes.
"""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from directory.changes import Change, Conflict, Kind, Source, changed, reverse
from directory.model import Hall
from directory.report import Fault
from directory.validate import faults
from records.errors import NoHall, Stale
from records.history_views import HallVersion, HistoryLine, InForce, Saved, title_of
from records.stores.hall import HallStore
from records.stores.history import HistoryStore

TRIES = 5
"""How often a change is made anew, if another process saves at the same time."""
LOOKED_THROUGH = 50
"""So many changes of the same thing are looked through for who changed one field last."""


class CannotEdit(Exception):
    """The directory was not changed; the text says why, and what to do."""


class MayNotGoLive(CannotEdit):
    """The hall would have these `faults`."""

    def __init__(self, *found: Fault) -> None:
        self.faults = found
        super().__init__("The directory was not changed: " + " ".join(f"{fault}." for fault in found))


class ChangedMeanwhile(CannotEdit):
    """What this change expected is not there any more.

    `field` is where, if one field alone is to blame; `by` is who last changed the same, if known.
    """

    def __init__(self, conflict: Conflict, by: HistoryLine | None) -> None:
        self.change, self.field, self.by = conflict.change, conflict.field, by
        where = f", {self.field}," if self.field else ""
        who = f" by {by.saved_by}, {by.saved:%Y-%m-%d %H:%M} UTC, version {by.version}" if by else ""
        super().__init__(
            f'The directory was not changed: {self.change.kind.value} "{title_of(self.change)}" ({self.change.id})'
            f"{where} was changed meanwhile{who}; look at it as it is now, and change that."
        )


class CannotUndo(CannotEdit):
    """There is nothing to take back."""


class Serving(Protocol):
    """Whoever answers calls with the directory, as far as the editor knows them."""

    @property
    def in_force(self) -> InForce | None:
        """What is in memory already; None if nothing is."""

    async def take(self, saved: InForce) -> None:
        """Let new calls use this."""


class Editor:
    """Changes the directory in force, for everybody who may."""

    def __init__(self, store: HallStore, history: HistoryStore, serving: Serving) -> None:
        """`serving` takes over what is saved: the running service itself, or one that has to be told."""
        self._store, self._serving = store, serving
        self.history = history
        self._turn = asyncio.Lock()

    async def in_force(self) -> InForce:
        """Return the hall in force with its version, as the database has it; raises NoHall or DatabaseAway."""
        known = self._serving.in_force
        try:
            return await self._store.in_force(known)
        except NoHall:
            if known is None:
                raise
            return known  # one that was given to the service, and never saved

    async def apply(self, wanted: Iterable[Change], *, by: str, source: Source, note: str = "") -> Saved:
        """Make these changes in the hall in force, all or none.

        What others changed meanwhile stays, if it is not the same thing. Raises ChangedMeanwhile, MayNotGoLive, or
        RecordsError.
        """
        wanted = tuple(wanted)
        return await self._made(wanted, by=by, source=source, note=note, undoes=None)

    async def save(self, hall: Hall, *, based_on: InForce, by: str, source: Source, note: str = "") -> Saved:
        """Take a whole hall into force that was made of `based_on`.

        Raises Stale if somebody saved the directory since, MayNotGoLive, or another RecordsError.
        """
        async with self._turn:
            return await self._save(hall, based_on, by=by, source=source, note=note, undoes=None)

    async def undo(self, version: int, *, by: str, source: Source) -> Saved:
        """Take back what this save changed, as a new save; later changes of other things stay.

        Raises CannotUndo, ChangedMeanwhile, MayNotGoLive, or RecordsError.
        """
        back = await self._back(version)
        return await self._made(back, by=by, source=source, note="", undoes=version)

    async def undo_last(self, *, by: str, source: Source, of: Source | None = None) -> Saved:
        """Take back the newest save that still stands, of all or `of` one source (the last import)."""
        last = await self.last(of)
        return await self.undo(last.version, by=by, source=source)

    async def last(self, of: Source | None = None) -> HallVersion:
        """Return the save that `undo_last` would take back; raises CannotUndo if there is none."""
        last = await self.history.last(of)
        if last is None:
            raise CannotUndo(f"There is no change{f' ({of.value})' if of else ''} that could be undone.")
        return last

    async def undoing(self, version: int) -> tuple[Change, ...]:
        """Return what `undo` would change now, without changing it; raises what it would raise."""
        back = await self._back(version)
        base = await self.in_force()
        await self._checked(await self._changed(base, back))
        return back

    async def _made(
        self, wanted: tuple[Change, ...], *, by: str, source: Source, note: str, undoes: int | None
    ) -> Saved:
        """Make changes in the hall in force; once more, if another process saved in between."""
        async with self._turn:
            for tried in range(1, TRIES + 1):
                base = await self.in_force()
                hall = await self._changed(base, wanted)
                if undoes == base.version:
                    hall = await self._as_it_was(hall, undoes)
                try:
                    return await self._save(hall, base, by=by, source=source, note=note, undoes=undoes)
                except Stale:
                    if tried == TRIES:
                        raise
        raise AssertionError("the last try has raised")

    async def _save(
        self, hall: Hall, base: InForce, *, by: str, source: Source, note: str, undoes: int | None
    ) -> Saved:
        await self._checked(hall)
        saved = await self._store.save_hall(hall, by, source=source, note=note, based_on=base, undoes=undoes)
        if saved.changes:
            await self._serving.take(saved.in_force)
        return saved

    async def _checked(self, hall: Hall) -> None:
        if found := await asyncio.to_thread(faults, hall):
            raise MayNotGoLive(*found)

    async def _changed(self, base: InForce, wanted: tuple[Change, ...]) -> Hall:
        try:
            return changed(base.hall, wanted)
        except Conflict as conflict:
            raise ChangedMeanwhile(conflict, await self._by_whom(conflict)) from None

    async def _by_whom(self, conflict: Conflict) -> HistoryLine | None:
        """Who changed last what a change found otherwise."""
        change, field = conflict.change, conflict.field
        lines = (await self.history.lines(kind=change.kind, id=change.id, limit=LOOKED_THROUGH)).items
        theirs = (
            line for line in lines if not field or field.partition(".")[0] in {it.name for it in line.fields}
        )
        return next(theirs, None)

    async def _back(self, version: int) -> tuple[Change, ...]:
        """The changes that take this save back; raises CannotUndo."""
        save = await self.history.version(version)
        if save is None:
            raise CannotUndo(f"There is no version {version} of the directory.")
        if save.undone:
            raise CannotUndo(f"Version {version} of the directory was undone already.")
        made = [line.change for line in await self.history.changes_of(version)]
        known = [change for change in made if change is not None]
        if not made or len(known) < len(made):
            raise CannotUndo(
                f"What version {version} of the directory changed is not known well enough to undo it."
            )
        if any(change.kind is Kind.HALL and change.before is None for change in known):
            raise CannotUndo(
                f"Version {version} of the directory is the first: there is nothing to go back to."
            )
        return tuple(reverse(known))

    async def _as_it_was(self, hall: Hall, undone: int) -> Hall:
        """The hall before the newest save, in the order of its lists too, if that is what the undo comes to."""
        before = await self.history.versions(limit=1, before=undone)
        if not before or not before[0].whole:
            return hall
        earlier = await self._store.load_hall(before[0].version)
        return earlier if earlier == hall else hall
