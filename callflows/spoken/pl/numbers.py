"""Numbers as Polish words: cardinals, plural forms, ordinals in the cases that a telephone line needs.

Ordinals are made of a stem and an ending, because that is how the language makes them: ósm-a, ósm-ej,
ósm-ego. Two stems soften before their endings: drug-i, trzec-i.
"""

from enum import Enum

from num2words import num2words


class Gender(Enum):
    """The gender of what is counted; it shows in one and two only."""

    MASCULINE = "m"
    FEMININE = "f"
    NEUTER = "n"


class Ending(Enum):
    """The endings of an ordinal, by the case and gender that calls for them."""

    HE = "y"
    """Masculine nominative: ósmy."""
    OF_HIM = "ego"
    """Masculine or neuter genitive: ósmego listopada."""
    IN_HIM = "ym"
    """Masculine or neuter locative: w dwudziestym szóstym roku."""
    SHE = "a"
    """Feminine nominative: ósma (godzina)."""
    OF_HER = "ej"
    """Feminine genitive, dative or locative: od ósmej, o ósmej."""
    IT = "e"
    """Neuter nominative: ósme piętro."""


_STEMS = {
    0: "zerow",
    1: "pierwsz",
    2: "drug",
    3: "trzec",
    4: "czwart",
    5: "piąt",
    6: "szóst",
    7: "siódm",
    8: "ósm",
    9: "dziewiąt",
    10: "dziesiąt",
    11: "jedenast",
    12: "dwunast",
    13: "trzynast",
    14: "czternast",
    15: "piętnast",
    16: "szesnast",
    17: "siedemnast",
    18: "osiemnast",
    19: "dziewiętnast",
    20: "dwudziest",
    30: "trzydziest",
    40: "czterdziest",
    50: "pięćdziesiąt",
    60: "sześćdziesiąt",
    70: "siedemdziesiąt",
    80: "osiemdziesiąt",
    90: "dziewięćdziesiąt",
}

_SOFT = {
    "drug": {"y": "i", "ego": "iego", "ym": "im", "a": "a", "ej": "iej", "e": "ie"},
    "trzec": {"y": "i", "ego": "iego", "ym": "im", "a": "ia", "ej": "iej", "e": "ie"},
}


def cardinal(number: int, gender: Gender = Gender.MASCULINE) -> str:
    """Say how many, in the nominative: "dwadzieścia dwie", "jedno", "minus trzy"."""
    if number < 0:
        return f"minus {cardinal(-number, gender)}"  # num2words stumbles over a Polish minus
    words = str(num2words(number, lang="pl"))
    if gender is Gender.FEMININE and number % 10 == 2 and number % 100 != 12:
        return f"{words.removesuffix('dwa')}dwie"
    if number == 1 and gender is not Gender.MASCULINE:
        return "jedna" if gender is Gender.FEMININE else "jedno"
    return words


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form of the noun: 1 minuta, 2-4 minuty (22-24 too), else minut."""
    number = abs(number)
    if number == 1:
        return one
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return few
    return many


def counted(number: int, one: str, few: str, many: str, gender: Gender = Gender.MASCULINE) -> str:
    """Say how many of what: "dwie minuty", "pięć minut"."""
    return f"{cardinal(number, gender)} {plural(number, one, few, many)}"


def ordinal(number: int, ending: Ending) -> str:
    """Say which one, 0 to 99: "dwudziestego pierwszego", "ósmej", "trzecie"."""
    if number in _STEMS:
        stem = _STEMS[number]
        return stem + _SOFT.get(stem, {}).get(ending.value, ending.value)
    if not 20 < number < 100:
        raise ValueError(f"no ordinal for {number}: only 0 to 99 are needed")
    return f"{ordinal(number - number % 10, ending)} {ordinal(number % 10, ending)}"


def year_of(year: int, ending: Ending = Ending.OF_HIM) -> str:
    """Say a year, 1901 to 2099: "dwa tysiące dwudziestego siódmego roku"."""
    if year == 2000:
        return f"dwutysięczn{ending.value} roku"
    if 2000 < year < 2100:
        return f"dwa tysiące {ordinal(year - 2000, ending)} roku"
    if 1900 < year < 2000:
        return f"tysiąc dziewięćset {ordinal(year - 1900, ending)} roku"
    raise ValueError(f"no words for the year {year}")
