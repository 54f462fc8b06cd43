"""What a column of a list may mean, and by which words its heading says so.

The values are what an administrator types (`--column "Nr=extension"`). A heading is compared without capitals,
diacritics and signs; one that is listed here word for word is sure, one that only holds a listed word is likely.
"""

from dataclasses import dataclass
from enum import Enum

from directory.names import slug


class Meaning(Enum):
    """What stands in a column."""

    ID = "id"
    NAME = "name"
    """Given name, then surname."""
    SURNAME_FIRST = "surname-first"
    """The same the other way round."""
    ANYBODY = "anybody"
    """A whole name, in which order nobody says."""
    SURNAME = "surname"
    GIVEN = "given"
    POSITION = "position"
    UNIT = "unit"
    PART_OF = "part-of"
    CODE = "code"
    PHONES = "phones"
    EXTENSION = "extension"
    DIRECT = "direct"
    MOBILE = "mobile"
    FAX = "fax"
    EMAIL = "email"
    ROOM = "room"
    BUILDING = "building"
    ADDRESS = "address"
    DEPUTIES = "deputies"
    """Who stands in for this person."""
    STANDS_IN_FOR = "stands-in-for"
    """For whom this person stands in."""
    MATTERS = "matters"
    LANGUAGES = "languages"
    SPOKEN = "spoken"
    ANNOUNCED = "announced"
    REACHED = "reached"
    ACCEPT_KEY = "accept-key"
    INTRODUCTION = "introduction"
    SYMBOL = "symbol"
    TITLE = "title"
    DESK = "desk"
    ALIASES = "aliases"
    WORDS = "words"
    SHORT = "short"
    SOURCE = "source"
    NOTES = "notes"
    NOTHING = "nothing"
    """Known, and of no use here: a running number."""


class Certainty(Enum):
    """How sure a guess is."""

    SURE = "sure"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    """Several meanings are possible: somebody has to say."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading may mean, the best first."""

    certainty: Certainty
    meanings: tuple[Meaning, ...] = ()


NAMES_OF_PEOPLE = frozenset({Meaning.NAME, Meaning.SURNAME_FIRST, Meaning.ANYBODY, Meaning.SURNAME})

TELEPHONES = frozenset({Meaning.PHONES, Meaning.EXTENSION, Meaning.DIRECT, Meaning.MOBILE})
"""Meanings of which the narrower one may be taken: "Telefon wew." is an extension."""

WHOLE: dict[Meaning, str] = {
    Meaning.ID: "id|identyfikator|login|uid",
    Meaning.NAME: "imię i nazwisko|imiona i nazwisko|imię nazwisko|name|full name|imię i nazwisko pracownika",
    Meaning.SURNAME_FIRST: "nazwisko i imię|nazwisko i imiona|nazwisko imię|nazwisko i imię pracownika",
    Meaning.ANYBODY: "pracownik|osoba|urzędnik|employee|osoba kontaktowa|prowadzący",
    Meaning.SURNAME: "nazwisko|surname|last name|family name",
    Meaning.GIVEN: "imię|imiona|first name|given name",
    Meaning.POSITION: "stanowisko|stanowisko służbowe|stanowisko pracy|funkcja|position|job title|title position",
    Meaning.UNIT: "komórka organizacyjna|nazwa komórki organizacyjnej|nazwa komórki|komórka|wydział|referat"
    "|wydział referat|wydział biuro|referat biuro|jednostka|jednostka organizacyjna|dział|biuro|unit|unit name"
    "|department|nazwa wydziału|nazwa referatu|nazwa jednostki",
    Meaning.PART_OF: "część|podlega|jednostka nadrzędna|pion|part of|departament|pion departament",
    Meaning.CODE: "kod|kod komórki|kod jednostki|symbol komórki|symbol wydziału|skrót|code|unit code|oznaczenie",
    Meaning.PHONES: "telefon|tel|telefony|nr telefonu|nr tel|numer telefonu|numery telefonów|telefon służbowy|phone"
    "|phones|telephone|telefon kontaktowy|nr telefonów|telefon stacjonarny i komórkowy",
    Meaning.EXTENSION: "wew|wewn|nr wew|nr wewn|numer wewnętrzny|numery wewnętrzne|wewnętrzny|telefon wewnętrzny"
    "|tel wew|tel wewn|telefon wew|telefon wewn|extension|ext|nr wewnętrzny",
    Meaning.DIRECT: "telefon bezpośredni|numer bezpośredni|nr bezpośredni|bezpośredni|direct|direct number"
    "|telefon stacjonarny|stacjonarny|tel stacjonarny|telefon miejski|numer miejski|nr miejski",
    Meaning.MOBILE: "telefon komórkowy|komórkowy|kom|tel kom|tel komórkowy|komórka służbowa|mobile|mobile phone|cell"
    "|telefon komórkowy służbowy|nr komórkowy|telefon mobilny",
    Meaning.FAX: "fax|faks|nr faksu|nr faxu|telefaks|telefax|numer faksu",
    Meaning.EMAIL: "e mail|email|mail|adres e mail|adres email|adres poczty elektronicznej|poczta elektroniczna|poczta",
    Meaning.ROOM: "pokój|pok|nr pokoju|numer pokoju|nr pok|room|pomieszczenie",
    Meaning.BUILDING: "budynek|bud|lokalizacja|building|obiekt",
    Meaning.ADDRESS: "adres|address|ulica|siedziba",
    Meaning.DEPUTIES: "zastępca|zastępcy|zastępowany przez|zastępowana przez|zastępuje go|osoba zastępująca"
    "|w zastępstwie|deputies|deputy|kto zastępuje",
    Meaning.STANDS_IN_FOR: "zastępuje|zastępuje kogo|kogo zastępuje|stands in for",
    Meaning.MATTERS: "sprawy|prowadzone sprawy|matters|zakres spraw",
    Meaning.LANGUAGES: "języki|języki obce|znajomość języków|languages",
    Meaning.SPOKEN: "spoken|wymowa|czytane jako",
    Meaning.ANNOUNCED: "announced|zapowiedź|łączę z",
    Meaning.REACHED: "reached|gdzie zarejestrowany",
    Meaning.ACCEPT_KEY: "accept key|klawisz przyjęcia",
    Meaning.INTRODUCTION: "introduction|przedstawienie",
    Meaning.SYMBOL: "symbol|symbol karty|symbol sprawy|nr karty|numer karty|znak",
    Meaning.TITLE: "title|tytuł|nazwa sprawy|sprawa|matter|usługa|nazwa usługi|karta usługi|nazwa karty|tytuł karty",
    Meaning.DESK: "desk|gdzie załatwić|miejsce załatwienia|miejsce złożenia|where",
    Meaning.ALIASES: "aliases|inne nazwy|dawne nazwy|also called",
    Meaning.WORDS: "words|słowa|słowa kluczowe|keywords|słowa potoczne",
    Meaning.SHORT: "short|numer skrócony|nr skrócony",
    Meaning.SOURCE: "source|source url|źródło|strona|strona www|www",
    Meaning.NOTES: "uwagi|notatki|notes|remarks|komentarz|informacje dodatkowe|uwagi dodatkowe",
    Meaning.NOTHING: "lp|l p|no|poz|liczba porządkowa|no of row",
}
"""Headings word for word."""

