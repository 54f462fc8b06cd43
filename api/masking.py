"""Taking personal data out of values before anyone reads them: log lines, and REST without the right to see.

Two ways, used together. *By field*: facts and callers say which of their fields are personal
(`metadata={"personal": True}`). *By look*: whatever looks like a telephone number in free text, because
exceptions and libraries quote numbers without asking. When in doubt the second way masks.
"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from telephony.values import Caller

MASK = "***"
SHOWN_DIGITS = 3
"""So many last digits stay readable, enough to tell two calls apart and too few to call anybody."""

_CALLER_FIELDS = frozenset({"number", "name"})

_NUMBER = re.compile(
    r"""
    (?P<keep>                                                   # has digits, and is not a number:
        \b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?!\d)
      | (?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])              # an IPv4 address
      | \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b
      | \b(?=[0-9]*[a-f])[0-9a-f]{16,}\b                        # a hash or an id
      | (?<![\d.])(?:\bhalo\d*-)?[12]\d{9}\.\d{1,7}(?![\d.])    # a call: its channel's id
    )
    | (?P<number>(?:(?:\+|%2B)[ ]?)?\(?\d(?:[ \-./(),_\t\u00a0]{0,2}\d){6,})  # seven digits or more, however grouped
    """,
    re.VERBOSE,
)


def masked_number(number: str) -> str:
    """The number with all but its last three digits hidden; a short one is hidden whole."""
    digits = [sign for sign in number if sign.isdigit()]
    if not digits:
        return MASK if number else ""
    return MASK if len(digits) < 2 * SHOWN_DIGITS else MASK + "".join(digits[-SHOWN_DIGITS:])


def masked_text(text: str) -> str:
    """The text with everything that looks like a telephone number masked; dates, addresses and ids stay."""

    def replace(found: re.Match[str]) -> str:
        return found[0] if found["keep"] else masked_number(found[0])

    return _NUMBER.sub(replace, text)


def masked(value: Any) -> Any:
    """A copy of a dataclass, mapping or sequence without what it declares personal; other values as they are.

    A personal field that holds digits keeps its last three, any other personal text becomes `***`.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # Not dataclasses.replace: a copy for reading need not pass the checks of a constructor.
        copy = object.__new__(type(value))
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            object.__setattr__(copy, field.name, _hidden(inner) if _personal(value, field) else masked(inner))
        return copy
    if isinstance(value, Mapping):
        return {key: masked(inner) for key, inner in value.items()}
    if type(value) in (tuple, list, set, frozenset):
        return type(value)(masked(inner) for inner in value)
    return value


def masked_values(personal: Mapping[str, Any]) -> dict[str, Any]:
    """The same keys, and every value hidden: for a mapping that holds nothing but personal data."""
    return {key: _hidden(value) for key, value in personal.items()}


def _personal(owner: object, field: "dataclasses.Field[Any]") -> bool:
    return bool(field.metadata.get("personal")) or (
        isinstance(owner, Caller) and field.name in _CALLER_FIELDS
    )


def _hidden(value: object) -> object:
    if isinstance(value, str):
        return masked_number(value) if _only_number(value) else MASK if value else ""
    return value if value is None else MASK


def _only_number(text: str) -> bool:
    return all(sign.isdigit() or sign in "+ -()./" for sign in text)
