"""Find by words: what a citizen says, or a clerk types, to the matters, units and people that are meant.

One `Finder` is built for one `Hall` (about a tenth of a second for a city) and answers while somebody types: the last
word may be only begun. "Nothing found" is an answer, and it says why: the question speaks of what no city hall
does, or too little of it is known here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from directory.find.exact import Signs
from directory.find.index import Index, Said, built, keys_of
from directory.find.lexicon import Lexicon, Term, polish
from directory.find.people import People
from directory.find.question import Asked, asked
from directory.find.rank import Ranked, ranked
from directory.find.text import LONGEST, Word, words_of
from directory.model import Hall, Matter, Person, Unit, UnitId

Kind = Literal["matter", "unit", "person"]

FOUND = 0.45
"""The score that the best hit must reach; below it the hall is not asked about what it does."""
BESIDE = 0.4
"""The share of the best score that the others must reach."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that is meant, with how surely: 1 is as sure as can be."""

    kind: Kind
    id: str
    symbol: str
    """The card's symbol; empty for a unit or person, and for a matter without one."""
    title: str
    """The matter's title, or the name of the unit or person."""
    unit: str
    """The name of the competent unit; of a body outside the hall, that of the whole body. Empty if none is known."""
    unit_id: UnitId | None
    part: str
    """Which team of a body outside the hall; else empty."""
    score: float
    marks: tuple[tuple[int, int], ...]
    """Where in the title the matched words stand: from, to."""
    because: str
    """By what it was found, in Polish."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first; if nothing, why, in Polish, and who settles it if that is known."""

    hits: tuple[Hit, ...]
    nothing: str = ""
    elsewhere: str = ""


class Finder:
    """Answers for one hall."""

    def __init__(self, hall: Hall, lexicon: Lexicon | None = None) -> None:
        """Build the index; without a lexicon of its own it uses the Polish one that ships."""
        self._hall = hall
        self._lexicon = lexicon or polish()
        self._index: Index = built(hall, self._lexicon)
        self._people = People(hall.people.values())
        self._signs = Signs(hall)

    def find(self, words: str, limit: int = 10, *, typing: bool = True) -> tuple[Hit, ...]:
        """Return what is meant, best first; nothing if the hall can't help."""
        return self.ask(words, limit, typing=typing).hits

    def ask(self, words: str, limit: int = 10, *, typing: bool = True) -> Answer:
        """Return what is meant; if that is nothing, say why. While somebody is typing, the last word is only begun."""
        text = words[:LONGEST]
        terms = self._lexicon.read(text, begun=typing)
        nothing = {place for term in terms if term.filler for place in range(term.start, term.end)}
        names = [word for word in words_of(text) if word.start not in nothing]
        question = asked(self._index, terms, typing=typing)
        hits = {(hit.kind, hit.id): hit for hit in self._by_words(question, limit)}
        for hit in (*self._by_name(names, limit), *self._by_sign(text)):
            known = hits.get((hit.kind, hit.id))
            if known is None or known.score < hit.score:
                hits[hit.kind, hit.id] = hit
        best = sorted(hits.values(), key=lambda hit: -hit.score)[:limit]
        return Answer(tuple(best)) if best else _nothing(terms)

    def _by_words(self, question: Sequence[Asked], limit: int) -> Iterator[Hit]:
        found = ranked(self._index, question)
        if not found or found[0].score < FOUND:
            return
        for each in found[:limit]:
            if each.score >= BESIDE * found[0].score:
                subject = self._index.subjects[each.subject]
                yield self._hit(subject, each.score, self._marks(_title(subject), question), _because(each))

    def _by_name(self, words: Sequence[Word], limit: int) -> Iterator[Hit]:
        for named in self._people.find(words, limit):
            yield self._hit(named.person, named.score, named.marks, "imię i nazwisko")

    def _by_sign(self, text: str) -> Iterator[Hit]:
        for known, score in self._signs.find(text):
            yield self._hit(known, score, (), "symbol albo numer")

    def _hit(
        self, known: Matter | Unit | Person, score: float, marks: tuple[tuple[int, int], ...], because: str
    ) -> Hit:
        unit = self._unit_of(known)
        body = self._body(unit)
        return Hit(
            kind="matter" if isinstance(known, Matter) else "unit" if isinstance(known, Unit) else "person",
            id=known.id,
            symbol=known.symbol if isinstance(known, Matter) else "",
            title=_title(known),
            unit=body.name if body else "",
            unit_id=unit.id if unit else None,
            part=unit.name if unit and unit is not body else "",
            score=round(min(score, 1.0), 3),
            marks=marks,
            because=because,
        )

    def _unit_of(self, known: Matter | Unit | Person) -> Unit | None:
        if isinstance(known, Unit):
            return known
        return self._hall.units.get(known.unit) if known.unit else None

    def _body(self, unit: Unit | None) -> Unit | None:
        """Return the body that citizens know: of a team outside the hall, the whole that it is a part of."""
        whole = self._hall.units.get(unit.parent) if unit and unit.outside and unit.parent else None
        return whole or unit

    def _marks(self, title: str, question: Sequence[Asked]) -> tuple[tuple[int, int], ...]:
        keys = {key for each in question if not each.term.filler for key, _ in each.keys}
        return tuple(
            (term.start, term.end)
            for term in self._lexicon.read(title, begun=False)
            if not term.filler and any(key in keys for key, _ in keys_of(term))
        )


class Finders:
    """Keeps the finder of the hall that was asked for last: it is built when another hall has come into force."""

    def __init__(self) -> None:
        self._last: tuple[Hall, Finder] | None = None

    def of(self, hall: Hall) -> Finder:
        """Return the finder of this very hall."""
        if self._last is None or self._last[0] is not hall:
            self._last = (hall, Finder(hall))
        return self._last[1]


def _title(known: Matter | Unit | Person) -> str:
    return known.title if isinstance(known, Matter) else known.name


def _because(found: Ranked) -> str:
    match found.phrase.said:
        case Said.WORDS:
            return f"mówi się też: {found.phrase.text}"
        case Said.UNIT:
            return f"jednostka: {found.phrase.text}"
        case _:
            return f"nazwa: {found.phrase.text}"


def _nothing(terms: Sequence[Term]) -> Answer:
    """Say why nothing was found."""
    told = [term for term in terms if not term.filler]
    if not told:
        return Answer((), "Nie ma tu słowa, po którym można szukać." if terms else "Nie wpisano słów.")
    body = next((term.elsewhere for term in told if term.elsewhere), "")
    if body:
        return Answer((), f"Tego urząd nie załatwia; to sprawa dla: {body}.", body)
    words = ", ".join(term.folded for term in told[:5])
    return Answer((), f"Nic w urzędzie nie pasuje do słów: {words}.")
