"""Finding by words as somebody types: every keystroke of realistic questions in the big hall, one by one.

Questions are made of the hall's own everyday phrases with what citizens put around and into them: a beginning, a
typing error, no diacritics; and of names, symbols, numbers, and words that no hall knows.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.directory.town import town
from directory.find import Finder
from directory.find.text import fold
from directory.model import Hall

QUESTIONS = 150
P99_TARGET = 15.0
"""Milliseconds."""
BEFORE = ("dzień dobry, ", "chciałbym ", "gdzie mogę ", "", "", "", "moja babcia i ", "w sprawie ")
AFTER = ("", "", " pilne", " jakie dokumenty", " w Piotrkowie", " po śmierci ojca", " do kiedy")
UNKNOWN = (
    "bilety do kina",
    "pizza na telefon",
    "zażółcony szczeciński",
    "rozkład jazdy pociągów",
    "abrakadabra",
)


@dataclass(frozen=True, slots=True)
class Found:
    """How long finding took, in milliseconds, and how long the index took to build, in seconds."""

    keystrokes: int
    p50: float
    p99: float
    longest: float
    built: float


def questions(hall: Hall, count: int, chance: random.Random) -> Iterator[str]:
    """Yield what is asked."""
    phrases = [words for matter in hall.matters.values() for words in matter.words]
    people = list(hall.people.values())
    phones = [person.extension.digits for person in people if person.extension]
    for number in range(count):
        kind = number % 10
        if kind < 6:
            said = chance.choice(BEFORE) + chance.choice(phrases) + chance.choice(AFTER)
            said = fold(said) if chance.random() < 0.5 else said
            yield _mistyped(said, chance) if chance.random() < 0.3 else said
        elif kind < 8:
            yield chance.choice(("", "pani ", "do ")) + chance.choice(people).name
        elif kind == 8:
            yield chance.choice(phones)
        else:
            yield chance.choice(UNKNOWN)


def _mistyped(said: str, chance: random.Random) -> str:
    """Two letters change places."""
    place = chance.randrange(max(1, len(said) - 1))
    return said[:place] + said[place + 1 : place + 2] + said[place : place + 1] + said[place + 2 :]


def measure(hall: Hall | None = None, count: int = QUESTIONS) -> Found:
    """Type every question letter by letter and time each answer."""
    hall = hall or town()
    begun = time.perf_counter()
    finder = Finder(hall)
    built = time.perf_counter() - begun
    times: list[float] = []
    for question in questions(hall, count, random.Random(11)):
        for end in range(1, len(question) + 1):
            begun = time.perf_counter()
            finder.ask(question[:end])
            times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    return Found(len(times), times[len(times) // 2], times[int(len(times) * 0.99)], times[-1], built)


def rows(found: Found) -> Sequence[tuple[str, str]]:
    """Return the targets and what was reached, for the table of the directory's benchmark."""
    return (
        (
            f"find by words, as you type, 5,000 people x 500 matters: p99 <= {P99_TARGET:g} ms",
            f"{found.p99:.1f} ms (p50 {found.p50:.1f} ms, longest {found.longest:.1f} ms, "
            f"{found.keystrokes} keystrokes; index built in {found.built:.2f} s)",
        ),
    )


if __name__ == "__main__":
    for target, reached in rows(measure()):
        print(f"{target}: {reached}")
