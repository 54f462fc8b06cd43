"""One run of digits as offices write them: "44/732 77 19", "0*(54) 2654 180", "44 732 78 71 - 76".

A run is groups of digits with the signs between them. Groups are collected until they make up a telephone
number by their count (nine national digits, seven without the area code, eleven after +48); what is left is
then the end of a range, another ending, or another number. Where two readings are possible, one is taken
and the doubt is said: nothing is guessed silently.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from directory.model import Numbering
from directory.numbers import NATIONAL_DIGITS, POLAND, Kind, international, plan_kind, short_kind

LOCAL_DIGITS = 7
"""Digits of a landline number without its two-digit area code."""
WIDEST_RANGE = 30
"""More numbers than this is no range of one office."""
BANK_ACCOUNT_DIGITS = 26

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015"
_UNUSUAL = {Kind.PREMIUM: "a premium-rate number", Kind.OTHER: "nobody's ordinary telephone"}
_GROUP = re.compile(r"([^0-9]*)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of digits: what they are, E.164 if they can be dialled from outside, and any doubt."""

    kind: Kind
    e164: str | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Some digits, and the sign that stands before them."""

    before: str
    digits: str

    @property
    def dashed(self) -> bool:
        """Whether a dash stands before it, or another sign for "to"."""
        return any(sign in self.before for sign in DASHES) or self.to

    @property
    def to(self) -> bool:
        """Whether it is surely the end of a range: "÷", "do", or a dash with room around it."""
        spaced = self.before != self.before.strip() and any(sign in self.before for sign in DASHES)
        return spaced or "÷" in self.before or "do" in self.before


def read_run(text: str, numbering: Numbering) -> Iterator[Read]:
    """Yield the numbers of one run, in order; every run with a digit yields at least one."""
    plus = "+" if text.lstrip(" (").startswith("+") else ""
    groups = [Group(*found) for found in _GROUP.findall(text)]
    digits = _joined(groups)
    if not plus and digits.startswith("00") and len(digits) > NATIONAL_DIGITS:
        plus, digits, groups = "+", digits[2:], _without_zeros(groups)
    if plus and not digits.startswith(str(POLAND)):
        yield _abroad("+" + digits)
        return
    if len(digits) == BANK_ACCOUNT_DIGITS:
        yield Read(Kind.NOT_A_NUMBER, doubt="26 digits: a bank account")
        return
    while groups:
        taken = _enough(groups, plus)
        first = _one(groups[:taken], plus, numbering)
        yield first
        groups, plus = groups[taken:], ""
        while first.e164 and groups and _is_ending(groups):
            yield from endings(first, groups[0].digits, to=groups[0].dashed)
            groups = groups[1:]


def endings(first: Read, digits: str, *, to: bool) -> Iterator[Read]:
    """Yield the numbers that a range ("- 76") or another ending ("/18") adds to a number."""
    assert first.e164 is not None
    stem, begins, ends = first.e164[: -len(digits)], int(first.e164[-len(digits) :]), int(digits)
    if not to:
        yield _planned(stem + digits, first.doubt)
    elif begins < ends <= begins + WIDEST_RANGE:
        for ending in range(begins + 1, ends + 1):
            yield _planned(f"{stem}{ending:0{len(digits)}}", first.doubt)
    else:
        yield Read(Kind.NOT_A_NUMBER, doubt="looks like the end of a range, and does not fit its beginning")


def _enough(groups: Sequence[Group], plus: str) -> int:
    """Return how many groups make up the first number: all up to a sign for "to" if nothing fits."""
    end = next((at for at, group in enumerate(groups) if at and group.to), len(groups))
    return _fitting(groups[:end], plus) or end


def _fitting(groups: Sequence[Group], plus: str) -> int:
    """Return how many groups make up a whole number, 0 if none do: all of them, or else the fewest."""
    lengths: list[int] = [len(groups), *range(1, len(groups))]
    for fits in (_is_full, _is_local):
        for taken in lengths:
            if fits(_joined(groups[:taken]), plus):
                return taken
    return 0


def _is_full(digits: str, plus: str) -> bool:
    """Tell whether these are all digits of a Polish number, with or without a prefix."""
    return len(international(digits, plus=plus)) == 1 + 2 + NATIONAL_DIGITS


def _is_local(digits: str, plus: str) -> bool:
    """Tell whether these are the digits of a landline number without its area code."""
    return len(digits) == LOCAL_DIGITS + (2 if plus else 0)


def _is_ending(groups: Sequence[Group]) -> bool:
    """Tell whether the first of these, behind a whole number, is another ending of it, and no number."""
    first = groups[0]
    if first.dashed:
        return len(first.digits) <= 4
    if _fitting(groups, ""):
        return False
    short = len(first.digits) > 2 and short_kind(first.digits) is not None
    return len(first.digits) <= 2 or ("/" in first.before and len(first.digits) == 3 and not short)


def _one(groups: Sequence[Group], plus: str, numbering: Numbering) -> Read:
    """Read groups that belong together."""
    digits = _joined(groups)
    if _is_full(digits, plus):
        return _planned(international(digits, plus=plus), _hidden_range(groups, digits))
    if _is_local(digits, plus):
        if not numbering.area_code:
            return Read(Kind.LANDLINE, doubt="no area code, and hall.toml names none")
        doubt = f"no area code: {numbering.area_code} is assumed"
        return _planned(f"+{POLAND}{numbering.area_code}{digits[-LOCAL_DIGITS:]}", doubt)
    short = None if plus else short_kind(digits)
    if short:
        return Read(short)
    few = "one digit is" if len(digits) == 1 else f"{len(digits)} digits are"
    return Read(Kind.NOT_A_NUMBER, doubt=f"{few} no telephone number")


def _hidden_range(groups: Sequence[Group], digits: str) -> str:
    """Return the doubt about "732 77 05-08": a mobile number, or a range without its area code."""
    last, rest = groups[-1], groups[1:-1]
    head = len(digits) - len(last.digits)
    lonely = last.dashed and not any(group.dashed for group in rest)
    if lonely and head == LOCAL_DIGITS and last.digits > digits[head - len(last.digits) : head]:
        return "may be a range of numbers without their area code"
    return ""


def _planned(e164: str, doubt: str) -> Read:
    """Look a Polish number up in the numbering plan."""
    kind = plan_kind(e164)
    if kind is None:
        return Read(Kind.NOT_A_NUMBER, doubt=f"{e164} is not in the Polish numbering plan")
    return Read(kind, e164, doubt or _UNUSUAL.get(kind, ""))


def _abroad(e164: str) -> Read:
    """Look a foreign number up in its country's numbering plan."""
    if plan_kind(e164) is None:
        return Read(Kind.NOT_A_NUMBER, doubt=f"{e164} is in no country's numbering plan")
    return Read(Kind.FOREIGN, e164, "a number abroad")


def _joined(groups: Sequence[Group]) -> str:
    """Return all digits of some groups."""
    return "".join(group.digits for group in groups)


def _without_zeros(groups: list[Group]) -> list[Group]:
    """Take the international prefix 00 away."""
    first, *rest = groups
    if first.digits == "0":
        first, *rest = rest
    cut = "0" if groups[0].digits == "0" else "00"
    left = replace(first, digits=first.digits.removeprefix(cut))
    return [left, *rest] if left.digits else rest
