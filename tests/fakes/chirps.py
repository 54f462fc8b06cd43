"""An engine for the tests: every text becomes a short burst of noise that no other text has.

A real sentence takes seconds to play; a burst takes 0.2 s, so stories run fast on a real Asterisk, and a phone
that records RTP can tell by cross-correlation which prompt it heard, after A-law too. The noise keeps to the
telephone's band (300 to 3400 Hz), so a band-limited channel leaves it whole.
"""

import hashlib

import numpy as np

from telephony.voice.engine import Samples, VoiceRefused

RATE = 16000
_LOW, _HIGH = 300.0, 3400.0
_SHORTEST, _LONGEST = 0.150, 0.250
_LEVEL = 10 ** (-20 / 20)


def burst(text: str) -> Samples:
    """The burst of a text: always the same for it, at -20 dBFS, 150 to 250 ms at 16 kHz."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    dice = np.random.default_rng(seed)
    length = int(RATE * dice.uniform(_SHORTEST, _LONGEST))
    spectrum = np.fft.rfft(dice.standard_normal(length))
    pitch = np.fft.rfftfreq(length, 1 / RATE)
    spectrum[(pitch < _LOW) | (pitch > _HIGH)] = 0
    noise = np.fft.irfft(spectrum, length)
    noise = np.clip(noise / np.sqrt(np.mean(noise**2)), -3.5, 3.5)
    samples: Samples = np.rint(noise * _LEVEL * 32768).astype(np.int16)
    return samples


class ChirpEngine:
    """A `TTSEngine` of bursts. `spoken` is every text that it was asked for, in order."""

    id = "chirps"
    version = "1"
    voices = ("chirp",)

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Give the text's burst; the pace is always the same."""
        if voice not in self.voices:
            raise VoiceRefused(f"chirps have no voice {voice}")
        self.spoken.append(text)
        return burst(text), RATE

    def close(self) -> None:
        """Nothing to let go of."""
