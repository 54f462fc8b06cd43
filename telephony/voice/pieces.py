"""A sentence of several languages, taken apart for its voices and put together again.

"Connecting you to Anna Przykładowa. Please hold." is three pieces: a sign after a name goes with the name, because the
engine before it makes its melody. Each piece comes at the same level; between two a pause stands as its sign wants it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import soxr

from telephony.values import Words
from telephony.voice.engine import Samples
from telephony.voice.phrases import PAUSES
from telephony.voice.sound import Floats, as_int16, faded, levelled, silence, trimmed

PAUSE = 0.08
"""Seconds between two pieces with no sign between them."""
AFTER_COMMA = 0.15

_LEADING_SIGNS = re.compile(r"[\s.,;:!?…]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a sentence, in one language."""

    text: str
    language: str


def pieces(words: Words) -> tuple[Piece, ...]:
    """The pieces of a sentence in order, neighbours of one language together; none of them is without a word."""
    found: list[Piece] = []
    for piece in _cut(words):
        signs = _LEADING_SIGNS.match(piece.text)
        lead = signs.group() if signs and found else ""
        rest = piece.text[len(lead) :]
        if lead:
            found[-1] = Piece(found[-1].text + lead, found[-1].language)
        if not rest:
            continue
        if found and (found[-1].language == piece.language or not _sayable(rest)):
            found[-1] = Piece(found[-1].text + rest, found[-1].language)
        elif found and not _sayable(found[-1].text):
            found[-1] = Piece(found[-1].text + rest, piece.language)
        else:
            found.append(Piece(rest, piece.language))
    return tuple(Piece(piece.text.strip(), piece.language) for piece in found)


def joined(spoken: Sequence[tuple[Piece, Samples, int]], rate: float = 1.0) -> tuple[Samples, int]:
    """One sound of pieces that were spoken at any rates in Hz; `rate` is the pace, for the pauses."""
    hertz = max(own for _, _, own in spoken)
    parts: list[Floats] = []
    for number, (piece, samples, own) in enumerate(spoken, start=1):
        sound = levelled(trimmed(samples.astype(np.float64) / 32768.0, own), own)
        parts.append(_at(hertz, faded(sound, own), own))
        if number < len(spoken):
            parts.append(silence(_pause(piece.text) / rate, hertz))
    return as_int16(np.concatenate(parts)), hertz


def _cut(words: Words) -> Iterator[Piece]:
    at = 0
    for span in words.spans:
        if words.text[at : span.start]:
            yield Piece(words.text[at : span.start], words.language)
        yield Piece(words.text[span.start : span.end], span.language)
        at = span.end
    if words.text[at:]:
        yield Piece(words.text[at:], words.language)


def _sayable(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _pause(text: str) -> float:
    return PAUSES.get(text[-1], AFTER_COMMA if text.endswith(",") else PAUSE)


def _at(wanted: int, sound: Floats, own: int) -> Floats:
    if own == wanted:
        return sound
    return np.asarray(soxr.resample(sound, own, wanted, quality="VHQ"), dtype=np.float64)
