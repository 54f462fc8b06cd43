"""`halo directory find`: what a citizen's words mean, in the directory in force."""

import json
from pathlib import Path

import click

from api.cli.asked import Cli
from api.cli.hall import hall_in_force, read_hall
from directory.find import Finder, Hit

LIMIT = 10


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects, best first.")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=LIMIT, show_default=True, help="How many at most."
)
@click.option("--typing", "typing", flag_value="typing", help="The last word may be only begun.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Answer from these files, not from the database.",
)
@click.pass_obj
def find(
    cli: Cli, words: tuple[str, ...], form: str | None, limit: int, typing: str | None, folder: Path | None
) -> None:
    """Find the matters, units and people that WORDS mean, best first; nothing if the hall can't help.

    WORDS are a citizen's own: "kupilem motocykl", "smierc babci zgloszenie"; one argument or several.
    """
    hall = hall_in_force(cli) if folder is None else read_hall(folder).hall
    answer = Finder(hall).ask(" ".join(words), limit, typing=typing is not None)
    if form == "json":
        click.echo(json.dumps([as_object(hit) for hit in answer.hits], ensure_ascii=False, indent=1))
        return
    for number, hit in enumerate(answer.hits, start=1):
        click.echo(f"{number}. {hit.symbol} {_marked(hit)}".replace(".  ", ". "))
        click.echo(
            f"   {hit.kind} {hit.id}, {hit.part or hit.unit or 'the desk takes it'} ({hit.score:.2f}; {hit.because})"
        )
    if not answer.hits:
        click.echo(answer.nothing, err=True)


def as_object(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON has it."""
    return {
        "kind": hit.kind,
        "id": hit.id,
        "symbol": hit.symbol,
        "title": hit.title,
        "unit": hit.unit,
        "unit_id": hit.unit_id,
        "part": hit.part,
        "score": hit.score,
        "marks": [list(mark) for mark in hit.marks],
        "because": hit.because,
    }


def _marked(hit: Hit) -> str:
    """Return the title with the matched words in bold."""
    said, place = "", 0
    for begins, ends in hit.marks:
        said += hit.title[place:begins] + click.style(hit.title[begins:ends], bold=True)
        place = ends
    return said + hit.title[place:]
