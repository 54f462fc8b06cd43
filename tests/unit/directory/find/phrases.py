"""Our phrases: how citizens put it, the matter (symbol) or unit (`unit:` and its name) meant, or NONE.

`tune` was used to choose every figure; `check` was written before the everyday words, by the same people. `hard`
holds stories, slang, and questions that only look like the hall's; it was tuned on, too. `blind`, `last`, `fresh` and
`visit` were each written when all was built, measured once as they were, and only then looked into; for `fresh` and
`visit` nothing was changed any more (ADR 0025 has those first figures).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.find import Finder, Hit

HERE = Path(__file__).parent
UNIT, NONE = "unit:", "NONE"


def phrases(name: str) -> list[tuple[str, str]]:
    """Read a set of phrases."""
    lines = (HERE / f"phrases-{name}.tsv").read_text("utf-8").splitlines()
    return [(words, meant) for words, meant in (line.split("\t") for line in lines if line)]


def is_meant(hit: Hit, meant: str) -> bool:
    """Tell whether a hit is what was meant; a body outside the hall may be named by its matter."""
    if meant.startswith(UNIT):
        return meant.removeprefix(UNIT) in (hit.unit, hit.part)
    return hit.kind == "matter" and hit.symbol == meant


@dataclass(frozen=True, slots=True)
class Reached:
    """Shares of phrases: the right one first, in the first three; nothing found rightly, and wrongly."""

    first: float
    three: float
    none: float
    refused: float


def reached(finder: Finder, asked: Sequence[tuple[str, str]]) -> Reached:
    """Ask everything, and count."""
    found = [(finder.find(words, 3, typing=False), meant) for words, meant in asked]
    good = [(hits, meant) for hits, meant in found if meant != NONE]
    beyond = [hits for hits, meant in found if meant == NONE]
    return Reached(
        first=sum(bool(hits) and is_meant(hits[0], meant) for hits, meant in good) / len(good),
        three=sum(any(is_meant(hit, meant) for hit in hits) for hits, meant in good) / len(good),
        none=sum(not hits for hits in beyond) / len(beyond),
        refused=sum(not hits for hits, _ in good) / len(good),
    )
