"""Names and notices as people write them, turned into words that a voice can say: `expand`.

What no rule covers is left as it is: the voice makes of it what it can, and the hall may record the prompt.
"""

import re
from functools import lru_cache

from callflows.spoken.pl.abbreviations import (
    AFTER_PLACE,
    BARE,
    DOTTED,
    KINGS,
    PHRASES,
    PLACE_PREPOSITIONS,
    SAID,
    SIGNS,
    THINGS,
)
from callflows.spoken.pl.digits import spelled
from callflows.spoken.pl.figures import figures
from callflows.spoken.pl.numbers import Ending, cardinal, ordinal

_ROMAN = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}

_CAPITAL = "A-ZĄĆĘŁŃÓŚŹŻ"
_PHRASE = re.compile("|".join(rf"(?<!\w){re.escape(phrase)}" for phrase in PHRASES), re.IGNORECASE)
_DOTTED = re.compile(r"(?:\b(\w+)(\s+))?(?<![\w.])(\w{1,4}\.)(?=[\s\d,;)]|$)")
_BARE = re.compile("|".join(rf"(?<!\w){re.escape(short)}(?!\w)" for short in BARE))
_FLOOR = re.compile(r"\b([IVX]+|\d{1,2})\s*p\.(?!\w)")
_ROOM = re.compile(r"\bp\.\s*(?=\d)")
_PERSON = re.compile(rf"\bp\.\s*(?=([{_CAPITAL}]\w+))")
_INITIAL = re.compile(rf"\b([{_CAPITAL}])\.(?=\s*[{_CAPITAL}])")
_SYMBOL = re.compile(rf"\b([{_CAPITAL}]{{3}})\s+([IVXL]+)(?!\w)")
_NUMERAL = re.compile(r"(?:(?<=\b)(\w+)\s+)?\b([IVXL]+)(?!\w)\.?(?=(?:\s+(\w+))?)")
_TOKEN = re.compile(r"\w+(?:-[a-ząćęłńóśźż]{1,3}\b)?")
_VOWELS = frozenset("AĄEĘIOÓUY")


@lru_cache(maxsize=4096)  # the entries of a menu, again for every caller
def expand(text: str) -> str:
    """Turn abbreviations, figures, Roman numerals and names of capitals into words.

    "ul. Szkolna 28" gives "ulica Szkolna dwadzieścia osiem"; "rejestru PESEL" gives "rejestru pesel".
    """
    text = _PHRASE.sub(lambda found: PHRASES[found.group().lower()], text)
    text = _FLOOR.sub(_floor, text)
    text = _ROOM.sub("pokój ", text)
    text = _PERSON.sub(lambda found: "pani " if found.group(1).endswith("a") else "pan ", text)
    text = _INITIAL.sub(lambda found: spelled(found.group(1)), text)
    text = figures(text)
    text = _DOTTED.sub(_dotted, text)
    text = _BARE.sub(lambda found: BARE[found.group()], text)
    text = _SYMBOL.sub(_symbol, text)
    text = _NUMERAL.sub(_numeral, text)
    say = _shouted if text == text.upper() and " " in text.strip() else _capitals
    text = _TOKEN.sub(lambda found: say(found.group()), text)
    for sign, words in SIGNS.items():
        text = text.replace(sign, words)
    return _tidy(text)


def roman(numeral: str) -> int | None:
    """The value of a well-formed Roman numeral up to LXXXIX; None for anything else."""
    if not numeral or not _ROMAN.fullmatch(numeral):
        return None
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _floor(found: re.Match[str]) -> str:
    written = found.group(1)
    number = int(written) if written.isdigit() else roman(written)
    return found.group() if number is None else f"{ordinal(number, Ending.IT)} piętro"


def _dotted(found: re.Match[str]) -> str:
    """An abbreviation with a full stop; streets and rooms change their ending after "przy", "w", "do"."""
    before, space, short = found.group(1) or "", found.group(2) or "", found.group(3)
    known = short.lower()
    if known not in DOTTED:
        return found.group()
    after_place = before.lower() in PLACE_PREPOSITIONS and known in AFTER_PLACE
    words = AFTER_PLACE[known] if after_place else DOTTED[known]
    if short[0].isupper() and not short.isupper():
        words = words.capitalize()
    ends_sentence = found.end() == len(found.string)
    follows = found.string[found.end() : found.end() + 1]
    return f"{before}{space}{words}{' ' if follows.isalnum() else ''}{'.' if ends_sentence else ''}"


def _symbol(found: re.Match[str]) -> str:
    """A matter's symbol: "USC III" gives "u es ce trzy"."""
    number = roman(found.group(2))
    if number is None or found.group(1) in SAID:
        return found.group()
    return f"{spelled(found.group(1))} {cardinal(number)}"


def _numeral(found: re.Match[str]) -> str:
    """A Roman numeral by its neighbours; a lone "I" with none of them is the word "i"."""
    before, numeral, after = found.group(1), found.group(2), found.group(3)
    number = roman(numeral)
    if number is None:
        return found.group()
    lead = f"{before} " if before else ""
    if after and after.lower() in THINGS:
        return f"{lead}{ordinal(number, Ending(THINGS[after.lower()]))}"
    if before and before.lower() in KINGS:
        return f"{lead}{ordinal(number, Ending.OF_HIM)}"
    return found.group() if len(numeral) == 1 else f"{lead}{cardinal(number)}"


def _capitals(token: str) -> str:
    """A name of capitals, as a word if it is read so ("peselu"), else by letters ("u es ce")."""
    name, _, ending = token.partition("-")
    if name.upper() in SAID and any(letter.isupper() for letter in name[1:]):
        return SAID[name.upper()] + ending
    if sum(letter.isupper() for letter in name) < 2 or any(letter.isdigit() for letter in name):
        return token
    if len(name) > 5:
        return token.lower() if name.isupper() else token
    return spelled(name)


def _shouted(token: str) -> str:
    """A word of a text written all in capitals: small letters, unless it is a known name or has no vowel."""
    if token in SAID or (len(token) > 1 and not _VOWELS & set(token)):
        return _capitals(token)
    return token.lower()


def _tidy(text: str) -> str:
    """Signs between words become pauses or words: brackets, dashes, slashes, quotation marks."""
    text = re.sub(r"\s*[()\[\]]\s*", ", ", text)
    text = re.sub(r"\s+[-–—]\s+|\s*[–—]\s*", ", ", text)
    text = re.sub(r"\s*/\s*", " lub ", text)
    text = re.sub(r"[\"„”“«»*_]", "", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r",\s*([.;:!?])", r"\1", text)
    return text.strip().strip(",").strip()
