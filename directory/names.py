"""Names: ids made of them, names that mean the same, how a voice says them, and which one a typo meant."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

LONGEST_ID = 60
_PLAIN = str.maketrans({"ł": "l", "Ł": "l", "ß": "ss", "đ": "d", "ø": "o"})
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")


@lru_cache(maxsize=16_384)
def slug(text: str) -> str:
    """Return the text as an id: small ASCII letters, digits and hyphens, every word of it."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def short_slug(text: str) -> str:
    """Return the slug of as many whole words as fit into an id."""
    whole = slug(text)
    if len(whole) <= LONGEST_ID:
        return whole
    return whole[: LONGEST_ID + 1].rpartition("-")[0] or whole[:LONGEST_ID]


def same_name(one: str, other: str) -> bool:
    """Tell whether two names differ only in capitals, diacritics, signs and spaces."""
    return slug(one) == slug(other)


def as_spoken(name: str) -> str:
    """Return a name as it is said: without remarks in parentheses, and dashes as pauses.

    Abbreviations and figures stay: the voice expands them when it speaks.
    """
    said = _PARENTHESIS.sub("", name).strip()
    return re.sub(r"\s+[-\u2013\u2014]\s+", ", ", said) or name


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Return the mend for a misspelt word: "write '...', if that is meant", or a few of the words that exist."""
    known = sorted(set(right))
    close = get_close_matches(wrong, known, n=1, cutoff=0.6)
    if close:
        return f"write {close[0]!r}, if that is meant"
    return (
        f"write one of: {', '.join(known[:8])}{', ...' if len(known) > 8 else ''}" if known else "none exists"
    )
