"""One moment of what is heard: how loud it is, whether it is a tone, and whether it may be music."""

import numpy as np
from numpy.typing import NDArray

from tests.phones.clipbook import QUIET
from tests.phones.g711 import RATE, Samples
from tests.phones.tones import TONE

CLEAR = 0.5
"""Share of the power at one frequency from which it counts as that tone."""

PURE = 0.8
"""Share of the power around one frequency from which nothing but a tone is heard; hold music has up to 0.65."""

AROUND = 2
"""Bins of the spectrum to either side of a tone that its power leaks into."""

FAINT = 0.5
"""Share of the loudness of a spoken tone from which it is there at all, whatever else is heard."""

FULL_SCALE = 32767

Audio = NDArray[np.float64]


class Moment:
    """Some tenths of a second of a recording."""

    def __init__(self, samples: Samples) -> None:
        self._audio: Audio = samples.astype(np.float64)
        self._power = float(np.mean(self._audio**2)) if len(samples) else 0.0

    @property
    def loudness(self) -> float:
        """Root mean square."""
        return float(self._power**0.5)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is said."""
        return self.loudness <= QUIET

    def has_tone(self, hz: int) -> bool:
        """Whether it is mostly this tone."""
        if self.is_quiet:
            return False
        return 2 * self._part(hz) ** 2 / self._power > CLEAR

    def has_trace_of(self, hz: int) -> bool:
        """Whether somebody's tone can be made out in it, whatever else is heard."""
        return 2 * self._part(hz) > FAINT * TONE * FULL_SCALE

    @property
    def is_one_tone(self) -> bool:
        """Whether it is nothing but a tone, whichever."""
        if self.is_quiet:
            return False
        power = np.abs(np.fft.rfft(self._audio)) ** 2
        peak = int(np.argmax(power))
        around = power[max(0, peak - AROUND) : peak + AROUND + 1]
        return float(around.sum()) > PURE * float(power.sum())

    def _part(self, hz: int) -> float:
        turn = np.exp(-2j * np.pi * hz * np.arange(len(self._audio)) / RATE)
        return float(np.abs(np.mean(self._audio * turn)))
