"""Names of people in Polish: which word is a given name, and how a name stands after "Łączę z" (instrumental).

The forms come from Morfeusz 2 and its dictionary SGJP, kept by the Institute of Computer Science of the Polish
Academy of Sciences; no rule of ours makes one. A name is declined only if the dictionary knows the given name as
one of a woman or of a man alone, and has exactly one form for every part of the surname; else the answer is empty, and
callers hear the name in the nominative.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import morfeusz2

WOMAN, MAN = "f", "m1"
_TITLES = {WOMAN: "panią", MAN: "panem"}
_PARTS = re.compile(r"([-\u2013 ])")


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    """The dictionary; it takes a tenth of a second to open."""
    return morfeusz2.Morfeusz(expand_tags=False)


@lru_cache(maxsize=20_000)
def is_given(word: str) -> bool:
    """Tell whether the dictionary knows a word as a given name."""
    return bool(_genders(word))


def announced(given: str, surname: str) -> str:
    """Return a name as it stands after "Łączę z": "panią Anną Przykładową"; "" if the dictionary is not sure."""
    first, *more = given.split() or [""]
    genders = _genders(first)
    if len(genders) != 1 or not surname:
        return ""
    (gender,) = genders
    parts = [_given_declined(word, gender) for word in (first, *more)]
    parts += [_declined(part, gender) for part in surname.split()]
    return f"{_TITLES[gender]} {' '.join(parts)}" if all(parts) else ""


def _declined(surname: str, gender: str) -> str:
    """Return a surname of one or more parts in the instrumental; "" if a part has none, or more than one."""
    declined = [part if part in "-\u2013" else _one(part, gender) for part in _PARTS.split(surname) if part]
    return "".join(declined) if all(declined) else ""


@lru_cache(maxsize=20_000)
def _one(part: str, gender: str) -> str:
    forms = set(_instrumentals(part, gender))
    return forms.pop() if len(forms) == 1 else ""


@lru_cache(maxsize=20_000)
def _genders(word: str) -> frozenset[str]:
    """Return the genders in which a word is a given name, nominative singular."""
    return frozenset(
        tag.gender
        for tag in map(_Tag, _dictionary().analyse(word))
        if "imię" in tag.labels and tag.fits("subst", "nom") and tag.gender in _TITLES
    )


@lru_cache(maxsize=20_000)
def _given_declined(word: str, gender: str) -> str:
    """Return a given name in the instrumental."""
    forms = {
        tag.form
        for tag in map(_Tag, _generated(word))
        if "imię" in tag.labels and tag.fits("subst", "inst") and tag.gender == gender
    }
    return forms.pop() if len(forms) == 1 else ""


def _instrumentals(part: str, gender: str) -> Iterator[str]:
    """Yield every instrumental that the dictionary has for a surname, or for the adjective that it is."""
    named = [tag for tag in map(_Tag, _dictionary().analyse(part)) if "nazwisko" in tag.labels]
    for tag in named:
        if tag.fits("subst", "nom") and tag.gender == gender:
            for form in map(_Tag, _generated(tag.lemma.partition(":")[0])):
                same = form.lemma == tag.lemma and "nazwisko" in form.labels
                if same and form.fits("subst", "inst") and form.gender == gender:
                    yield form.form
    if named or not part[:1].isupper():
        return
    for tag in map(_Tag, _dictionary().analyse(part)):
        if tag.kind in ("adj", "ppas") and tag.fits(tag.kind, "nom") and gender in tag.genders:
            for form in map(_Tag, _generated(tag.lemma)):
                if (
                    form.kind == tag.kind
                    and form.rest == tag.rest
                    and form.fits(tag.kind, "inst")
                    and gender in form.genders
                ):
                    yield form.form.capitalize()


def _generated(lemma: str) -> list[Any]:
    """Return all forms of a lemma, as `analyse` would have given them."""
    return [(0, 0, found) for found in _dictionary().generate(lemma)]


class _Tag:
    """One reading of a word: its form, lemma and labels, and what its tag says."""

    __slots__ = ("_cases", "_numbers", "form", "genders", "kind", "labels", "lemma", "rest")

    def __init__(self, reading: tuple[int, int, tuple[str, str, str, list[str], list[str]]]) -> None:
        self.form, self.lemma, tag, self.labels, _ = reading[2]
        self.kind, *more = tag.split(":")
        sorted_out = [set(part.split(".")) for part in more[:3]]
        self._numbers, self._cases, self.genders = (*sorted_out, set(), set(), set())[:3]
        self.rest = tuple(more[3:])

    @property
    def gender(self) -> str:
        """The gender, if it is one."""
        return next(iter(self.genders)) if len(self.genders) == 1 else ""

    def fits(self, kind: str, case: str) -> bool:
        """Tell whether it is a singular of this kind in this case."""
        return self.kind == kind and "sg" in self._numbers and case in self._cases
