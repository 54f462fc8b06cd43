"""Finding people by name: in any case and order, begun, without diacritics, with a typing error."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.find.stem import stem
from directory.find.text import Word, words_of
from directory.model import Person

LEAST = 0.6
"""The score below which a name is not meant: half of the words say something else."""
COMPLETE = 0.2
"""The share of the score that the completeness of the name makes."""
SAME, INFLECTED, BEGUN, MISTYPED = 1.0, 0.95, 0.9, 0.75
TITLES = frozenset(["pan", "pana", "panu", "panem", "pani", "pania", "panowie", "panstwo"])


@dataclass(frozen=True, slots=True)
class Named:
    """A person whose name is like the question, and which words of the name."""

    person: Person
    score: float
    marks: tuple[tuple[int, int], ...]


class People:
    """The names of a hall's people, word by word."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(people)
        self._parts = tuple(words_of(person.name) for person in self._people)
        having: dict[str, list[int]] = defaultdict(list)
        for number, parts in enumerate(self._parts):
            for part in dict.fromkeys(part.folded for part in parts):
                having[part].append(number)
        self._having: Mapping[str, list[int]] = having
        self._names: Sequence[str] = sorted(having)
        stems: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            stems[stem(name)].append(name)
        self._stems: Mapping[str, list[str]] = stems

    def find(self, words: Sequence[Word], limit: int) -> list[Named]:
        """Return the people whose names are meant, best first."""
        asked = [word for word in words if word.folded not in TITLES]
        if not asked or len(asked) > 6:
            return []
        shortest = 1 if len(asked) > 1 else 2
        like = [dict(self._like(word.folded, begun=shortest if word is asked[-1] else 3)) for word in asked]
        sums: dict[int, float] = defaultdict(float)
        for names in like:
            best: dict[int, float] = {}
            for name, quality in names.items():
                for number in self._having[name]:
                    best[number] = max(quality, best.get(number, 0.0))
            for number, quality in best.items():
                sums[number] += quality
        found = [
            (self._score(number, total / len(asked), like), number)
            for number, total in sums.items()
            if total / len(asked) >= LEAST
        ]
        found.sort(key=lambda each: (-each[0], self._people[each[1]].name, each[1]))
        return [
            Named(self._people[number], score, self._marks(number, like))
            for score, number in found[:limit]
            if score >= LEAST
        ]

    def _like(self, word: str, *, begun: int) -> Iterator[tuple[str, float]]:
        """Yield the names that a word means, typing errors only where there is nothing better.

        From so many letters (`begun`) a word may be the beginning of a name.
        """
        found = False
        if word in self._having:
            found = True
            yield word, SAME
        for name in self._stems.get(stem(word), ()):
            if name != word:
                found = True
                yield name, INFLECTED
        if len(word) >= begun:
            place = bisect_left(self._names, word)
            while place < len(self._names) and self._names[place].startswith(word):
                if self._names[place] != word:
                    found = True
                    yield self._names[place], BEGUN
                place += 1
        if not found and len(word) >= 5:
            for name, _, _ in extract(word, self._names, scorer=OSA.distance, score_cutoff=1, limit=3):
                yield name, MISTYPED

    def _score(self, number: int, matched: float, like: Sequence[Mapping[str, float]]) -> float:
        parts = self._parts[number]
        told = sum(any(part.folded in names for names in like) for part in parts)
        return matched * (1 - COMPLETE + COMPLETE * told / len(parts))

    def _marks(self, number: int, like: Sequence[Mapping[str, float]]) -> tuple[tuple[int, int], ...]:
        return tuple(
            (part.start, part.end)
            for part in self._parts[number]
            if any(part.folded in names for names in like)
        )
