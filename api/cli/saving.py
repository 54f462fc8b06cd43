"""Saving the directory from a command: through the one editor, and the running service is told."""

import click

from api.cli.asked import Cli, refuse
from api.directory_editing import CannotEdit, Editor
from api.private import make_private
from api.running import ask_to_reload
from directory.changes import Source
from directory.model import Hall
from records.database import open_database
from records.errors import NoHall
from records.history_views import InForce
from records.migrate import current, upgrade
from records.stores.hall import HallStore
from records.stores.history import HistoryStore


class Told:
    """The service that answers calls, in another process: it is told to read the directory anew."""

    in_force: InForce | None = None

    def __init__(self, cli: Cli) -> None:
        self._cli = cli

    async def take(self, saved: InForce) -> None:
        """Tell it, if it runs."""
        if process := ask_to_reload(self._cli.settings.state_dir):
            click.echo(f"The running service (process {process}) was told to take it over.")


async def save_import(
    cli: Cli, before: Hall, after: Hall, *, by: str, note: str, source: Source = Source.IMPORT
) -> int:
    """Take the hall that an import made of `before` into force, all or nothing, and return its version.

    Into an empty database `before`, which came from the hall's folder, is saved first, so that the import alone can be
    undone. Ends the command if somebody changed the directory since it was compared.
    """
    url = cli.settings.database_url
    make_private(url)
    if await current(url) is None:
        await upgrade(url)
    async with open_database(url) as database:
        store = HallStore(database)
        editor = Editor(store, HistoryStore(database), Told(cli))
        try:
            base = await store.in_force()
        except NoHall:
            saved = await store.save_hall(before, by, source=Source.START)
            base = saved.in_force
        if base.hall != before:
            refuse("Somebody changed the directory while this list was compared with it: import it again.")
        try:
            saved = await editor.save(after, based_on=base, by=by, source=source, note=note)
        except CannotEdit as wrong:
            refuse(str(wrong))
        return saved.version
