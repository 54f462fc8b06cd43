"""Ranking: how well a question fits each matter and unit, and how much of it speaks of something else.

The score of a subject is made of two shares, both between 0 and 1: how much of the question its words cover
together, and how well its best single phrase and the question fit each other, both ways. What the question says
of things that no hall does, and that the subject has no word for, is taken off.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.find.index import Index, Phrase, keys_of, weight_of
from directory.find.lexicon import Term
from directory.find.stem import stem
from directory.model import Unit


@dataclass(frozen=True, slots=True)
class Weights:
    """What the ranking is tuned by; the figures were chosen on the tune half of our phrases alone (ADR 0025)."""

    concept: float = 0.85
    """A word of the same concept instead of the same word."""
    begun: float = 0.8
    """A word that is only begun."""
    typo: float = 0.75
    """A word with a typing error."""
    unknown: tuple[float, ...] = (2.5, 2.5, 1.0, 0.5)
    """The weight of a word that nothing in the hall has, by how many others a phrase has: where several words of a
    story agree, those that nobody knows matter less."""
    told: float = 0.3
    """The share of that weight that a word has which looks like a verb of a story ("poszedłem")."""
    general: float = 0.8
    """What a phrase of one word is worth that has only a word of the same concept."""
    elsewhere: float = 4.0
    """The weight of a word that speaks of something no hall does."""
    phrase: float = 0.8
    """The share of the best phrase in the score; the rest is what the subject covers."""
    recall: float = 1.0
    """How many times more it matters that the phrase covers the question than the other way round."""
    against: tuple[float, ...] = (0.6, 0.6, 0.5, 0.4)
    """How much a question that speaks of something else loses, by how many words the phrase has of it."""
    core: float = 0.2
    """How much is lost where nothing is said of what nearly every phrase of the subject speaks of."""
    unit: float = 0.95
    """What a unit is worth beside a matter that fits as well."""


TUNED = Weights()

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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject (its number) with its score, and the phrase that fits best."""

    subject: int
    score: float
    phrase: Phrase


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
    if not keys and not term.filler:
        return Asked(term, 0.0, (), unknown=tuned.told if _TOLD.search(term.folded) else 1.0)
    return Asked(term, weight_of(term, index.rarity, 0.0), tuple(keys.items()))


def _begun(index: Index, term: Term, tuned: Weights) -> Iterator[tuple[str, float]]:
    """Yield the stems of which a word begins so."""
    if len(term.folded) < 3:
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


def ranked(index: Index, question: Sequence[Asked], tuned: Weights = TUNED) -> list[Ranked]:
    """Return every subject that shares a word with the question, best first."""
    known = sum(each.weight for each in question)
    unknown = sum(each.unknown for each in question)
    covers: dict[int, float] = defaultdict(float)
    fits: dict[int, _Fit] = {}
    for each in question:
        reached: dict[int, float] = {}
        for number, (quality, weight) in _matched(index, each).items():
            phrase = index.phrases[number]
            fits.setdefault(number, _Fit()).add(each, quality, weight)
            worth = quality * phrase.said.value
            if worth > reached.get(phrase.subject, 0.0):
                reached[phrase.subject] = worth
        for subject, worth in reached.items():
            covers[subject] += each.weight * worth
    wholes = [known + unknown * weight for weight in tuned.unknown]
    foreign = [each for each in question if each.term.elsewhere]
    keys = {key for each in question for key, _ in each.keys}
    found = []
    for subject, (value, number, whole) in _best_phrases(index, fits, wholes, tuned).items():
        phrase = index.phrases[number]
        score = (1 - tuned.phrase) * covers[subject] / whole + tuned.phrase * value
        score *= 1 - tuned.core * _missing(index.core[subject], keys)
        told = fits[number].told
        against = tuned.against[min(len(told), len(tuned.against) - 1)]
        score -= against * sum(each.weight for each in foreign if not _explains(phrase, told, each)) / whole
        if isinstance(index.subjects[subject], Unit):
            score *= tuned.unit
        found.append(Ranked(subject, score, phrase))
    return sorted(found, key=lambda each: (-each.score, each.subject))


@dataclass(slots=True)
class _Fit:
    """How a phrase and the question fit each other, summed up term by term."""

    question: float = 0.0
    """The weight of the question's terms that the phrase has."""
    phrase: float = 0.0
    """The weight of the phrase's words that the question has."""
    told: list[Asked] = field(default_factory=list)
    """The terms that say something."""

    def add(self, each: Asked, quality: float, weight: float) -> None:
        """Take in that the phrase has this term, with a word of this weight in the phrase."""
        self.question += each.weight * quality
        self.phrase += weight * quality
        if not each.term.filler:
            self.told.append(each)


def _explains(phrase: Phrase, told: Sequence[Asked], foreign: Asked) -> bool:
    """Tell whether a phrase has a word that elsewhere means something else, and not such words alone of several."""
    return foreign in told and (phrase.single or any(not each.term.elsewhere for each in told))


def _missing(core: Mapping[str, float], keys: Collection[str]) -> float:
    """Return the share of a subject's core that the question does not speak of."""
    return sum(share for key, share in core.items() if key not in keys) / sum(core.values()) if core else 0.0


def _is_matter(index: Index, subject: int) -> bool:
    return hasattr(index.subjects[subject], "symbol")


def _matched(index: Index, each: Asked) -> dict[int, tuple[float, float]]:
    """Return the phrases that have this term: how good the match is, and what the word weighs there."""
    best: dict[int, tuple[float, float]] = {}
    for key, quality in each.keys:
        for posting in index.postings[key]:
            match = quality * posting.quality
            known = best.get(posting.phrase)
            if known is None or match > known[0]:
                best[posting.phrase] = (match, posting.weight)
    return best


def _best_phrases(
    index: Index, fits: Mapping[int, _Fit], wholes: Sequence[float], tuned: Weights
) -> dict[int, tuple[float, int, float]]:
    """Return for each subject how well its best phrase fits (the harmonic mean of both ways of fitting), the number
    of the phrase, and what the whole question weighs beside it."""
    best: dict[int, tuple[float, int, float]] = {}
    beta = tuned.recall**2
    for number, fit in fits.items():
        phrase = index.phrases[number]
        whole = wholes[min(len(fit.told), len(wholes) - 1)]
        recall = fit.question / whole if whole else 0.0
        precision = min(1.0, fit.phrase / phrase.whole) if phrase.whole else 0.0
        both = beta * precision + recall
        value = (1 + beta) * precision * recall / both * phrase.said.value if both else 0.0
        if phrase.single and precision < 1.0:
            value *= tuned.general
        if phrase.subject not in best or value > best[phrase.subject][0]:
            best[phrase.subject] = (value, number, whole)
    return best
