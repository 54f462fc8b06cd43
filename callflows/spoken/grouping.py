"""How digits are grouped before any language reads them: telephone numbers, ticket numbers, codes."""

import re
from dataclasses import dataclass

from directory.numbers import digit_groups

_EXTENSION = re.compile(r"(?:;ext=|\bwewn?(?:ętrzny)?\.?|\bw\b\.?|\bx|\bext\.?)\s*(\d+)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A telephone number as it is read: its groups of digits, whether "plus" stands first, an extension."""

    groups: tuple[str, ...]
    plus: bool = False
    extension: str = ""


def grouped(number: str) -> Grouped:
    """Group a telephone number as Poles read it.

    Takes E.164, bare digits, or what people write ("44/732 77 05 wew. 12"). A Polish number loses its +48:
    landlines are read 2-3-2-2, mobiles 3-3-3; short codes and extensions as they are; a foreign number begins
    with a plus. Raises ValueError if there is no digit at all.
    """
    inside = _EXTENSION.search(number)
    main = number[: inside.start()] if inside else number
    plus, groups = _groups(main)
    if not groups and not inside:
        raise ValueError("a telephone number needs a digit")
    return Grouped(tuple(groups), plus, inside.group(1) if inside else "")


def ticket_parts(ticket: str) -> tuple[str, ...]:
    """Part a ticket's number into words of letters and groups of at most three digits."""
    parts: list[str] = []
    for part in re.findall(r"[^\W\d_]+|\d+", ticket):
        parts += threes(part) if part.isdigit() else [part]
    return tuple(parts)


def threes(digits: str) -> list[str]:
    """Groups of three, never a lonely last digit; up to five digits stay together (986, 19115)."""
    if len(digits) <= 5:
        return [digits] if digits else []
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    if len(groups[-1]) == 1:
        last = groups[-2] + groups[-1]
        groups[-2:] = [last[:2], last[2:]]
    return groups


def _groups(number: str) -> tuple[bool, list[str]]:
    """Whether the number is foreign, and its groups of digits."""
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
        return False, threes(digits)
    groups = [group for part in digit_groups(e164) for group in threes(part.removeprefix("+"))]
    return not e164.startswith("+48"), groups
