"""Telephone numbers, one at a time: what kind a number is, how it is written, and whether we may dial it.

Inside the product a number is E.164 (`+48447327705`). Polish numbers have nine national digits and no
trunk prefix since 2005, yet people go on writing and dialling the old 0. Kinds come from `phonenumbers`,
Google's copy of the national numbering plans. Lists of numbers in a cell: `directory.phonetext`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from directory.model import Hall, Numbering

POLAND = 48
NATIONAL_DIGITS = 9
LONGEST = 15
"""Digits of the longest E.164 number (ITU-T E.164, 6.2.1)."""


class Kind(Enum):
    """What a number is, as far as the numbering plan tells."""

    LANDLINE = "landline"
    MOBILE = "mobile"
    VOIP = "voip"
    TOLL_FREE = "toll_free"
    SHARED_COST = "shared_cost"
    PREMIUM = "premium"
    FOREIGN = "foreign"
    OTHER = "other"
    """A pager, a corporate number: assigned, and nobody's telephone."""
    SHORT = "short"
    """A short code (986, 19115): it works only inside its network or town."""
    EMERGENCY = "emergency"
    EXTENSION = "extension"
    NOT_A_NUMBER = "not_a_number"
    """Digits that are no telephone number: a bank account, a journal number, opening hours."""


class Reason(Enum):
    """Why a number may be dialled for a callback, or why not. The value is Polish, for the record."""

    OK = "numer przyjęty"
    EMPTY = "nie podano numeru"
    MALFORMED = "to nie jest numer telefonu"
    TOO_SHORT = "numer jest za krótki"
    TOO_LONG = "numer jest za długi"
    UNASSIGNED = "takiego numeru nie ma"
    EMERGENCY = "numer alarmowy"
    SHORT_CODE = "numer skrócony"
    EXTENSION = "numer wewnętrzny urzędu"
    OWN = "numer samego urzędu"
    PREMIUM = "numer o podwyższonej opłacie"
    SHARED_COST = "numer o opłacie dzielonej"
    FOREIGN = "numer zagraniczny, pod który urząd nie oddzwania"
    UNWANTED = "numer, pod który nie oddzwaniamy"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a number may be dialled: `e164` is set exactly if it may, and `reason` is then OK."""

    reason: Reason
    e164: str | None = None

    @property
    def dialable(self) -> bool:
        """Whether we may dial it."""
        return self.e164 is not None


_KINDS = {
    PhoneNumberType.FIXED_LINE: Kind.LANDLINE,
    PhoneNumberType.MOBILE: Kind.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: Kind.LANDLINE,
    PhoneNumberType.VOIP: Kind.VOIP,
    PhoneNumberType.TOLL_FREE: Kind.TOLL_FREE,
    PhoneNumberType.SHARED_COST: Kind.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE: Kind.PREMIUM,
}
_REFUSED = {Kind.PREMIUM: Reason.PREMIUM, Kind.SHARED_COST: Reason.SHARED_COST}
_A_PERSONS = frozenset({Kind.LANDLINE, Kind.MOBILE, Kind.VOIP})
_DECORATION = re.compile(r"[\s().\-/\u2010-\u2015]")


def plan_kind(e164: str) -> Kind | None:
    """Return the kind that the numbering plan gives an E.164 number, wherever it is; None if unassigned."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(number)  # UNKNOWN exactly where `is_valid_number` says no, and asked once
    return None if kind == PhoneNumberType.UNKNOWN else _KINDS.get(kind, Kind.OTHER)


def short_kind(digits: str) -> Kind | None:
    """Return EMERGENCY or SHORT for a Polish short code, else None."""
    if phonenumbers.connects_to_emergency_number(digits, "PL"):
        return Kind.EMERGENCY
    if not 3 <= len(digits) <= 6 or digits[0] == "0":
        return None
    number = phonenumbers.PhoneNumber(country_code=POLAND, national_number=int(digits))
    return Kind.SHORT if phonenumbers.is_valid_short_number_for_region(number, "PL") else None


def international(digits: str, *, plus: str = "") -> str:
    """Return the E.164 form of bare digits by length and prefix alone, or "" if they have none.

    Understands +48, 0048, 48 and 0 before nine national digits, and any + or 00 number. `plus` is "+" if
    the digits were written after a plus sign.
    """
    if not plus and digits.startswith("00"):
        digits, plus = digits[2:], "+"
    if plus or (digits.startswith("48") and len(digits) == NATIONAL_DIGITS + 2):
        if digits.startswith("480") and len(digits) == NATIONAL_DIGITS + 3:
            digits = "48" + digits[3:]
        return "+" + digits
    if digits.startswith("0") and len(digits) == NATIONAL_DIGITS + 1:
        digits = digits[1:]
    return f"+{POLAND}{digits}" if len(digits) == NATIONAL_DIGITS and digits[0] != "0" else ""


