"""How well we find: shares of citizens' phrases, of the two sets that nothing was changed for (ADR 25)."""

from collections.abc import Iterable

from benchmarks.row import Row
from directory.find import Finder
from directory.load import DEMO, load_hall
from tests.unit.directory.find.phrases import phrases, reached

UNSEEN = ("check", "fresh")


def rows() -> Iterable[Row]:
    """The targets and what was reached, in percent."""
    finder = Finder(load_hall(DEMO).hall)
    for name in UNSEEN:
        asked = phrases(name)
        found = reached(finder, asked)
        note = f"{len(asked)} phrases of the set {name!r}"
        yield Row("find: the right matter first", 80, "%", 100 * found.first, note, at_least=True)
        yield Row("find: in the first three", 95, "%", 100 * found.three, note, at_least=True)
        yield Row('find: "the hall can\'t help" recognised', 90, "%", 100 * found.none, note, at_least=True)
        yield Row("find: good phrases refused", 5, "%", 100 * found.refused, note)
