"""Digits inside spoken Polish: read them out of a sentence, and hide a caller's number in it."""

import re

WORDS = ("zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć")
SHOWN = 3
"""So many last digits of a caller's number may be seen."""

READ_BACK = ("callback.yours", "callback.typed")
"""The sentences that hold the caller's number."""

_ONE = "|".join(WORDS)
_RUN = re.compile(rf"(?:(?:{_ONE})[,;]? )+(?:{_ONE})\b", re.IGNORECASE)


def runs_of_digits(text: str) -> list[str]:
    """Every number that is spoken digit by digit: `dziewięć, osiem, sześć` is 986."""
    return [
        "".join(str(WORDS.index(word.lower())) for word in _words(found[0])) for found in _RUN.finditer(text)
    ]


def without_number(text: str) -> str:
    """The sentence with all but the last three digits of a long number hidden."""

    def hidden(found: "re.Match[str]") -> str:
        words = _words(found[0])
        return found[0] if len(words) <= 2 * SHOWN else "***, " + ", ".join(words[-SHOWN:])

    return _RUN.sub(hidden, text)


def told(name: str, text: str) -> str:
    """What may be shown of a sentence: a caller's number is hidden, the hall's own numbers are not."""
    return without_number(text) if name in READ_BACK else text


def _words(run: str) -> list[str]:
    return re.findall(r"\w+", run)
