"""Following one sound through a recording, 40 ms at a time, once its beginning was found.

Each piece is compared with the recording at the same place (normalised correlation). A lost packet is
forgiven; a stream that jumped is found again within 60 ms; four pieces that do not match, with no two in a
row between them that do, mean that the sound was cut.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.phones.clipbook import QUIET, KnownSound
from tests.phones.g711 import RATE

PIECE = round(0.04 * RATE)
MATCHES = 0.4
"""Correlation of one piece from which it counts as heard: a prompt under a talk as loud still reaches it."""

MISSES = 4
"""So many pieces unheard, and the sound was cut."""

JUMP = round(0.06 * RATE)
"""How far a stream that jumped is looked for."""

SURE = 0.7
"""Correlation that two pieces need before a jump is believed."""

Audio = NDArray[np.float32]
Slice = Callable[[int, int], Audio]
"""The recording from one sample to another."""


@dataclass(slots=True)
class Follower:
    """One sound, supposed to begin (its sample 0) at `lag` in the recording."""

    sound: KnownSound
    lag: int
    position: int = 0
    """How far the sound was compared, in its own samples."""
    matched: int = 0
    """The end of the last piece that was heard, in the sound's samples."""
    misses: int = 0
    """Pieces unheard since two in a row were heard."""
    doubtful: bool = False
    """Whether a piece was missed just before: one that matches then may do so by chance."""
    heard_pieces: int = 0
    missed_pieces: int = 0
    _product: float = 0.0
    _mine: float = 0.0
    _theirs: float = 0.0
    _quiet: float = 0.0

    def __post_init__(self) -> None:
        self.position = self.matched = self.sound.start
        active = self.sound.samples[self.sound.start : self.sound.end]
        self._quiet = max(QUIET, 0.05 * float(np.sqrt(np.mean(active**2))))

    @property
    def alive(self) -> bool:
        """Whether there is more to compare."""
        return self.position < self.sound.end and self.misses < MISSES

    @property
    def whole(self) -> bool:
        """Whether the sound was heard to its end."""
        reached = self.matched >= self.sound.end - 2 * PIECE
        return reached and self.missed_pieces <= 0.2 * self.heard_pieces

    @property
    def seconds(self) -> float:
        """How much of the sound was heard."""
        return (self.matched - self.sound.start) / RATE

    @property
    def score(self) -> float:
        """Normalised correlation over all that was heard."""
        energy = self._mine * self._theirs
        return self._product / energy**0.5 if energy > 0 else 0.0

    @property
    def begins(self) -> int:
        """Where in the recording the sound began."""
        return self.lag + self.sound.start

    @property
    def ends(self) -> int:
        """Where in the recording the last piece that was heard ended."""
        return self.lag + self.matched

    def follow(self, recording: Slice, end: int) -> None:
        """Compare as far as the recording goes."""
        while self.alive:
            piece = self.sound.samples[self.position : min(self.position + PIECE, self.sound.end)]
            if self.lag + self.position + len(piece) > end:
                return
            if float(np.sqrt(np.mean(piece**2))) >= self._quiet:
                received = recording(self.lag + self.position, self.lag + self.position + len(piece))
                if _correlation(piece, received) >= MATCHES:
                    self._matches(piece, received)
                    self.doubtful = False
                elif self.misses == 0 and self.heard_pieces > MISSES:
                    if self.lag + self.position + 2 * PIECE + JUMP > end:
                        return  # not enough is there yet to say whether the stream jumped
                    self._jumps_or_misses(recording)
                    continue
                else:
                    self.misses += 1
                    self.doubtful = True
            self.position += len(piece)

    def _matches(self, piece: Audio, received: Audio) -> None:
        if self.doubtful:
            return
        self.missed_pieces += self.misses
        self.heard_pieces += 1
        self.misses = 0
        self.matched = self.position + len(piece)
        self._product += float(np.dot(piece, received))
        self._mine += float(np.dot(piece, piece))
        self._theirs += float(np.dot(received, received))

    def _jumps_or_misses(self, recording: Slice) -> None:
        """Look for the sound around here: go on where it is, or count a miss."""
        pieces = self.sound.samples[self.position : min(self.position + 2 * PIECE, self.sound.end)]
        start = self.lag + self.position - JUMP
        around = recording(start, start + len(pieces) + 2 * JUMP)
        best = int(np.argmax(np.correlate(around, pieces, mode="valid")))
        if best != JUMP and _correlation(pieces, around[best : best + len(pieces)]) >= SURE:
            self.lag += best - JUMP
        else:
            self.misses += 1
            self.doubtful = True
            self.position += min(PIECE, self.sound.end - self.position)


def _correlation(one: Audio, other: Audio) -> float:
    """Normalised correlation at one place: 1 for the same wave at any loudness, 0 for silence."""
    energy = float(np.dot(one, one)) * float(np.dot(other, other))
    return float(np.dot(one, other)) / energy**0.5 if energy > 0 else 0.0
