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
class Posting:
    """A word of a phrase: the phrase's number, the word's weight in it, and how much of the word the key is."""

    phrase: int
    weight: float
    quality: float


@dataclass(frozen=True, slots=True)
class Index:
    """All phrases of a hall, and where each word stands."""

    subjects: tuple[Matter | Unit, ...]
    phrases: tuple[Phrase, ...]
    postings: Mapping[str, tuple[Posting, ...]]
    rarity: Mapping[str, float]
    """How rare each key is among the subjects."""
    core: tuple[Mapping[str, float], ...]
    """For each subject the keys that most of its everyday phrases have, and in what share of them."""
    stems: tuple[str, ...]
    """Every stem, in order, for prefixes and typing errors."""
    words: tuple[str, ...]
    """Every word as it stands folded, in order: what is being typed is the beginning of one."""


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
    subjects: tuple[Matter | Unit, ...] = (
        *hall.matters.values(),
        *(unit for unit in hall.units.values() if unit.id in leading),
    )
    spoken = [
        (number, said, text, lexicon.read(text, begun=False))
        for number, subject in enumerate(subjects)
        for said, text in _phrases(hall, subject)
    ]
    rarity = _rarity(spoken, len(subjects))
    phrases = tuple(_phrase(*each, rarity) for each in spoken if each[3])
    postings: dict[str, list[Posting]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for term, weight in zip(phrase.terms, phrase.weights, strict=True):
            for key, quality in keys_of(term):
                postings[key].append(Posting(number, weight, quality))
    stems = {key for key in postings if key[0] != "@" and " " not in key}
    words = {term.folded for phrase in phrases for term in phrase.terms if not term.parts}
    return Index(
        subjects,
        phrases,
        {key: tuple(found) for key, found in postings.items()},
        rarity,
        _cores(phrases, len(subjects)),
        tuple(sorted(stems)),
        tuple(sorted(words)),
    )


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
