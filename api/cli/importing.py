"""`halo directory import` and `export`: an office's own list into the directory, and out of it again.

An import is read, understood, compared and shown before anything is asked; it is saved in one transaction, and
`halo directory undo` takes it back.
"""

import getpass
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli.asked import Cli, refuse, run
from api.cli.hall import first_folder, hall_in_force
from api.cli.importing_columns import choices_of, settled
from api.cli.importing_text import plan_text, report_rows
from api.cli.saving import save_import
from api.cli.uncollected import uncollected
from api.spreadsheets.read import read_sheets
from api.spreadsheets.write import write_rows
from directory.captures import Age
from directory.hall_file import read_hall_file
from directory.importing.columns import Layout, layout_of
from directory.importing.entries import Entry
from directory.importing.matching import Units
from directory.importing.plan import Gone, Plan, Rules, planned
from directory.importing.rows import read_rows
from directory.importing.sheets import Sheet
from directory.importing.written import KINDS, rows_for
from directory.model import Hall, Reached, UnitId
from directory.names import nearest
from directory.report import DirectoryError, Fault, Finding

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--check", "--dry-run", "mode", flag_value="check", help="Show what would change, and change nothing."
)
@click.option(
    "--column", "columns", multiple=True, metavar="NAME=MEANING", help='What a column means: "Nr=extension".'
)
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="What the list is about, where its headings do not say."
)
@click.option(
    "--gone", type=click.Choice([it.value for it in Gone]), help="What becomes of those not in the list."
)
@click.option(
    "--newest",
    multiple=True,
    metavar="HOST",
    help="Of two captures of one thing this page counts, first first.",
)
@click.option(
    "--reached", type=click.Choice([it.value for it in Reached]), default="here", help="Where new phones are."
)
@click.option(
    "--unit", help="Whose the new people are of whom the list does not say it: an id, code or name."
)
@click.option("--encoding", default="", help="The encoding of a CSV file, if it is read wrongly.")
@click.option("--report", type=FILE, help="Write all changes and doubtful cells to this .csv or .xlsx file.")
@click.option(
    "--yes", "answer", flag_value="yes", help="Ask nothing; a column that may mean two things stops it."
)
@click.pass_obj
@uncollected()
def import_list(
    cli: Cli,
    files: tuple[Path, ...],
    mode: str | None,
    columns: tuple[str, ...],
    kind: str | None,
    gone: str | None,
    newest: tuple[str, ...],
    reached: str,
    unit: str | None,
    encoding: str,
    report: Path | None,
    answer: str | None,
) -> None:
    """Read lists of people, units or matters from FILES (.csv, .xlsx), show what would change, and change it.

    Lists may be as offices keep them. What is doubtful is told with its row and column; what is wrong stops the whole
    import, and nothing is changed.
    """
    choices = choices_of(columns)
    hall = hall_in_force(cli)
    ask = "no" if mode == "check" or answer == "yes" else "yes"
    home = _unit(hall, unit) if unit else None
    rules = Rules(Gone(gone or "keep"), Age(newest or _newest_first(cli)), home, Reached(reached))
    try:
        found, unread = _layouts(files, encoding)
        layouts = settled(found, choices, KINDS[kind] if kind else None, ask=ask)
        entries, findings = _entries(layouts)
        findings = [*unread, *findings]
        plan = _planned(hall, entries, findings, rules)
        if plan.gone and gone is None and ask == "yes":
            _show(plan, rules)
            rules = replace(rules, gone=_asked_what_becomes_of(plan))
            plan = plan if rules.gone is Gone.KEEP else _planned(hall, entries, findings, rules)
        else:
            _show(plan, rules)
        if report is not None:
            write_rows(report, "Import", report_rows(plan))
            click.echo(f"All of it is in {report}.")
    except DirectoryError as wrong:
        for fault in wrong.faults[1:]:
            click.echo(str(fault), err=True)
        refuse(f"{wrong.faults[0]}. Nothing was changed.")
    except click.Abort:
        refuse(
            "Nobody answered, and nothing was changed: give --yes, and --column for columns that are asked for."
        )
    if mode == "check":
        click.echo("Nothing was changed: this was a check.")
    elif not plan.changes:
        click.echo("Nothing was changed: the directory has all of this already.")
    else:
        _take(cli, hall, plan, files, ask)


