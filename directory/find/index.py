"""The index: every phrase by which a matter or a unit may be asked for, found by the words in it.

A phrase is a title, an alias, or one of the everyday phrases that the hall gave it. Each word of a phrase stands
in the index under its stem and under the concepts that the lexicon knows for it; rare words weigh more (the
logarithm of how few of the hall's matters and units have them).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import log

import numpy as np
import numpy.typing as npt

from directory.find.lexicon import Lexicon, Term
from directory.model import Hall, Matter, Unit, UnitId

FILLER = 0.1
"""What a word weighs that says nothing: only where all else is equal."""
PART = 0.5
"""What one word is worth of several that mean something together ("prawo" of "prawo jazdy")."""

MOST, ENOUGH = 0.6, 4
"""What this share of a subject's phrases speak of is its core, if there are so many phrases."""


class Said(Enum):
    """Where a phrase comes from, and what it is worth."""

    WORDS = 1.0
    TITLE = 0.95
    UNIT = 0.35
    """The name of the unit of a matter: it helps to choose, and does not answer alone."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of one subject (a number into the index's subjects)."""

    subject: int
    said: Said
    text: str
    terms: tuple[Term, ...]
    weights: tuple[float, ...]
    whole: float
    """The sum of the weights."""
    single: bool
    """Whether one word alone says all of it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a key stands: the phrases' numbers, the word's weight in each, and how much of the word the key is."""

    phrase: npt.NDArray[np.intp]
    weight: npt.NDArray[np.float64]
    quality: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Index:
    """All phrases of a hall, and where each word stands."""

    subjects: tuple[Matter | Unit, ...]
    phrases: tuple[Phrase, ...]
    """The phrases of one subject stand together, in the order of the subjects."""
    starts: npt.NDArray[np.intp]
    """For each subject the number of its first phrase."""
    wholes: npt.NDArray[np.float64]
    """For each phrase what it weighs."""
    worths: npt.NDArray[np.float64]
    """For each phrase what it is worth, by where it comes from."""
    singles: npt.NDArray[np.bool_]
    """For each phrase whether one word says all of it."""
    postings: Mapping[str, Posted]
    rarity: Mapping[str, float]
    """How rare each key is among the subjects."""
    core: tuple[Mapping[str, float], ...]
    """For each subject the keys that most of its everyday phrases have, and in what share of them."""
    stems: tuple[str, ...]
    """Every stem, in order, for prefixes and typing errors."""
    words: tuple[str, ...]
    """Every word as it stands folded, in order: what is being typed is the beginning of one."""

    def slice_of(self, subject: int) -> slice:
        """Return where the subject's phrases stand."""
        last = subject + 1 == len(self.starts)
        return slice(self.starts[subject], len(self.phrases) if last else self.starts[subject + 1])


def keys_of(term: Term) -> Iterator[tuple[str, float]]:
    """Yield what a term is found by, with how much of the term that is."""
    yield term.stem, 1.0
    for concept in term.concepts:
        yield concept, 1.0
    for part in term.parts:
        yield part, PART


def weight_of(term: Term, rarity: Mapping[str, float], unknown: float) -> float:
    """Return what a word weighs: by its concept if it has one, else by its stem."""
    if term.filler:
        return FILLER
    known = [rarity[concept] for concept in term.concepts if concept in rarity]
    return max(known) if known else rarity.get(term.stem, unknown)


