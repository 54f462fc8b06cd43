"""Digits read one by one: telephone numbers, extensions, short codes, ticket numbers, keys.

Measured with our voice over the telephone: a comma after every digit is understood best, and numbers
read as pairs ("czterdzieści cztery") worst. So every digit is a word, and groups are parted by a semicolon,
which our renderer turns into a pause of its own (`telephony.voice.phrases`): the engine makes none.
"""

import re

from directory.numbers import digit_groups

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
_EXTENSION = re.compile(r"(?:;ext=|\bwewn?(?:ętrzny)?\.?|\bw\b\.?|\bx|\bext\.?)\s*(\d+)\s*$", re.IGNORECASE)


def phone_digits(number: str) -> str:
    """Say a telephone number digit by digit, grouped as Poles read it.

    Takes E.164, bare digits, or what people write ("44/732 77 05 wew. 12"). A Polish number loses its +48:
    landlines are read 2-3-2-2, mobiles 3-3-3; short codes and extensions as they are; a foreign number begins
    with "plus". Raises ValueError if there is no digit at all.
    """
    extension = _EXTENSION.search(number)
    main = number[: extension.start()] if extension else number
    plus, groups = _groups(main)
    if extension:
        inside = f"wewnętrzny{_COMMA}{_read([extension.group(1)], '')}"
        return f"{_read(groups, plus)}{_GROUP}{inside}" if groups else inside
    if not groups:
        raise ValueError("a telephone number needs a digit")
    return _read(groups, plus)


def ticket_number(ticket: str) -> str:
    """Say a ticket's number sign by sign: letters by their names, digits in groups of at most three."""
    groups: list[str] = []
    for part in re.findall(r"[^\W\d_]+|\d+", ticket):
        if part.isdigit():
            groups += [_COMMA.join(DIGITS[int(digit)] for digit in group) for group in _threes(part)]
        else:
            groups.append(spelled(part))
    return _GROUP.join(groups)


def spelled(letters: str) -> str:
    """Name letters one by one: "USC" gives "u es ce"."""
    return " ".join(LETTERS.get(letter, letter) for letter in letters.upper())


def key(sign: str) -> str:
    """Name a telephone key: "jeden", "gwiazdka", "krzyżyk"."""
    return _KEYS[sign] if sign in _KEYS else DIGITS[int(sign)]


def _read(groups: list[str], plus: str) -> str:
    return plus + _GROUP.join(_COMMA.join(DIGITS[int(digit)] for digit in group) for group in groups)


def _groups(number: str) -> tuple[str, list[str]]:
    """Split a number into its groups of digits; the first of the two is "plus " for a foreign one."""
    digits = "".join(char for char in number if char in "0123456789")
    written = number.strip().lstrip("(").replace(" ", "")
    if written.startswith("00") and len(digits) > 9:
        digits, e164 = digits[2:], f"+{digits[2:]}"
    elif written.startswith("+"):
        e164 = f"+{digits}"
    elif len(digits) == 10 and digits.startswith("0"):  # 044 732 77 05: the trunk prefix of before 2005
        e164 = f"+48{digits[1:]}"
    elif len(digits) == 9:
        e164 = f"+48{digits}"
    else:
        return "", _threes(digits)
    groups = [group for part in digit_groups(e164) for group in _threes(part.removeprefix("+"))]
    return ("" if e164.startswith("+48") else "plus "), groups


def _threes(digits: str) -> list[str]:
    """Groups of three, never a lonely last digit; up to five digits stay together (986, 19115)."""
    if len(digits) <= 5:
        return [digits] if digits else []
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    if len(groups[-1]) == 1:
        last = groups[-2] + groups[-1]
        groups[-2:] = [last[:2], last[2:]]
    return groups
