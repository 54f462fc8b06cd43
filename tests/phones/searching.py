"""Searching a stretch of recording for the heads of known sounds, by fast correlation.

A steady voice resembles itself a period earlier and later, so the first place that fits is rarely the right
one: from there we climb to the place that fits best.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.phones.clipbook import FFT, Heads, KnownSound
from tests.phones.g711 import RATE
from tests.phones.recorded import Audio

FOUND = 0.55
"""Correlation of a head from which its sounds are worth following."""

FAINT = 20.0
"""Root mean square (of crisp audio) below which nothing is searched: A-law silence has 15, speech some 500."""

NEAR = round(0.05 * RATE)
"""A place this near that fits better is where the sound really begins; heads found this near compete."""

WORSE = 0.3
"""A head that correlates worse than the best one by more than this does not compete."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something known seems to begin: `first` is where it first looked so, all in samples of the block.

    `candidates` are the sounds that may begin, and where; there are none while a better place may still
    follow in what is not yet recorded.
    """

    first: int
    candidates: list[tuple[int, KnownSound]]


def search(block: Audio, lags: int, heads: list[Heads]) -> Place | None:
    """Look for heads that begin at one of the first `lags` samples of the block, which is crisp audio."""
    energy = np.concatenate([[0.0], np.cumsum(block.astype(np.float64) ** 2)])
    if not heads:
        return None
    spectrum = np.fft.rfft(block, FFT).astype(np.complex64)
    fits = [_fit(spectrum, energy, group, lags) for group in heads]
    best: Audio = np.max([fit.max(axis=0) for fit in fits], axis=0)
    found = np.flatnonzero(best >= FOUND)
    if not len(found):
        return None
    first = int(found[0])
    place = _summit(best, first)
    if place + NEAR > lags and first > 0:
        return Place(first, [])
    return Place(first, _candidates(fits, heads, place, float(best[place])))


def _fit(spectrum: NDArray[np.complex64], energy: NDArray[np.float64], group: Heads, lags: int) -> Audio:
    """The correlation of each head with each place of the block; 0 where the block is quiet."""
    local = energy[group.length : group.length + lags] - energy[:lags]
    scale = np.where(local > FAINT**2 * group.length, 1 / np.sqrt(np.maximum(local, 1.0)), 0.0)
    fit = np.fft.irfft(spectrum * group.spectra, FFT)[:, :lags].astype(np.float32, copy=False)
    return fit * scale.astype(np.float32)


def _summit(best: Audio, place: int) -> int:
    while step := int(np.argmax(best[place : place + NEAR])):
        place += step
    return place


def _candidates(
    fits: list[Audio], heads: list[Heads], place: int, score: float
) -> list[tuple[int, KnownSound]]:
    start = max(0, place - NEAR)
    candidates = []
    for fit, group in zip(fits, heads, strict=True):
        near = fit[:, start : place + NEAR]
        for row in np.flatnonzero(near.max(axis=1) >= max(FOUND, score - WORSE)):
            lag = start + int(np.argmax(near[row]))
            candidates += [(lag, sound) for sound in group.sounds[row]]
    return candidates
