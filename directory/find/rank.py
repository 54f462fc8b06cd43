"""Ranking: how well a question fits each matter and unit, and how much of it speaks of something else.

The score of a subject is made of two shares, both between 0 and 1: how much of the question its words cover
together, and how well its best single phrase and the question fit each other, both ways. What the question says
of things that no hall does, and that the phrase does not explain, is taken off. All phrases are reckoned at
once, in arrays: a city has ten thousand of them, and somebody is typing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from directory.find.index import Index, Phrase
from directory.find.question import Asked
from directory.find.weights import TUNED, Weights
from directory.model import Unit

Floats = npt.NDArray[np.float64]

LOOKED_AT = 40
"""Subjects of which every word is looked at, after the reckoning has put the best first."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject (its number) with its score, and the phrase that fits best."""

    subject: int
    score: float
    phrase: Phrase


def ranked(index: Index, question: Sequence[Asked], tuned: Weights = TUNED) -> list[Ranked]:
    """Return the subjects that share a word with the question, best first."""
    matches = [_matched(index, each) for each in question]
    told = np.zeros(len(index.phrases), np.intp)
    for each, (quality, _) in zip(question, matches, strict=True):
        if not each.term.filler:
            told += quality > 0
    if not told.any():
        return []
    wholes = _wholes(question, tuned)[np.minimum(told, len(tuned.unknown) - 1)]
    fits = _fits(index, question, matches, wholes, tuned)
    covers = _covers(index, question, matches)
    best = np.maximum.reduceat(fits, index.starts)
    found = []
    for subject in map(int, np.argsort(-best, kind="stable")[:LOOKED_AT]):
        if best[subject] <= 0.0:
            break
        number = int(np.argmax(fits[index.slice_of(subject)])) + int(index.starts[subject])
        has = [each for each, match in zip(question, matches, strict=True) if match[0][number] > 0]
        share = float(covers[subject] / wholes[number])
        found.append(
            _judged(index, question, number, has, share, float(fits[number]), float(wholes[number]), tuned)
        )
    return sorted(found, key=lambda each: (-each.score, each.subject))


def _judged(
    index: Index,
    question: Sequence[Asked],
    number: int,
    has: Sequence[Asked],
    share: float,
    fit: float,
    whole: float,
    tuned: Weights,
) -> Ranked:
    """Add both shares up, and take off what speaks against a subject whose best phrase has these terms."""
    phrase = index.phrases[number]
    score = (1 - tuned.phrase) * share + tuned.phrase * fit
    score *= 1 - tuned.core * (1 - fit) * _missing(index.core[phrase.subject], question)
    told = [each for each in has if not each.term.filler]
    foreign = sum(
        each.weight for each in question if each.term.elsewhere and not _explains(phrase, told, each)
    )
    score -= tuned.against[min(len(told), len(tuned.against) - 1)] * foreign / whole
    if isinstance(index.subjects[phrase.subject], Unit):
        score *= tuned.unit
    return Ranked(phrase.subject, score, phrase)


def _explains(phrase: Phrase, told: Sequence[Asked], foreign: Asked) -> bool:
    """Tell whether a phrase has a word that elsewhere means something else, and not such words alone of several."""
    return foreign in told and (phrase.single or any(not each.term.elsewhere for each in told))


def _missing(core: Mapping[str, float], question: Sequence[Asked]) -> float:
    """Return the share of a subject's core that the question does not speak of."""
    if not core:
        return 0.0
    keys = {key for each in question for key, _ in each.keys}
    return sum(share for key, share in core.items() if key not in keys) / sum(core.values())


def _wholes(question: Sequence[Asked], tuned: Weights) -> Floats:
    """Return what the whole question weighs, by how many of its words a phrase has."""
    known = sum(each.weight for each in question)
    unknown = sum(each.unknown for each in question)
    return np.array([max(known + unknown * weight, 1e-9) for weight in tuned.unknown])


def _matched(index: Index, each: Asked) -> tuple[Floats, Floats]:
    """Return for every phrase how well it has this term, and what the word weighs there."""
    quality, weight = np.zeros(len(index.phrases)), np.zeros(len(index.phrases))
    for key, good in each.keys:
        posted = index.postings[key]
        match = good * posted.quality
        better = match > quality[posted.phrase]
        places = posted.phrase[better]
        quality[places] = match[better]
        weight[places] = posted.weight[better]
    return quality, weight


def _fits(
    index: Index,
    question: Sequence[Asked],
    matches: Sequence[tuple[Floats, Floats]],
    wholes: Floats,
    tuned: Weights,
) -> Floats:
    """Return how well each phrase and the question fit each other: the harmonic mean of both ways of fitting."""
    ours = np.zeros(len(index.phrases))
    theirs = np.zeros(len(index.phrases))
    for each, (quality, weight) in zip(question, matches, strict=True):
        ours += each.weight * quality
        theirs += weight * quality
    recall = ours / wholes
    precision = np.minimum(1.0, theirs / index.wholes)
    beta = tuned.recall**2
    both = np.maximum(beta * precision + recall, 1e-9)
    fits: Floats = (1 + beta) * precision * recall / both * index.worths
    fits[index.singles & (precision < 1.0)] *= tuned.general
    return fits


def _covers(index: Index, question: Sequence[Asked], matches: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Return how much of the question each subject has, in whichever of its phrases."""
    covers = np.zeros(len(index.starts))
    for each, (quality, _) in zip(question, matches, strict=True):
        covers += each.weight * np.maximum.reduceat(quality * index.worths, index.starts)
    return covers
