"""`halo directory history` and `halo directory undo`: who changed what, when and from where, and the way back."""

import getpass
import json
from collections.abc import Coroutine, Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import groupby
from typing import Any, TypeVar

import click

from api.cli.asked import Cli, refuse, run
from api.cli.hall import hall_in_force
from api.cli.importing_text import value_text
from api.cli.saving import Told
from api.directory_editing import CannotEdit, Editor
from api.private import not_made_yet
from api.settings.model import HOME_ZONE
from directory.changes import Change, Source
from directory.lookup import NotFound, looked_up
from records.database import Database, open_database
from records.hall_json import to_json
from records.history_views import FieldChange, HallVersion, HistoryLine, Saved, fields_of, title_of
from records.stores.hall import HallStore
from records.stores.history import HistoryStore
from records.views import Page

Result = TypeVar("Result")

SHOWN = 40
"""So many changes are shown before it is asked whether they are meant."""
EVERY = 2**31 - 2
"""More changes than there are; one more than this is still a number for both databases."""


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True, help="How many at most.")
@click.option("--all", "limit", flag_value=EVERY, type=int, help="However many there are.")
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects, newest first.")
@click.pass_obj
def history(cli: Cli, name: str | None, limit: int, form: str | None) -> None:
    """List what was changed in the directory, newest first: all, or of one unit, matter or person."""
    page = run(_lines(_database(cli), name, limit))
    if not page.items and name is not None:
        page = run(_lines(_database(cli), _id_of(cli, name), limit))
    lines = page.items
    if form == "json":
        click.echo(json.dumps([_as_object(line) for line in lines], ensure_ascii=False, indent=1))
    elif not lines:
        click.echo("Nothing was changed since changes are kept.")
    else:
        click.echo("\n".join(_history_text(lines)))
    if page.next:
        click.echo(f"These are the newest {limit}; there are older ones: --all, or --limit.", err=True)


@click.command()
@click.argument("version", type=click.IntRange(min=1), required=False)
@click.option(
    "--of", "source", type=click.Choice([it.value for it in Source]), help="The last change from there."
)
@click.option("--yes", "confirmed", flag_value="yes", help="Do not ask whether this is meant.")
@click.pass_obj
def undo(cli: Cli, version: int | None, source: str | None, confirmed: str | None) -> None:
    """Take back what VERSION of the directory changed; else the last change, or the last one --of a source.

    What was changed later in other places stays. An undo is a change itself, and can be undone.
    """
    if version is not None and source is not None:
        refuse("Name a VERSION or a source by --of, not both.")
    url = _database(cli)
    save, wanted = run(_planned(url, cli, version, Source(source) if source else None))
    click.echo(f"Of version {save.version}, {_when_and_who(save)}, this is taken back:")
    for change in wanted[:SHOWN]:
        click.echo(f"  {_change_text(change)}")
    if len(wanted) > SHOWN:
        click.echo(f"  ... and {len(wanted) - SHOWN} more")
    if confirmed is None:
        click.confirm("Take it back?", abort=True)
    saved = run(_undone(url, cli, save.version))
    click.echo(f"In force for new calls: version {saved.version} of the directory.")


def _database(cli: Cli) -> str:
    url = cli.settings.database_url
    if not_made_yet(url):
        refuse("There is no database yet, so nothing was changed: `halo directory load` makes it.")
    return url


async def _lines(url: str, id: str | None, limit: int) -> Page[HistoryLine]:
    async with open_database(url) as database:
        return await HistoryStore(database).lines(id=id, limit=min(limit, EVERY))


def _id_of(cli: Cli, name: str) -> str:
    """The id of what is called so now, or end the command."""
    try:
        return looked_up(hall_in_force(cli), name).id
    except NotFound as wrong:
        refuse(str(wrong))


async def _planned(
    url: str, cli: Cli, version: int | None, source: Source | None
) -> tuple[HallVersion, tuple[Change, ...]]:
    """The save that is meant, and what taking it back changes now."""
    async with open_database(url) as database:
        editor = _editor(cli, database)
        save = await _or_refuse(editor.last(source)) if version is None else None
        wanted = await _or_refuse(editor.undoing(save.version if save else version or 0))
        found = save or await editor.history.version(version or 0)
        assert found is not None, "what can be undone was saved"
        return found, wanted


async def _undone(url: str, cli: Cli, version: int) -> Saved:
    async with open_database(url) as database:
        undoing = _editor(cli, database).undo(version, by=getpass.getuser(), source=Source.COMMAND)
        return await _or_refuse(undoing)


def _editor(cli: Cli, database: Database) -> Editor:
    return Editor(HallStore(database), HistoryStore(database), Told(cli))


async def _or_refuse(work: Coroutine[Any, Any, Result]) -> Result:
    """What the editor refuses ends the command with its sentence."""
    try:
        return await work
    except CannotEdit as wrong:
        refuse(str(wrong))


def _history_text(lines: Iterable[HistoryLine]) -> Iterator[str]:
    """The history as people read it: a heading for each save, a line for each change."""
    for version, its in groupby(lines, key=lambda line: line.version):
        some = list(its)
        undoes = f", takes back version {some[0].undoes}" if some[0].undoes else ""
        yield f"version {version}, {_when_and_who(some[0])}{undoes}"
        for line in some:
            told = f"{line.kind.value} {line.id}, {line.title}: not known any more"
            yield f"  {_change_text(line.change) if line.change else told}"


def _when_and_who(save: HallVersion | HistoryLine) -> str:
    """When it was saved, by whom, and from where."""
    where = " ".join(part for part in (save.source.value if save.source else "", save.note) if part)
    at = f"{save.saved.astimezone(HOME_ZONE):%Y-%m-%d %H:%M}"
    return f"{at}, by {save.saved_by}" + (f" ({where})" if where else "")


def _change_text(change: Change) -> str:
    """One change as one line."""
    label = f"{change.kind.value} {change.id}, {title_of(change)}"
    if change.before is None or change.after is None:
        return f"{label}: {'new' if change.before is None else 'gone'}"
    told = (
        f"{it.name} {value_text(it.before)} -> {value_text(it.after)}"
        for field in fields_of(change)
        for it in _smallest(field)
    )
    return f"{label}: {'; '.join(told)}"


def _smallest(change: FieldChange) -> Iterator[FieldChange]:
    """A group of settings as the settings that differ; anything else as it is."""
    if type(change.before) is type(change.after) and is_dataclass(change.after) and change.name in GROUPS:
        for field in fields(change.after):
            before, after = getattr(change.before, field.name), getattr(change.after, field.name)
            if before != after:
                yield FieldChange(f"{change.name}.{field.name}", before, after)
    else:
        yield change


GROUPS = ("policy", "numbering")
"""Rules of the hall that are groups of settings."""


def _as_object(line: HistoryLine) -> dict[str, Any]:
    """A line as JSON has it."""
    return {
        "version": line.version,
        "at": line.saved.isoformat(),
        "by": line.saved_by,
        "source": line.source.value if line.source else None,
        "note": line.note,
        "undoes": line.undoes,
        "kind": line.kind.value,
        "id": line.id,
        "title": line.title,
        "fields": {
            field.name: {"before": to_json(field.before), "after": to_json(field.after)}
            for field in line.fields
        },
    }
