"""Text as it is compared: words in small letters without diacritics, and where each stood."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 400
"""Characters of a question that are read: nobody tells a longer story to a search box."""

_PLAIN = str.maketrans({"ł": "l", "Ł": "l", "ß": "ss", "đ": "d", "ø": "o"})
_WORD = re.compile(r"\d+\+?|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, and its place in the text as it was written."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the text in small letters without diacritics: "Żółć" is "zolc"."""
    plain = text.lower().translate(_PLAIN)
    if plain.isascii():
        return plain
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter)
    )


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; figures are words of their own ("18lat" is two)."""
    return tuple(_words(text[:LONGEST]))


def _words(text: str) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        if folded := fold(found[0]):
            yield Word(folded, found.start(), found.end())
