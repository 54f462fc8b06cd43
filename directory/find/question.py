"""The question: what is looked for, under which keys of the index, and how much each word of it matters."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.find.index import Index, keys_of, weight_of
from directory.find.lexicon import Term
from directory.find.stem import stem
from directory.find.weights import TUNED, Weights

SHORTEST = 3
"""Letters of a begun word from which it is looked for; a shorter one does not count yet."""

_TOLD = re.compile(
    r"..(?:[aeiy]lem|[aeiy]lam|[aeiy]les|[aeiy]las|[iy]la|[iy]lo|alo|[aeiy]li|[aeiy]lismy|uje|ujemy|uja)$"
)
"""How verbs of a story end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One term of the question: its weight, and by which keys it is found, with how good a match that is."""

    term: Term
    weight: float
    keys: tuple[tuple[str, float], ...]
    unknown: float = 0.0
    """Of a word that nothing in the hall has: the share of such a word's weight. Its own weight is 0."""


def asked(
    index: Index, terms: Sequence[Term], tuned: Weights = TUNED, *, typing: bool = False
) -> tuple[Asked, ...]:
    """Return what is looked for: the question's terms with weights and keys. While typing, the last is only begun."""
    last = len(terms) - 1 if typing else None
    return tuple(_asked(index, term, tuned, begun=number == last) for number, term in enumerate(terms))


def _asked(index: Index, term: Term, tuned: Weights, *, begun: bool) -> Asked:
    keys = {
        key: quality * (tuned.concept if key[0] == "@" else 1.0)
        for key, quality in keys_of(term)
        if key in index.postings
    }
    if not keys and not term.filler and not term.parts:
        keys = dict(_begun(index, term, tuned) if begun else ()) or (
            {} if term.elsewhere else dict(_mistyped(index, term, tuned))
        )
        if keys:
            nearest = max(keys, key=lambda key: keys[key])
            return Asked(term, index.rarity.get(nearest, 1.0), tuple(keys.items()))
    if term.elsewhere:
        return Asked(term, tuned.elsewhere, tuple(keys.items()))
    if not keys and begun and len(term.folded) < SHORTEST:
        return Asked(term, 0.0, ())
    if not keys and not term.filler:
        return Asked(term, 0.0, (), unknown=tuned.told if _TOLD.search(term.folded) else 1.0)
    return Asked(term, weight_of(term, index.rarity, 0.0), tuple(keys.items()))


def _begun(index: Index, term: Term, tuned: Weights) -> Iterator[tuple[str, float]]:
    """Yield the stems of which a word begins so."""
    if len(term.folded) < SHORTEST:
        return
    place = bisect_left(index.words, term.folded)
    while place < len(index.words) and index.words[place].startswith(term.folded):
        yield stem(index.words[place]), tuned.begun
        place += 1


def _mistyped(index: Index, term: Term, tuned: Weights) -> Iterator[tuple[str, float]]:
    """Yield the stems that differ by a letter or two."""
    if len(term.stem) < 5 or not term.stem.isalpha():
        return
    most = 1 if len(term.stem) < 9 else 2
    found = extract(term.stem, index.stems, scorer=OSA.distance, score_cutoff=most, limit=5)
    for known, distance, _ in found:
        if known[:1] == term.stem[:1] and len(known) > 3:
            yield known, tuned.typo - 0.1 * (distance - 1)
