#!/usr/bin/env python3
"""Make the hold music: a quiet loop of 29 s, ours, so that no rights have to be cleared.

    docker/asterisk/hold_music.py DIR  writes DIR/halo.alaw (8 kHz) and DIR/halo.sln16 (16 kHz)

Plucked chords in a slow round of four harmonies over a soft bass, at -24 dBFS (RMS). Every note that still
sounds at the end is laid over the beginning, so the loop has no seam. The same bytes every time. Needs numpy.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16000
BAR = 3.625
"""Seconds; eight bars are 29 s."""
CHORDS = [(57, 60, 64, 67), (53, 57, 60, 64), (48, 55, 60, 64), (55, 59, 62, 67)] * 2
"""MIDI note numbers: Am7, Fmaj7, C, G, twice round."""
LEVEL = 10 ** (-24 / 20)


def note(midi: int, seconds: float, fall: float) -> NDArray[np.float64]:
    """One plucked note: four harmonics that fade, the higher the sooner, and none above 3.4 kHz."""
    t = np.arange(int(seconds * RATE)) / RATE
    pitch = 440.0 * 2 ** ((midi - 69) / 12)
    sound = np.zeros_like(t)
    for harmonic, strength in enumerate((1.0, 0.45, 0.22, 0.1), start=1):
        if pitch * harmonic < 3400:
            sound += strength * np.sin(2 * np.pi * pitch * harmonic * t) * np.exp(-t * harmonic / fall)
    sound *= np.minimum(1.0, t / 0.012)
    return sound * np.minimum(1.0, (seconds - t) / 0.2)


def loop() -> NDArray[np.float64]:
    """The whole loop at 16 kHz, as floats of full scale 1."""
    length = round(BAR * len(CHORDS) * RATE)
    music = np.zeros(length)

    def lay(start: float, sound: NDArray[np.float64], volume: float) -> None:
        where = (int(start * RATE) + np.arange(len(sound))) % length
        music[where] += volume * sound

    for bar, chord in enumerate(CHORDS):
        lay(bar * BAR, note(chord[0] - 12, BAR * 1.2, 2.2), 0.7)
        order = (0, 1, 2, 3, 2, 1) if bar % 2 == 0 else (3, 2, 1, 0, 1, 2)
        for step, voice in enumerate(order):
            lay(bar * BAR + step * BAR / len(order), note(chord[voice] + 12, 2.4, 0.9), 0.5)
    music *= LEVEL / np.sqrt(np.mean(music**2))
    return music


def halved(music: NDArray[np.float64]) -> NDArray[np.float64]:
    """The loop at 8 kHz: nothing in it lies above 3.4 kHz, so the spectrum is simply cut."""
    spectrum = np.fft.rfft(music)
    half = len(music) // 2
    slow: NDArray[np.float64] = np.fft.irfft(spectrum[: half // 2 + 1], half) * 0.5
    return slow


def alaw(music: NDArray[np.float64]) -> bytes:
    """ITU-T G.711 A-law."""
    pcm = np.clip(np.round(music * 32767), -32768, 32767).astype(np.int32)
    sign = np.where(pcm >= 0, 0x80, 0)
    size = np.minimum(np.where(pcm >= 0, pcm, -pcm - 1) >> 3, 4095)
    exponent = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4, 0)
    mantissa = (size >> np.maximum(exponent, 1)) & 0x0F
    return bytes(((sign | exponent << 4 | mantissa) ^ 0x55).astype(np.uint8))


def main() -> int:
    """Write both files."""
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__)
        return 2
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    music = loop()
    files = {
        "halo.alaw": alaw(halved(music)),
        "halo.sln16": np.round(music * 32767).astype("<i2").tobytes(),
    }
    for name, audio in files.items():
        beside = directory / f".{name}.new"
        beside.write_bytes(audio)
        beside.replace(directory / name)
    print(f"hold music: {len(music) / RATE:.0f} s in {directory}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
