"""A recording as recognition needs it: the audio itself, and the same audio made crisp.

*Crisp* audio has its treble turned up and its bass turned down. All vowels of one speaker resemble each other
in the bass, and so do hums and tones; in crisp audio words differ, and a talk under a prompt hides less of it.
"""

import numpy as np
from numpy.typing import NDArray

from tests.phones.g711 import RATE, Samples

Audio = NDArray[np.float32]

BRIGHT = 0.9
"""So much of each sample is taken off the next one, twice: speech falls by 12 dB an octave, crisp speech hardly."""

BEFORE = 2
"""Samples of the past that make one crisp sample."""

LONGEST_GAP = round(0.6 * RATE)
"""A sender that says nothing for longer than this has not stumbled, it has stopped."""


def crisp(audio: Audio) -> Audio:
    """The same audio with its treble turned up; the BEFORE first samples serve the others, and are left out."""
    bright: Audio = audio[2:] - np.float32(2 * BRIGHT) * audio[1:-1] + np.float32(BRIGHT**2) * audio[:-2]
    return bright


def silence(samples: int) -> Audio:
    """So many samples of nothing."""
    return np.zeros(samples, dtype=np.float32)


class Recorded:
    """Grows; what was once added does not change."""

    def __init__(self) -> None:
        self._audio = silence(30 * RATE)
        self._crisp = silence(30 * RATE)
        self.end = 0
        """How many samples there are."""

    def add(self, samples: Samples) -> None:
        """The next samples."""
        start, end = BEFORE + self.end, BEFORE + self.end + len(samples)
        while end > len(self._audio):
            self._audio = np.concatenate([self._audio, np.zeros_like(self._audio)])
            self._crisp = np.concatenate([self._crisp, np.zeros_like(self._crisp)])
        self._audio[start:end] = samples
        self._crisp[self.end : self.end + len(samples)] = crisp(self._audio[self.end : end])
        self.end += len(samples)

    def audio(self, start: int, end: int) -> Audio:
        """The audio itself."""
        return self._audio[BEFORE + start : BEFORE + end]

    def gap(self, place: int) -> tuple[int, int]:
        """The stretch of nothing at all around a place; empty if something was received there.

        A-law has no zero, so not even silence that was sent looks like this. A gap that may still go on ends
        at `end`.
        """
        if place >= self.end or self.audio(place, place + 1)[0]:
            return place, place
        start = max(0, place - LONGEST_GAP)
        before = np.flatnonzero(self.audio(start, place))
        after = np.flatnonzero(self.audio(place, min(place + LONGEST_GAP, self.end)))
        first = start + int(before[-1]) + 1 if len(before) else start
        return first, place + int(after[0]) if len(after) else min(place + LONGEST_GAP, self.end)

    def crisp(self, start: int, end: int) -> Audio:
        """The same, crisp."""
        return self._crisp[start:end]
