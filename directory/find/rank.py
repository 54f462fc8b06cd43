"""Ranking: how well a question fits each matter and unit, and how much of it speaks of something else.

The score of a subject is made of two shares, both between 0 and 1: how much of the question its words cover
together, and how well its best single phrase and the question fit each other, both ways. What the question says
of things that no hall does, and that the subject has no word for, is taken off.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.find.index import Index, Phrase, Said, keys_of, weight_of
from directory.find.lexicon import Term
from directory.find.stem import stem


@dataclass(frozen=True, slots=True)
class Weights:
    """What the ranking is tuned by; the figures were chosen on the tune half of our phrases alone (ADR 0025)."""

    concept: float = 0.85
    """A word of the same concept instead of the same word."""
    begun: float = 0.8
    """A word that is only begun."""
    typo: float = 0.75
    """A word with a typing error."""
    unknown: float = 2.5
    """The weight of a word that nothing in the hall has."""
    elsewhere: float = 4.0
    """The weight of a word that speaks of something no hall does."""
    phrase: float = 0.6
    """The share of the best phrase in the score; the rest is what the subject covers."""
    recall: float = 2.0
    """How many times more it matters that the phrase covers the question than the other way round."""
    against: float = 0.6
    """How much a question that speaks of something else loses."""
    unit: float = 0.95
    """What a unit is worth beside a matter that fits as well."""


TUNED = Weights()


@dataclass(frozen=True, slots=True)
class Asked:
    """One term of the question: its weight, and by which keys it is found, with how good a match that is."""

    term: Term
    weight: float
    keys: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject (its number) with its score, and the phrase that fits best."""

    subject: int
    score: float
    phrase: Phrase


def asked(index: Index, terms: Sequence[Term], tuned: Weights = TUNED) -> tuple[Asked, ...]:
    """Return what is looked for: the question's terms with weights and keys. The last word may be only begun."""
    return tuple(
        _asked(index, term, tuned, last=number == len(terms) - 1) for number, term in enumerate(terms)
    )


def _asked(index: Index, term: Term, tuned: Weights, *, last: bool) -> Asked:
    keys = {
        key: quality * (tuned.concept if key[0] == "@" else 1.0)
        for key, quality in keys_of(term)
        if key in index.postings
    }
    if not keys and not term.filler and not term.parts:
        keys = dict(_begun(index, term, tuned) if last else ()) or (
            {} if term.elsewhere else dict(_mistyped(index, term, tuned))
        )
        if keys:
            nearest = max(keys, key=lambda key: keys[key])
            return Asked(term, index.rarity.get(nearest, tuned.unknown), tuple(keys.items()))
    if term.elsewhere:
        return Asked(term, tuned.elsewhere, tuple(keys.items()))
    return Asked(term, weight_of(term, index.rarity, tuned.unknown), tuple(keys.items()))


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
    if len(term.stem) < 4 or not term.stem.isalpha():
        return
    most = 1 if len(term.stem) < 9 else 2
    found = extract(term.stem, index.stems, scorer=OSA.distance, score_cutoff=most, limit=5)
    for known, distance, _ in found:
        if known[:1] == term.stem[:1] and len(known) > 3:
            yield known, tuned.typo - 0.1 * (distance - 1)


def ranked(index: Index, question: Sequence[Asked], tuned: Weights = TUNED) -> list[Ranked]:
    """Return every subject that shares a word with the question, best first."""
    whole = sum(each.weight for each in question)
    if not whole:
        return []
    covers: dict[int, float] = defaultdict(float)
    fits: dict[int, float] = defaultdict(float)
    shares: dict[int, float] = defaultdict(float)
    against: dict[int, float] = defaultdict(float)
    foreign = sum(each.weight for each in question if each.term.elsewhere)
    for each in question:
        best = _matched(index, each)
        reached: dict[int, float] = {}
        for number, (quality, weight) in best.items():
            phrase = index.phrases[number]
            fits[number] += each.weight * quality
            shares[number] += weight * quality
            worth = quality * phrase.said.value
            if worth > reached.get(phrase.subject, 0.0):
                reached[phrase.subject] = worth
        for subject, worth in reached.items():
            covers[subject] += each.weight * worth
            if each.term.elsewhere:
                against[subject] += each.weight * worth
    phrases = _best_phrases(index, fits, shares, whole, tuned)
    found = []
    for subject, covered in covers.items():
        fit, phrase = phrases[subject]
        score = (1 - tuned.phrase) * covered / whole + tuned.phrase * fit
        score -= tuned.against * (foreign - against[subject]) / whole
        if not _is_matter(index, subject):
            score *= tuned.unit
        found.append(Ranked(subject, score, phrase))
    return sorted(found, key=lambda each: (-each.score, each.subject))


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
    index: Index, fits: Mapping[int, float], shares: Mapping[int, float], whole: float, tuned: Weights
) -> dict[int, tuple[float, Phrase]]:
    """Return for each subject its phrase that fits best: the weighted harmonic mean of both ways of fitting."""
    best: dict[int, tuple[float, Phrase]] = {}
    beta = tuned.recall**2
    for number, fit in fits.items():
        phrase = index.phrases[number]
        recall = fit / whole
        precision = min(1.0, shares[number] / phrase.whole) if phrase.whole else 0.0
        both = beta * precision + recall
        value = (1 + beta) * precision * recall / both * phrase.said.value if both else 0.0
        if phrase.said is Said.UNIT and phrase.subject in best:
            continue
        if phrase.subject not in best or value > best[phrase.subject][0]:
            best[phrase.subject] = (value, phrase)
    return best
