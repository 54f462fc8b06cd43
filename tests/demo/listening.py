"""From a recording to evidence: whatever was loud and is no sentence that we know is music, or unknown."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from tests.demo.evidence import Kind, Sound
from tests.phones.clipbook import QUIET
from tests.phones.g711 import RATE, Codec, Samples, decode
from tests.phones.hearing import Heard

SAID = "said."
"""The names of what people say begin so; all other known sounds are prompts of the line."""

FRAME = round(0.02 * RATE)
GAP = 0.3
"""Seconds of silence that still belong to one sound: music has quiet moments."""
SHORTEST = 0.5
"""Seconds: what is shorter, and unknown, is the rest of a sentence that was cut."""
BEFORE, AFTER = 0.1, 0.4
"""Seconds around a known sentence that belong to it: its fade, and what a cut leaves in the buffers."""
ALIKE = 0.8
"""Correlation from which a window is music."""


class Music:
    """The hold music, to be recognised from any place of its loop."""

    def __init__(self, loop: Samples) -> None:
        wave = np.concatenate([loop, loop[:RATE]]).astype(np.float64)
        self._length = len(wave)
        self._size = 1 << (2 * len(wave) - 1).bit_length()
        self._spectrum = np.fft.rfft(wave, self._size)
        self._energy = np.concatenate([[0.0], np.cumsum(wave**2)])

    @classmethod
    def from_file(cls, path: Path) -> "Music":
        """The loop in an `.alaw` file."""
        return cls(decode(path.read_bytes(), Codec.PCMA))

    def plays_in(self, window: Samples) -> bool:
        """Whether this window (a second or less) is a piece of the loop."""
        piece = window.astype(np.float64)
        places = self._length - len(piece) + 1
        fit = np.fft.irfft(self._spectrum * np.conj(np.fft.rfft(piece, self._size)), self._size)[:places]
        energy = self._energy[len(piece) :] - self._energy[: -len(piece)]
        scale = np.sqrt(np.maximum(energy[:places] * float(np.dot(piece, piece)), 1.0))
        return bool(np.max(fit / scale, initial=0.0) >= ALIKE)


def sounds_in(
    recording: Samples, heard: Iterable[Heard], music: Music, *, offset: float
) -> tuple[Sound, ...]:
    """All sounds of a recording in order; `offset` is added to its times."""
    known = [_known(one) for one in heard]
    other = list(_other(recording, known, music))
    return tuple(_later(sound, offset) for sound in sorted([*known, *other], key=lambda sound: sound.at))


def _known(heard: Heard) -> Sound:
    kind = Kind.PERSON if heard.prompt.startswith(SAID) else Kind.LINE
    until = heard.at + heard.seconds
    return Sound(kind=kind, name=heard.prompt, at=heard.at, until=until, text=heard.text, whole=heard.whole)


def _other(recording: Samples, known: list[Sound], music: Music) -> Iterator[Sound]:
    for begin, end in _loud_runs(recording, known):
        windows = list(_windows(recording[round(begin * RATE) : round(end * RATE)]))
        share = sum(music.plays_in(window) for window in windows) / len(windows)
        kind = Kind.MUSIC if share >= 0.5 else Kind.UNKNOWN
        yield Sound(kind=kind, name=kind.value, at=begin, until=end)


def _loud_runs(recording: Samples, known: list[Sound]) -> Iterator[tuple[float, float]]:
    frames = recording[: len(recording) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float64)
    loud = np.sqrt(np.mean(frames**2, axis=1)) > QUIET if len(frames) else np.zeros(0, dtype=bool)
    for sound in known:
        loud[max(0, round((sound.at - BEFORE) * 50)) : round((sound.until + AFTER) * 50)] = False
    places = np.flatnonzero(loud)
    if not len(places):
        return
    breaks = np.flatnonzero(np.diff(places) > GAP * 50)
    begins = np.concatenate([[places[0]], places[breaks + 1]]) / 50
    ends = (np.concatenate([places[breaks], [places[-1]]]) + 1) / 50
    for begin, end in zip(begins, ends, strict=True):
        if end - begin >= SHORTEST:
            yield float(begin), float(end)


def _windows(samples: Samples) -> Iterator[Samples]:
    for start in range(0, max(1, len(samples) - RATE // 2), RATE):
        yield samples[start : start + RATE]


def _later(sound: Sound, offset: float) -> Sound:
    return Sound(
        kind=sound.kind,
        name=sound.name,
        at=sound.at + offset,
        until=sound.until + offset,
        text=sound.text,
        whole=sound.whole,
    )
