"""What words mean the same, which say nothing, and which speak of something that no hall does.

Three tables for all halls, in `directory/data/polish/`, written without diacritics. A `*` at the end of a word
stands for any ending, an underscore for the space between words that only mean it together. What one hall's
citizens say of one matter stands with the hall (`words.csv`), not here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.find.stem import stem
from directory.find.text import Word, words_of
from directory.tables import read_table, read_text

_BENT = (("scie", "st"), ("dzie", "d"), ("cie", "t"), ("dze", "g"), ("rze", "r"), ("ce", "k"), ("sze", "ch"))
"""What the locative and dative do to the end of a stem, the longer first."""

POLISH = Path(__file__).parent.parent / "data" / "polish"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a text says: a word, or several that mean something together."""

    folded: str
    start: int
    end: int
    stem: str
    parts: tuple[str, ...] = ()
    """The stems of several words; none for one word."""
    concepts: tuple[str, ...] = ()
    elsewhere: str = ""
    """Who does this, if no hall does."""
    filler: bool = False


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the tables say of a word."""

    concepts: tuple[str, ...] = ()
    elsewhere: str = ""
    filler: bool = False


class Lexicon:
    """The three tables, ready to read a text with."""

    def __init__(
        self, concepts: Iterable[tuple[str, str]], elsewhere: Iterable[tuple[str, str]], filler: Iterable[str]
    ) -> None:
        """Take rows of (concept, words) and (body, words), and the words that say nothing."""
        self._exact: dict[str, list[str]] = {}
        self._begins: dict[str, list[str]] = {}
        self._several: dict[tuple[str, ...], list[str]] = {}
        self._after: dict[str, list[str]] = {}
        for concept, words in concepts:
            self._add(words.split(), f"@{concept}")
        for body, words in elsewhere:
            self._add(words.split(), f">{body}")
        self._add(filler, "~")
        self._longest = max(map(len, self._several), default=1)
        self._known: dict[str, _Meaning] = {}

    def read(self, text: str, *, begun: bool) -> tuple[Term, ...]:
        """Return what a text says, in order; words that mean something together are one term.

        The last word of a text that somebody is typing may be only begun: "prawo ja" is "prawo jazdy".
        """
        words = words_of(text)
        stems = [stem(word.folded) for word in words]
        if begun and len(words) > 1:
            stems[-1] = self._completed(stems[-2], words[-1].folded) or stems[-1]
        terms: list[Term] = []
        place = 0
        while place < len(words):
            size, meaning = self._together(stems, place)
            parts = words[place : place + size]
            terms.append(
                _term(parts, tuple(stems[place : place + size]), meaning or self._of(parts[0].folded))
            )
            place += size
        return tuple(terms)

    def _add(self, words: Iterable[str], means: str) -> None:
        for word in words:
            if "_" in word.strip("_"):
                parts = [part.rstrip("*") for part in word.split("_") if part]
                self._several.setdefault(tuple(map(stem, parts)), []).append(means)
                if len(parts) == 2:
                    self._after.setdefault(stem(parts[0]), []).append(parts[1])
            elif word.endswith("*"):
                self._begins.setdefault(word[:-1], []).append(means)
            else:
                self._exact.setdefault(word.strip("_"), []).append(means)

    def _together(self, stems: Sequence[str], place: int) -> tuple[int, _Meaning | None]:
        for size in range(min(self._longest, len(stems) - place), 1, -1):
            if means := self._several.get(tuple(stems[place : place + size])):
                return size, _meaning(means)
        return 1, None

    def _completed(self, before: str, typed: str) -> str:
        """Return the stem that a begun word has after the word before it; nothing if none goes on so."""
        means = self._of(typed)
        if means.concepts or means.elsewhere:
            return ""
        return next((stem(word) for word in self._after.get(before, ()) if word.startswith(typed)), "")

    def _of(self, folded: str) -> _Meaning:
        if folded not in self._known:
            self._known[folded] = _meaning(self._means(folded) or self._means(_unbent(folded)))
        return self._known[folded]

    def _means(self, folded: str) -> list[str]:
        means = [*self._exact.get(folded, ())]
        for size in range(2, len(folded) + 1):
            means += self._begins.get(folded[:size], ())
        return means


def _unbent(folded: str) -> str:
    """Return the word with the end of its stem as in the nominative: "bankomacie" begins like "bankomat"."""
    for bent, straight in _BENT:
        if folded.endswith(bent) and len(folded) > len(bent) + 2:
            return folded[: -len(bent)] + straight
    return ""


def _term(parts: Sequence[Word], stems: tuple[str, ...], meaning: _Meaning) -> Term:
    return Term(
        folded=" ".join(part.folded for part in parts),
        start=parts[0].start,
        end=parts[-1].end,
        stem=" ".join(stems),
        parts=stems if len(stems) > 1 else (),
        concepts=meaning.concepts,
        elsewhere=meaning.elsewhere,
        filler=not meaning.concepts and (meaning.filler or (len(parts) == 1 and len(parts[0].folded) == 1)),
    )


def _meaning(means: Iterable[str]) -> _Meaning:
    told = list(dict.fromkeys(means))
    return _Meaning(
        concepts=tuple(one for one in told if one[0] == "@"),
        elsewhere=next((one[1:] for one in told if one[0] == ">"), ""),
        filler="~" in told,
    )


@cache
def polish() -> Lexicon:
    """Return the lexicon that ships. Raises DirectoryError if its files are broken."""
    concepts = read_table(POLISH / "concepts.csv", ("concept", "words"))
    elsewhere = read_table(POLISH / "elsewhere.csv", ("body", "words"))
    lines = read_text(POLISH / "filler.txt").splitlines()
    return Lexicon(
        [(row["concept"], row["words"]) for row in concepts],
        [(row["body"], row["words"]) for row in elsewhere],
        [word for line in lines if not line.startswith("#") for word in line.split()],
    )
