"""Names of units as lists write them: by which word one is known, which one is above which, codes in parentheses."""

import re
from functools import lru_cache

from directory.names import slug

RANKS: tuple[frozenset[str], ...] = (
    frozenset({"urzad", "starostwo", "kierownictwo", "samodzielne", "wieloosobowe"}),
    frozenset({"pion", "departament"}),
    frozenset(
        {"wydzial", "biuro", "kancelaria", "straz", "urzad-stanu-cywilnego", "powiatowy", "miejski", "gminny"}
    ),
    frozenset({"referat", "oddzial", "dzial"}),
    frozenset({"zespol", "sekcja", "stanowisko", "punkt"}),
)
"""First words of units, the highest first. What stands below the first ones in a list is no part of them."""

UNITS = frozenset(word for words in RANKS for word in words) | {
    "archiwum",
    "audytor",
    "pelnomocnik",
    "centrum",
    "gabinet",
    "inspektorat",
    "osrodek",
    "pracownia",
    "zarzad",
    "zaklad",
    "filia",
    "rada",
}
PLACES = frozenset(
    {
        "sekretariat",
        "kancelaria",
        "kasa",
        "centrala",
        "portiernia",
        "dyzurny",
        "dyzurka",
        "punkt",
        "sala",
        "archiwum",
        "serwerownia",
        "informacja",
        "magazyn",
        "fax",
        "faks",
    }
)
"""First words of what has a telephone and is nobody: a number of the unit."""
VACANT = frozenset({"vacat", "wakat", "vacant", "nieobsadzone", "n-n", "brak"})

_CODE = re.compile(
    r"^(?P<name>.*\S)\s*[(\[](?P<code>[A-ZĄĆĘŁŃÓŚŹŻ]{1,6}(?:[.\-/ ][A-ZĄĆĘŁŃÓŚŹŻIVX]{1,5})*)[)\]]$"
)
_BEFORE = re.compile(r"^(?P<code>[A-ZĄĆĘŁŃÓŚŹŻ]{2,6})\s+[-\u2013\u2014]\s+(?P<name>\S.*)$")
_NUMBERED = re.compile(r"^(?:[IVX]{1,5}|[0-9]{1,2})[.)]\s+")
_SMALL = frozenset({"i", "w", "z", "ze", "o", "ds.", "do", "na", "oraz", "od", "po", "przy", "dla"})


@lru_cache(maxsize=20_000)
def first_word(text: str) -> str:
    """Return the first word of a name, without capitals and diacritics."""
    return slug(text).partition("-")[0]


def sounds_like_a_unit(text: str) -> bool:
    """Tell whether a text begins as names of units do."""
    return first_word(_NUMBERED.sub("", text)) in UNITS


def is_a_place(text: str) -> bool:
    """Tell whether a text names what has a telephone and is nobody: "Sekretariat", "Kasa"."""
    return first_word(text) in PLACES


def is_vacant(text: str) -> bool:
    """Tell whether a text says that nobody holds the post."""
    plain = slug(text)
    return plain in VACANT or plain.partition("-")[0] in VACANT - {"brak"}


def may_be_a_part(text: str, of: str) -> bool:
    """Tell whether a unit that a list names below another is a part of it by the usual order of offices."""
    lower, higher = rank(text), rank(of)
    return 0 < higher < lower and first_word(_NUMBERED.sub("", text)) in RANKS[lower]


def rank(text: str) -> int:
    """Return how high a unit stands by its name: 0 is the whole office, an unknown word is in the middle."""
    plain = slug(_NUMBERED.sub("", text))
    if plain.startswith("urzad-stanu-cywilnego"):
        return 2
    word = plain.partition("-")[0]
    return next((place for place, words in enumerate(RANKS) if word in words), 3)


def unit_name(text: str) -> tuple[str, str]:
    """Return a unit's name without its number in the list, in ordinary letters; and its code, if it is written there.

    "II. WYDZIAŁ KOMUNIKACJI (KM)" is "Wydział Komunikacji" and "KM".
    """
    name = _NUMBERED.sub("", " ".join(text.split())).rstrip(":").strip()
    code = ""
    if found := _CODE.match(name) or _BEFORE.match(name):
        name, code = found["name"], found["code"]
    return in_ordinary_letters(name), code


def in_ordinary_letters(name: str) -> str:
    """Return a name that is written in capitals as names are written: "WYDZIAŁ FINANSÓW I BUDŻETU"."""
    if len(name) < 4 or not name.isupper() or " " not in name:
        return name
    words = (word.lower() for word in name.split(" "))
    return " ".join(word if word in _SMALL else _capitalised(word) for word in words)


def _capitalised(word: str) -> str:
    """Write every part of a word with a capital."""
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
