"""Digits read one by one in Polish: telephone numbers, extensions, short codes, ticket numbers, keys.

Measured with our voice over the telephone: a comma after every digit is understood best, and numbers
read as pairs ("czterdzieści cztery") worst. So every digit is a word, and groups are parted by a semicolon,
which our renderer turns into a pause of its own (`telephony.voice.phrases`): the engine makes none.
"""

from callflows.spoken.grouping import grouped, ticket_parts

DIGITS = ("zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć")

LETTERS = {
    "A": "a",
    "Ą": "ą",
    "B": "be",
    "C": "ce",
    "Ć": "cie",
    "D": "de",
    "E": "e",
    "Ę": "ę",
    "F": "ef",
    "G": "gie",
    "H": "ha",
    "I": "i",
    "J": "jot",
    "K": "ka",
    "L": "el",
    "Ł": "eł",
    "M": "em",
    "N": "en",
    "Ń": "eń",
    "O": "o",
    "Ó": "u kreskowane",
    "P": "pe",
    "Q": "ku",
    "R": "er",
    "S": "es",
    "Ś": "eś",
    "T": "te",
    "U": "u",
    "V": "fał",
    "W": "wu",
    "X": "iks",
    "Y": "igrek",
    "Z": "zet",
    "Ź": "ziet",
    "Ż": "żet",
}

_KEYS = {"*": "gwiazdka", "#": "krzyżyk"}
_COMMA = ", "
_GROUP = "; "


def phone_digits(number: str) -> str:
    """Say a telephone number digit by digit, grouped as in `grouping.grouped`.

    Raises ValueError if there is no digit at all.
    """
    read = grouped(number)
    said = [_one_by_one(group) for group in read.groups]
    if read.extension:
        said.append(f"wewnętrzny{_COMMA}{_one_by_one(read.extension)}")
    return ("plus " if read.plus else "") + _GROUP.join(said)


def ticket_number(ticket: str) -> str:
    """Say a ticket's number sign by sign: letters by their names, digits in groups of at most three."""
    return _GROUP.join(
        _one_by_one(part) if part.isdigit() else spelled(part) for part in ticket_parts(ticket)
    )


def spelled(letters: str) -> str:
    """Name letters one by one: "USC" gives "u es ce"."""
    return " ".join(LETTERS.get(letter, letter) for letter in letters.upper())


def key(sign: str) -> str:
    """Name a telephone key: "jeden", "gwiazdka", "krzyżyk"."""
    return _KEYS[sign] if sign in _KEYS else DIGITS[int(sign)]


def _one_by_one(digits: str) -> str:
    return _COMMA.join(DIGITS[int(digit)] for digit in digits)