HELD: dict[Meaning, str] = {
    Meaning.EMAIL: "mail|poczta",
    Meaning.FAX: "fax|faks|telefaks|telefax",
    Meaning.EXTENSION: "wew|wewn|wewnetrzny|wewnetrzne|wewnetrznego|extension",
    Meaning.MOBILE: "kom|komorkowy|komorkowe|komorkowego|mobilny|mobile",
    Meaning.DIRECT: "bezposredni|stacjonarny|miejski",
    Meaning.PHONES: "tel|telefon|telefony|telefonu|telefonow|phone|phones",
    Meaning.ROOM: "pokoj|pok|pokoju|room",
    Meaning.POSITION: "stanowisko|funkcja",
    Meaning.SURNAME: "nazwisko|nazwiska",
    Meaning.UNIT: "komorka|komorki|wydzial|wydzialu|referat|referatu|biuro|jednostka|jednostki",
    Meaning.BUILDING: "budynek|budynku",
    Meaning.NOTES: "uwagi",
    Meaning.DEPUTIES: "zastepca|zastepcy",
    Meaning.STANDS_IN_FOR: "zastepuje",
    Meaning.NAME: "imie",
}
"""Words that speak of a meaning wherever they stand in a heading; the earlier meaning is the narrower one."""

EITHER: dict[str, tuple[Meaning, ...]] = {
    "zastepstwo": (Meaning.DEPUTIES, Meaning.STANDS_IN_FOR),
    "zastepstwa": (Meaning.DEPUTIES, Meaning.STANDS_IN_FOR),
    "numer": (Meaning.PHONES, Meaning.EXTENSION, Meaning.ROOM, Meaning.NOTHING),
    "nr": (Meaning.EXTENSION, Meaning.PHONES, Meaning.ROOM, Meaning.NOTHING),
    "numery": (Meaning.PHONES, Meaning.EXTENSION),
    "nazwa": (Meaning.UNIT, Meaning.TITLE, Meaning.ANYBODY),
    "kontakt": (Meaning.PHONES, Meaning.EMAIL, Meaning.ANYBODY),
    "miejsce": (Meaning.ROOM, Meaning.ADDRESS, Meaning.DESK),
    "telefon-fax": (Meaning.PHONES, Meaning.FAX),
    "tel-fax": (Meaning.PHONES, Meaning.FAX),
}
"""Headings that offices use for several things."""

_KNOWN: dict[str, Meaning] = {
    slug(heading): meaning for meaning, headings in WHOLE.items() for heading in headings.split("|")
}
_WORDS: tuple[tuple[Meaning, frozenset[str]], ...] = tuple(
    (meaning, frozenset(words.split("|"))) for meaning, words in HELD.items()
)


def guessed(heading: str) -> Guess:
    """Guess what a heading means."""
    plain = slug(heading)
    if plain in EITHER:
        return Guess(Certainty.AMBIGUOUS, EITHER[plain])
    if plain in _KNOWN:
        return Guess(Certainty.SURE, (_KNOWN[plain],))
    words = set(plain.split("-"))
    if {"imie", "nazwisko"} <= words:
        first = Meaning.NAME if plain.index("imie") < plain.index("nazwisko") else Meaning.SURNAME_FIRST
        return Guess(Certainty.LIKELY, (first,))
    found = tuple(meaning for meaning, held in _WORDS if words & held)
    if len({Meaning.PHONES if meaning in TELEPHONES else meaning for meaning in found}) > 1:
        return Guess(Certainty.AMBIGUOUS, found)  # "Telefon i fax", "Jednostka/stanowisko"
    return Guess(Certainty.LIKELY, found) if found else Guess(Certainty.UNKNOWN)