def built(hall: Hall, lexicon: Lexicon) -> Index:
    """Index the hall's matters and units."""
    leading = _leading_on(hall)
    everything: tuple[Matter | Unit, ...] = (
        *hall.matters.values(),
        *(unit for unit in hall.units.values() if unit.id in leading),
    )
    read = [
        (subject, [(said, text, lexicon.read(text, begun=False)) for said, text in _phrases(hall, subject)])
        for subject in everything
    ]
    told = [(subject, [each for each in phrases if each[2]]) for subject, phrases in read]
    told = [(subject, phrases) for subject, phrases in told if phrases]
    spoken = [(number, *each) for number, (_, phrases) in enumerate(told) for each in phrases]
    rarity = _rarity(spoken, len(told))
    phrases = tuple(_phrase(*each, rarity) for each in spoken)
    firsts = {phrase.subject: number for number, phrase in reversed(tuple(enumerate(phrases)))}
    postings = _postings(phrases)
    return Index(
        subjects=tuple(subject for subject, _ in told),
        phrases=phrases,
        starts=np.array([firsts[number] for number in range(len(told))], np.intp),
        wholes=np.array([phrase.whole for phrase in phrases]),
        worths=np.array([phrase.said.value for phrase in phrases]),
        singles=np.array([phrase.single for phrase in phrases], np.bool_),
        postings=postings,
        rarity=rarity,
        core=_cores(phrases, len(told)),
        stems=tuple(sorted(key for key in postings if key[0] != "@" and " " not in key)),
        words=tuple(sorted({term.folded for each in phrases for term in each.terms if not term.parts})),
    )


def _postings(phrases: Sequence[Phrase]) -> dict[str, Posted]:
    """Return where each key stands; of several places in one phrase the best."""
    places: dict[str, dict[int, tuple[float, float]]] = defaultdict(dict)
    for number, phrase in enumerate(phrases):
        for term, weight in zip(phrase.terms, phrase.weights, strict=True):
            for key, quality in keys_of(term):
                known = places[key].get(number)
                if known is None or quality > known[1]:
                    places[key][number] = (weight, quality)
    return {
        key: Posted(
            np.fromiter(found, np.intp, len(found)),
            np.array([weight for weight, _ in found.values()]),
            np.array([quality for _, quality in found.values()]),
        )
        for key, found in places.items()
    }


def _leading_on(hall: Hall) -> frozenset[UnitId]:
    """Return the units where anybody can be reached or anything be settled: to find another is no help."""
    reached = {unit.id for unit in hall.units.values() if unit.numbers or unit.line}
    settling = {matter.unit for matter in hall.matters.values() if matter.unit}
    return frozenset(reached | settling | set(hall.staff.by_unit))


def _phrases(hall: Hall, subject: Matter | Unit) -> Iterator[tuple[Said, str]]:
    """Yield the phrases of a subject."""
    for text in subject.words:
        yield Said.WORDS, text
    if isinstance(subject, Unit):
        for name in (subject.name, *subject.aliases):
            yield Said.TITLE, name
        return
    for name in (subject.title, *subject.aliases):
        yield Said.TITLE, name
    if subject.unit and subject.unit in hall.units:
        yield Said.UNIT, hall.units[subject.unit].name


def _rarity(spoken: Sequence[tuple[int, Said, str, tuple[Term, ...]]], subjects: int) -> dict[str, float]:
    having: dict[str, set[int]] = defaultdict(set)
    for number, said, _, terms in spoken:
        if said is not Said.UNIT:
            for term in terms:
                for key, _ in keys_of(term):
                    having[key].add(number)
    return {key: log((subjects + 1) / (len(found) + 0.5)) for key, found in having.items()}


def _cores(phrases: Sequence[Phrase], subjects: int) -> tuple[Mapping[str, float], ...]:
    """Return what nearly all phrases of each subject speak of."""
    having: list[Counter[str]] = [Counter() for _ in range(subjects)]
    told: Counter[int] = Counter()
    for phrase in phrases:
        if phrase.said is Said.WORDS:
            told[phrase.subject] += 1
            terms = [term for term in phrase.terms if not term.filler]
            having[phrase.subject].update({key for term in terms for key in (term.concepts or (term.stem,))})
    return tuple(
        {key: count / told[subject] for key, count in found.items() if count >= MOST * told[subject]}
        if told[subject] >= ENOUGH
        else {}
        for subject, found in enumerate(having)
    )


def _phrase(
    subject: int, said: Said, text: str, terms: tuple[Term, ...], rarity: Mapping[str, float]
) -> Phrase:
    weights = tuple(weight_of(term, rarity, unknown=1.0) for term in terms)
    single = sum(not term.filler for term in terms) == 1
    return Phrase(subject, said, text, terms, weights, sum(weights), single)
