"""Asking the administrator what columns mean: on the screen, or by `--column` where nobody is there to answer."""

from collections.abc import Mapping, Sequence

import click

from api.cli.asked import refuse
from api.cli.importing_text import columns_text
from directory.changes import Kind
from directory.importing.columns import Column, Layout, check_choices, chosen
from directory.importing.meanings import Meaning
from directory.importing.sheets import letter
from directory.report import DirectoryError, Fault


def choices_of(written: Sequence[str]) -> dict[str, Meaning]:
    """Read `--column NAME=MEANING` options."""
    choices = {}
    for text in written:
        name, sign, meaning = text.rpartition("=")
        if not sign or not name or meaning not in {it.value for it in Meaning}:
            known = ", ".join(it.value for it in Meaning)
            raise click.BadParameter(
                f'{text!r}: write "Heading=meaning", or a letter before the sign; meanings are {known}',
                param_hint="--column",
            )
        choices[name.strip()] = Meaning(meaning)
    return choices


def settled(
    layouts: Sequence[Layout], choices: Mapping[str, Meaning], kind: Kind | None, *, ask: str
) -> list[Layout]:
    """Return the layouts with every column settled; `ask` is "yes" where somebody answers, else "no".

    Raises DirectoryError for a column that is ambiguous and was not settled: nothing is guessed silently.
    """
    check_choices(layouts, choices)
    found = [chosen(layout, choices, kind) for layout in layouts]
    for place, layout in enumerate(found):
        for line in columns_text(layout):
            click.echo(line)
        for column in layout.open:
            if ask != "yes":
                raise _open(layout, column)
            meaning = _asked(column)
            layout = chosen(layout, {letter(column.number): meaning}, kind)
        found[place] = layout
    if ask == "yes" and not click.confirm("Are the columns understood rightly?", default=True):
        refuse('Nothing was changed: say what columns mean with --column "Heading=meaning".')
    return found


def _asked(column: Column) -> Meaning:
    """Ask what a column means."""
    guesses = ", ".join(it.value for it in column.guess.meanings)
    known = click.Choice([it.value for it in Meaning])
    answer: str = click.prompt(
        f"What is column {column.name}, like {column.sample!r}? Maybe {guesses}",
        type=known,
        show_choices=False,
    )
    return Meaning(answer)


def _open(layout: Layout, column: Column) -> DirectoryError:
    what = f"the column may mean {' or '.join(it.value for it in column.guess.meanings)}"
    name = column.heading or letter(column.number)
    mend = f'say which, like --column "{name}={column.guess.meanings[0].value}"'
    return DirectoryError(Fault(layout.sheet.file, column.name, what, mend, line=layout.header))