def for_callback(hall: Hall, raw: str) -> Verdict:
    """Judge a number by the rules of a hall, which calls back citizens and not itself."""
    return is_dialable(
        raw, numbering=hall.numbering, extensions=extensions_of(hall), own=own_numbers_of(hall)
    )


def is_dialable(
    raw: str,
    *,
    numbering: Numbering | None = None,
    extensions: Collection[str] = frozenset(),
    own: Collection[str] = frozenset(),
) -> Verdict:
    """Judge a caller's number as it arrived, or digits that they keyed, as the target of a callback.

    A hall calls back ordinary telephones only: premium-rate and shared-cost numbers, emergency numbers,
    short codes, our own `extensions`, our `own` numbers (E.164) and countries outside
    `numbering.callback_countries` are refused.
    """
    numbering = numbering or Numbering()
    text = _DECORATION.sub("", raw)
    if not text:
        return Verdict(Reason.EMPTY)
    plus = "+" if text[0] == "+" else ""
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        return Verdict(Reason.MALFORMED)
    verdict = _judge(digits, plus, numbering, extensions)
    return Verdict(Reason.OWN) if verdict.e164 in own else verdict


def extensions_of(hall: Hall) -> frozenset[str]:
    """Return all extensions of the hall's people and units."""
    people = (person.extension for person in hall.people.values())
    lines = (unit.line for unit in hall.units.values())
    return frozenset(found.digits for found in (*people, *lines) if found)


def own_numbers_of(hall: Hall) -> frozenset[str]:
    """Return the numbers on which the hall itself is reached, without those of bodies outside it."""
    inside = {unit.id for unit in hall.units.values() if not unit.outside}
    units = (unit for unit in hall.units.values() if unit.id in inside)
    matters = (it for it in hall.matters.values() if it.unit is None or it.unit in inside)
    numbers = {number for unit in units for number in (unit.direct, *unit.numbers, *unit.faxes)}
    numbers |= {number for matter in matters for number in (matter.direct, *matter.numbers)}
    numbers |= {person.direct for person in hall.people.values()}
    return frozenset(number for number in numbers if number)


def national(e164: str) -> str:
    """Return a number as people read it: "44 732 77 05", "607 068 786", "+49 30 1234567"."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    polish = number.country_code == POLAND
    style = PhoneNumberFormat.NATIONAL if polish else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def digit_groups(number: str) -> tuple[str, ...]:
    """Return the groups in which a number is read out: ("44", "732", "77", "05"); a short code is one."""
    if not number.startswith("+"):
        return (number,)
    return tuple(part for part in re.split(r"[^0-9+]+", national(number)) if part)


def _judge(digits: str, plus: str, numbering: Numbering, extensions: Collection[str]) -> Verdict:
    """Judge clean digits."""
    if not plus and digits in extensions:
        return Verdict(Reason.EXTENSION)
    if not plus and (short := short_kind(digits)):
        return Verdict(Reason.EMERGENCY if short is Kind.EMERGENCY else Reason.SHORT_CODE)
    e164 = international(digits, plus=plus)
    if not e164:
        return Verdict(Reason.TOO_SHORT if len(digits.lstrip("0")) < NATIONAL_DIGITS else Reason.TOO_LONG)
    if len(e164) - 1 > LONGEST:
        return Verdict(Reason.TOO_LONG)
    kind = plan_kind(e164)
    if kind is None:
        return Verdict(_why_unassigned(e164))
    if kind in _REFUSED:
        return Verdict(_REFUSED[kind])
    if phonenumbers.parse(e164, None).country_code not in numbering.callback_countries:
        return Verdict(Reason.FOREIGN)
    return Verdict(Reason.OK, e164) if kind in _A_PERSONS else Verdict(Reason.UNWANTED)


def _why_unassigned(e164: str) -> Reason:
    """Say whether a number that no plan knows is too short, too long, or simply not given to anybody."""
    try:
        possible = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(e164, None))
    except phonenumbers.NumberParseException:
        return Reason.MALFORMED
    polish = len(e164) - 3 if e164.startswith(f"+{POLAND}") else NATIONAL_DIGITS
    if possible == phonenumbers.ValidationResult.TOO_LONG or polish > NATIONAL_DIGITS:
        return Reason.TOO_LONG
    if possible == phonenumbers.ValidationResult.TOO_SHORT or polish < NATIONAL_DIGITS:
        return Reason.TOO_SHORT
    return Reason.UNASSIGNED
