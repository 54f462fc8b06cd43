"""G.711: the two codings of a telephone's 8 kHz audio, as tables (ITU-T G.711, A-law and µ-law).

A-law is what Poland's network speaks and what our prompts are stored in, so a prompt that Asterisk passes
through untouched arrives here bit for bit.
"""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
"""Audio as the kit keeps it: 8 kHz, 16 bit, mono."""

RATE = 8000
"""Samples a second."""

PACKET = 160
"""Samples in one RTP packet: 20 ms."""


class Codec(Enum):
    """A coding, by its static RTP payload type (RFC 3551, table 4)."""

    PCMU = 0
    PCMA = 8


def _alaw_values() -> Samples:
    code = np.arange(256, dtype=np.int32) ^ 0x55
    exponent, step = (code >> 4) & 7, ((code & 15) << 4) + 8
    value = np.where(exponent == 0, step, (step + 0x100) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, value, -value).astype(np.int16)


def _ulaw_values() -> Samples:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    value = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84
    return np.where(code & 0x80, -value, value).astype(np.int16)


def _codes(values: Samples) -> NDArray[np.uint8]:
    """For each of the 65536 sample values, the code whose value is nearest."""
    order = np.argsort(values, kind="stable")
    ladder = values[order].astype(np.int32)
    borders = (ladder[1:] + ladder[:-1]) / 2
    return order[np.searchsorted(borders, np.arange(-32768, 32768))].astype(np.uint8)


_VALUES = {Codec.PCMA: _alaw_values(), Codec.PCMU: _ulaw_values()}
_CODES = {codec: _codes(values) for codec, values in _VALUES.items()}


def decode(payload: bytes, codec: Codec) -> Samples:
    """The samples of an RTP payload, or of an `.alaw` file."""
    return _VALUES[codec][np.frombuffer(payload, dtype=np.uint8)]


def encode(samples: Samples, codec: Codec) -> bytes:
    """The payload of these samples, each rounded to the nearest value that the coding has."""
    return _CODES[codec][samples.astype(np.int32) + 32768].tobytes()


def tone(hz: float, seconds: float, *, level: float = 0.25) -> Samples:
    """A steady sine; `level` is its peak as a part of full scale."""
    moments = np.arange(round(seconds * RATE)) / RATE
    return np.round(32767 * level * np.sin(2 * np.pi * hz * moments)).astype(np.int16)
