"""Where a voice pauses: a text cut into phrases, each with the silence that follows it.

RHVoice runs sentences together: Natan leaves under 60 ms between two of them, which nobody follows over the
telephone, and no punctuation mark or SSML tag makes it wait longer (tried with 1.14). So we cut the text and
put the silence in ourselves. Commas stay with the engine, which uses them for melody.
"""

import re
from dataclasses import dataclass

PAUSES = {".": 0.35, "!": 0.35, "?": 0.35, "…": 0.35, ";": 0.30, ":": 0.20}
"""Seconds of silence after a phrase, by the sign that ends it, at the normal pace."""

_END = re.compile(r"(?<=[.!?…;:])\s+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of text to be spoken in one breath, and the seconds of silence after it."""

    text: str
    pause: float


def phrases(text: str) -> tuple[Phrase, ...]:
    """Cut a text after every sentence, semicolon and colon; the last phrase has no pause."""
    pieces = [piece for piece in _END.split(text.strip()) if any(sign.isalnum() for sign in piece)]
    last = len(pieces) - 1
    return tuple(
        Phrase(piece.rstrip(";:").rstrip(), 0.0 if at == last else PAUSES.get(piece[-1], 0.0))
        for at, piece in enumerate(pieces)
    )