@click.command("export")
@click.option("--kind", type=click.Choice(list(KINDS)), required=True, help="What to export.")
@click.option("--to", "file", type=FILE, required=True, help="The .csv or .xlsx file to write.")
@click.pass_obj
def export_list(cli: Cli, kind: str, file: Path) -> None:
    """Write the people, units or matters in force to a file; imported again, it changes nothing."""
    hall = hall_in_force(cli)
    rows = list(rows_for(hall, KINDS[kind]))
    try:
        write_rows(file, kind, rows)
    except DirectoryError as wrong:
        refuse(f"{wrong.faults[0]}.")
    click.echo(f"{len(rows) - 1} {kind} written to {file}.")


def _layouts(files: Iterable[Path], encoding: str) -> tuple[list[Layout], list[Finding]]:
    """Return the layout of every sheet that is a list, and what to tell of the others."""
    layouts: list[Layout] = []
    unread: list[Finding] = []
    for path in files:
        found = [(sheet, layout_of(sheet)) for sheet in read_sheets(path, encoding=encoding)]
        if not any(layout for _, layout in found):
            mend = 'write one above the list, like "Nazwisko i imię; Telefon"'
            raise DirectoryError(Fault(path.name, "", "no row of headings was found", mend))
        for sheet, layout in found:
            if layout is not None:
                layouts.append(layout)
            else:
                unread += sheet.findings or _not_a_list(sheet)
    return layouts, unread


def _not_a_list(sheet: Sheet) -> list[Finding]:
    """Tell of a sheet that holds something, and no list."""
    why, mend = "no row of headings was found; the sheet was not read", "write one above the list"
    first = sheet.lines[:1]
    return [Finding(sheet.file, it.number, "", " | ".join(filter(None, it.cells)), why, mend) for it in first]


def _entries(layouts: Sequence[Layout]) -> tuple[list[Entry], list[Finding]]:
    entries: list[Entry] = []
    findings: list[Finding] = []
    for layout in layouts:
        read, decided = read_rows(layout)
        entries += read
        findings += decided
    return entries, findings


def _planned(hall: Hall, entries: Sequence[Entry], found: Sequence[Finding], rules: Rules) -> Plan:
    with _progress(len(entries)) as progress:
        task = progress.add_task("Comparing", total=len(entries))
        return planned(hall, entries, rules, found=found, tick=lambda: progress.advance(task))


@contextmanager
def _progress(total: int) -> Iterator[Progress]:
    """A bar on standard error, where somebody sees it and there is much to do."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=total < 500 or not console.is_terminal
    ) as bar:
        yield bar


def _show(plan: Plan, rules: Rules) -> None:
    kept = "kept" if rules.gone is Gone.KEEP else "removed"
    for line in plan_text(plan, gone=kept):
        click.echo(line)
    new = sum(1 for it in plan.changes if it.before is None)
    out = sum(1 for it in plan.changes if it.after is None)
    click.echo(
        f"{plan.entries} rows read: {new} new, {len(plan.changes) - new - out} changed, {out} removed; "
        f"{len(plan.findings)} doubtful."
    )


def _unit(hall: Hall, name: str) -> UnitId:
    """Return the unit that is meant, or end the command."""
    units = Units(dict(hall.units))
    found = units.called(name)
    if len(found) != 1:
        refuse(
            f"{len(found) or 'No'} units are called {name!r}; {nearest(name, [*hall.units, *units.names()])}."
        )
    return found[0].id


def _asked_what_becomes_of(plan: Plan) -> Gone:
    """Ask about those whom the list has not."""
    answer: str = click.prompt(
        f"{len(plan.gone)} of the directory are not in this list: keep or remove them?",
        type=click.Choice([it.value for it in Gone]),
        default=Gone.KEEP.value,
    )
    return Gone(answer)


def _take(cli: Cli, hall: Hall, plan: Plan, files: Sequence[Path], ask: str) -> None:
    """Save the plan, if it is wanted."""
    try:
        if ask == "yes" and not click.confirm(f"Make these {len(plan.changes)} changes?"):
            click.echo("Nothing was changed.")
            return
    except click.Abort:
        refuse("Nobody answered, and nothing was changed: give --yes.")
    note = ", ".join(path.name for path in files)
    version = run(save_import(cli, hall, plan.hall, by=getpass.getuser(), note=note))
    click.echo(f"In force for new calls: version {version} of the directory.")
    click.echo(f"`halo directory undo {version}` takes it back.")


def _newest_first(cli: Cli) -> tuple[str, ...]:
    """The order of pages that the hall's own file gives, if there is one."""
    try:
        return tuple(read_hall_file(first_folder(cli) / "hall.toml")[0].newest_first)
    except DirectoryError:
        return ()
