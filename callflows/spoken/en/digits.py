"""Digits read one by one in English, in the same groups and with the same pauses as in Polish.

"Zero" and not "oh": callers are no native speakers more often than not.
"""

from callflows.spoken.grouping import grouped, ticket_parts

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_KEYS = {"*": "star", "#": "hash"}
_COMMA = ", "
_GROUP = "; "


def phone_digits(number: str) -> str:
    """Say a telephone number digit by digit, grouped as in `grouping.grouped`.

    Raises ValueError if there is no digit at all.
    """
    read = grouped(number)
    said = [_one_by_one(group) for group in read.groups]
    if read.extension:
        said.append(f"extension{_COMMA}{_one_by_one(read.extension)}")
    return ("plus " if read.plus else "") + _GROUP.join(said)


def ticket_number(ticket: str) -> str:
    """Say a ticket's number sign by sign: letters one by one, digits in groups of at most three."""
    return _GROUP.join(
        _one_by_one(part) if part.isdigit() else _COMMA.join(part.upper()) for part in ticket_parts(ticket)
    )


def key(sign: str) -> str:
    """Name a telephone key: "one", "star", "hash"."""
    return _KEYS[sign] if sign in _KEYS else DIGITS[int(sign)]


def _one_by_one(digits: str) -> str:
    return _COMMA.join(DIGITS[int(digit)] for digit in digits)
