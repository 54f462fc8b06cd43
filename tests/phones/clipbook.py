"""The clip book: every sound that may be heard on the line, by name, ready to be recognised.

A sound is found by its *head* (the first 200 ms that are not silence) and then followed sample by sample.
Sentences that begin alike share one head, so a book of many sentences stays cheap to search.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.phones.g711 import RATE, Codec, Samples, decode
from tests.phones.recorded import BEFORE, Audio, crisp, silence

HEAD = round(0.2 * RATE)
"""The longest head. A sound shorter than this has a head as long as itself."""

HEAD_STEP = round(0.025 * RATE)
"""Heads come in lengths of so many samples, so that they can be searched in groups."""

FFT = 4096
"""Points of the transforms that search for heads: 0.5 s of recording at a time."""

QUIET = 60.0
"""Root mean square below which nothing is being said (A-law silence is 8; speech is some 3000)."""

FRAME = 80


@dataclass(frozen=True, slots=True, eq=False)
class KnownSound:
    """A sound by name: `text` is what it says; `start` and `end` enclose what is not silence, in samples."""

    prompt: str
    audio: Audio
    crisp: Audio
    text: str = ""
    start: int = 0
    end: int = 0

    @property
    def seconds(self) -> float:
        """How long the sound is, the silence around it left out."""
        return (self.end - self.start) / RATE


def known_sound(prompt: str, samples: Samples, text: str = "") -> KnownSound | None:
    """Measure where the sound begins and ends; None if there is nothing but silence."""
    audio = samples.astype(np.float32)
    treble = crisp(np.concatenate([silence(BEFORE), audio]))
    frames = audio[: len(audio) // FRAME * FRAME].reshape(-1, FRAME)
    level = np.sqrt(np.mean(frames**2, axis=1)) if len(frames) else np.zeros(0)
    loud = np.flatnonzero(level > max(QUIET, 0.05 * float(level.max(initial=0.0))))
    if not len(loud):
        return None
    return KnownSound(prompt, audio, treble, text, int(loud[0]) * FRAME, (int(loud[-1]) + 1) * FRAME)


@dataclass(slots=True)
class Heads:
    """Heads of one length: `spectra[i]` belongs to all of `sounds[i]`."""

    length: int
    spectra: NDArray[np.complex64]
    sounds: list[list[KnownSound]]


@dataclass(slots=True)
class Clipbook:
    """All sounds that may be heard. It may grow while calls are listened to: prompts rendered on the fly."""

    sounds: list[KnownSound] = field(default_factory=list)
    _keys: set[tuple[str, str, bytes]] = field(default_factory=set)
    _heads: list[Heads] | None = None

    def add(self, prompt: str, samples: Samples, *, text: str = "") -> None:
        """Know this sound (8 kHz). The same one again, and pure silence, change nothing."""
        key = (prompt, text, hashlib.sha256(samples.tobytes()).digest())
        if key in self._keys:
            return
        self._keys.add(key)
        sound = known_sound(prompt, samples, text)
        if sound is not None:
            self.sounds.append(sound)
            self._heads = None

    def add_file(self, prompt: str, path: Path, *, text: str = "") -> None:
        """Know the sound of an `.alaw` file; `path` may come without its extension, as `Clip.path` does."""
        file = path if path.suffix == ".alaw" else path.with_name(f"{path.name}.alaw")
        self.add(prompt, decode(file.read_bytes(), Codec.PCMA), text=text)

    @classmethod
    def from_directory(cls, directory: Path) -> "Clipbook":
        """A book of all `.alaw` files in a folder, each named by its file."""
        book = cls()
        for path in sorted(directory.rglob("*.alaw")):
            book.add_file(path.stem, path)
        return book

    def of(self, prompt: str) -> list[KnownSound]:
        """All sounds of that name: one prompt may say many texts."""
        return [sound for sound in self.sounds if sound.prompt == prompt]

    def heads(self) -> list[Heads]:
        """The heads of all sounds, grouped by length."""
        if self._heads is None:
            self._heads = list(_heads(self.sounds))
        return self._heads


def _heads(sounds: list[KnownSound]) -> Iterator[Heads]:
    by_length: dict[int, dict[bytes, list[KnownSound]]] = {}
    for sound in sounds:
        length = min(HEAD, max(HEAD_STEP, (sound.end - sound.start) // HEAD_STEP * HEAD_STEP))
        head = sound.crisp[sound.start : sound.start + length].tobytes()
        by_length.setdefault(length, {}).setdefault(head, []).append(sound)
    for length, alike in by_length.items():
        waves = np.stack([np.frombuffer(head, dtype=np.float32) for head in alike])
        waves /= np.linalg.norm(waves, axis=1, keepdims=True)
        yield Heads(length, np.conj(np.fft.rfft(waves, FFT)).astype(np.complex64), list(alike.values()))
