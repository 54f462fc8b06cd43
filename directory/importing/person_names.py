"""A cell with somebody's name: titles and posts beside it, capitals, which word is the surname, two people in one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directory.importing.declension import is_given
from directory.importing.meanings import Meaning

TITLES = frozenset(
    {
        "mgr",
        "inż",
        "inz",
        "mgr.inż",
        "dr",
        "dr.inż",
        "hab",
        "prof",
        "lic",
        "arch",
        "lek",
        "wet",
        "tech",
        "p",
        "pan",
        "pani",
    }
    | {"ks", "płk", "mjr", "kpt", "por", "st", "mł", "asp", "insp", "adw", "radca", "r.pr", "p.o", "po"}
)
"""What stands before a name and is none of it."""
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_POST = re.compile(r"\s+[-\u2013\u2014]\s+|,\s+")
_TWO = re.compile(r"\s*[/;\n]\s*|\s+(?:i|oraz)\s+")
_INITIAL = re.compile(r"[^\W\d_]\.")
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name, sorted: given names and surname in ordinary letters. `doubt` says what is not sure."""

    given: str
    surname: str
    position: str = ""
    """A post that stood in the same cell."""
    remark: str = ""
    """What stood in parentheses; it is not kept."""
    doubt: str = ""

    @property
    def whole(self) -> str:
        """The name as people say it."""
        return " ".join(part for part in (self.given, self.surname) if part)


def is_like_a_person(text: str) -> bool:
    """Tell whether a text is two to four words, one of them a given name."""
    words = [_ordinary(word) for word in _bare(text).split()]
    return 2 <= len(words) <= 4 and any(map(is_given, words)) and not re.search(r"[0-9]", text)


def people_in(cell: str) -> list[str]:
    """Return the names of a cell that holds several people's; else the cell alone."""
    parts = [part for part in _TWO.split(cell) if part]
    if len(parts) == 1:
        parts = [part for part in re.split(r",\s+", cell) if part]
    return parts if len(parts) > 1 and all(map(is_like_a_person, parts)) else [cell]


def person_name(cell: str, order: Meaning) -> PersonName:
    """Read a name from a cell whose heading gives the order: NAME, SURNAME_FIRST or ANYBODY (it does not)."""
    remark = " ".join(found.strip(" ()[]") for found in _REMARK.findall(cell))
    text = _REMARK.sub("", cell).strip()
    position = ""
    before, sign, behind = _cut(text)
    if sign and "," not in sign and not _has_given(before) and _has_given(behind):
        return person_name(_POST.sub("-", cell, count=1), order)  # "Fikcyjna - Zmyślona Anna"
    if sign and not _starts_with_a_name(behind):
        text, position = before, behind
    elif sign and "," in sign:
        # "Zmyślona, Anna": a catalogue's order, whatever the heading says
        return PersonName(_ordinary(_bare(behind)), _ordinary(_bare(before)), remark=remark)
    given, surname, doubt = _sorted(_bare(text).split(), order)
    return PersonName(given, surname, position, remark, doubt)


def joined_name(given: str, surname: str) -> PersonName:
    """Return the name of two cells; one that holds all of it is read as such."""
    if not given and " " in surname:
        return person_name(surname, Meaning.ANYBODY)
    return PersonName(_ordinary(_bare(_REMARK.sub("", given))), _ordinary(_bare(_REMARK.sub("", surname))))


def _cut(text: str) -> tuple[str, str, str]:
    """Cut a text at its first dash or comma."""
    found = _POST.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _starts_with_a_name(text: str) -> bool:
    words = text.split()
    return bool(words) and is_given(_ordinary(words[0])) and len(words) <= 2


def _has_given(text: str) -> bool:
    return any(is_given(_ordinary(word)) for word in text.split())


def _sorted(words: list[str], order: Meaning) -> tuple[str, str, str]:
    """Return given names, surname and any doubt."""
    if len(words) < 2:
        return "", _ordinary(" ".join(words)), "a name of one word" if words else ""
    shouted = [word.isupper() and len(word) > 2 for word in words]
    plain = [_ordinary(word) for word in words]
    if any(shouted) and not all(shouted):
        given = [word for word, loud in zip(plain, shouted, strict=True) if not loud]
        return " ".join(given), " ".join(word for word, loud in zip(plain, shouted, strict=True) if loud), ""
    first, last = _may_be_given(plain[0]), _may_be_given(plain[-1])
    turned = order is Meaning.SURNAME_FIRST
    doubt = ""
    if first != last and (turned if first else not turned):
        if order is not Meaning.ANYBODY:
            turns = plain[0] if first else plain[-1]
            doubt = f"{turns!r} is a given name: taken the other way round than the heading says"
        turned = last
    elif order is Meaning.ANYBODY and first == last:
        doubt = "which word is the surname is not sure: the last was taken"
    if turned:
        count = _leading(plain)
        return " ".join(plain[count:]), " ".join(plain[:count]), doubt
    count = _leading(plain[::-1])
    return " ".join(plain[:-count]), " ".join(plain[-count:]), doubt


def _may_be_given(word: str) -> bool:
    """Tell whether a word is a given name, or the initial of one."""
    return bool(_INITIAL.fullmatch(word)) or is_given(word)


def _leading(words: list[str]) -> int:
    """Return how many words the surname has, which comes first: those before the first given name, else one."""
    return next((at for at, word in enumerate(words) if at and _may_be_given(word)), 1)


def _bare(text: str) -> str:
    """Take titles away: "mgr inż. Anna Zmyślona" is "Anna Zmyślona"."""
    return " ".join(_without_titles(text.split()))


def _without_titles(words: list[str]) -> Iterator[str]:
    for word in words:
        plain = word.lower().strip(".,")
        initial = len(plain) == 1 and word[0].isupper() and plain != "p"
        if _WORD.search(word) and (initial or plain not in TITLES):
            yield word.strip(",")


def _ordinary(text: str) -> str:
    """Write a name with capitals where names have them: "FIKCYJNA-ZMYŚLONA" is "Fikcyjna-Zmyślona"."""
    if not text.isupper() or len(text) < 3:
        return text
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)
