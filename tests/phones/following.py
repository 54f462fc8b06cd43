"""Following one sound through a recording, 40 ms at a time, once its beginning was found.

Each piece is compared with the recording at the same place (correlation of crisp audio). A lost packet is
forgiven; a stream that jumped is found again within 60 ms; a pause in which nothing at all came (a sender that
was kept from sending, not silence) is stepped over. Four pieces that do not match, with no two in a row between
them that do, mean that the sound was cut.
"""

from dataclasses import dataclass

import numpy as np

from tests.phones.clipbook import KnownSound
from tests.phones.g711 import RATE
from tests.phones.recorded import LONGEST_GAP, Audio, Recorded

PIECE = round(0.04 * RATE)
MATCHES = 0.4
"""Correlation of one piece from which it counts as heard: a prompt under a talk as loud still reaches it."""

MISSES = 4
"""So many pieces unheard, and the sound was cut."""

LOST = 0.34
"""A sound counts as whole if not more than this part of what was heard of it was missed."""

JUMP = round(0.06 * RATE)
"""How far a stream that jumped is looked for."""

SURE = 0.7
"""Correlation that two pieces need before a jump is believed."""

FAINT = 0.2
"""A piece fainter than this part of the whole sound proves nothing, and is passed over."""


@dataclass(slots=True)
class Follower:
    """One sound, supposed to begin (its sample 0) at `lag` in the recording."""

    sound: KnownSound
    lag: int
    begins: int = 0
    """Where in the recording the sound began."""
    ends: int = 0
    """Where in the recording it was heard last."""
    position: int = 0
    """How far the sound was compared, in its own samples."""
    matched: int = 0
    """The end of the last piece that was heard, in the sound's samples."""
    misses: int = 0
    """Pieces unheard since two in a row were heard."""
    heard_pieces: int = 0
    missed_pieces: int = 0
    _perhaps: int | None = None
    """Where a piece began that was heard just after one was missed: it may be chance."""
    _product: float = 0.0
    _mine: float = 0.0
    _theirs: float = 0.0
    _faint: float = 0.0

    def __post_init__(self) -> None:
        self.position = self.matched = self.sound.start
        self.begins = self.ends = self.lag + self.sound.start
        self._faint = FAINT * _level(self.sound.crisp[self.sound.start : self.sound.end])

    @property
    def alive(self) -> bool:
        """Whether there is more to compare."""
        return self.position < self.sound.end and self.misses < MISSES

    @property
    def whole(self) -> bool:
        """Whether the sound was heard to its end."""
        to_the_end = self.position >= self.sound.end and self.misses == 0
        reached = to_the_end or self.matched >= self.sound.end - 2 * PIECE
        return reached and self.missed_pieces <= LOST * self.heard_pieces

    @property
    def seconds(self) -> float:
        """How much of the sound was heard."""
        return ((self.sound.end if self.whole else self.matched) - self.sound.start) / RATE

    @property
    def score(self) -> float:
        """Normalised correlation over all that was heard."""
        energy = self._mine * self._theirs
        return self._product / energy**0.5 if energy > 0 else 0.0

    def follow(self, recorded: Recorded) -> None:
        """Compare as far as the recording goes."""
        while self.alive:
            end = min(self.position + PIECE, self.sound.end)
            if self.lag + end > recorded.end:
                return
            piece = self.sound.crisp[self.position : end]
            if _level(piece) >= self._faint:
                if _correlation(piece, recorded.crisp(self.lag + self.position, self.lag + end)) >= MATCHES:
                    self._matches(recorded, end)
                elif self.misses:
                    self._misses()
                else:
                    found = self._found_again(recorded)
                    if found is None:
                        return  # not enough is there yet to say
                    if found:
                        continue
                    self._misses()
            self.position = end

    def _matches(self, recorded: Recorded, end: int) -> None:
        if self.misses and self._perhaps is None:
            self._perhaps = self.position
            return
        if self._perhaps is not None:
            self._count(recorded, self._perhaps, self._perhaps + PIECE)
        self._count(recorded, self.position, end)
        self.missed_pieces += self.misses
        self.misses, self._perhaps = 0, None
        self.matched, self.ends = end, self.lag + end

    def _count(self, recorded: Recorded, start: int, end: int) -> None:
        known, received = self.sound.audio[start:end], recorded.audio(self.lag + start, self.lag + end)
        self.heard_pieces += 1
        self._product += float(np.dot(known, received))
        self._mine += float(np.dot(known, known))
        self._theirs += float(np.dot(received, received))

    def _misses(self) -> None:
        self.misses += 1
        self._perhaps = None

    def _found_again(self, recorded: Recorded) -> bool | None:
        """Look for the sound beyond a gap, or nearby, and go on there; None while that can't be said yet."""
        here = self.lag + self.position
        if self.heard_pieces:
            for place in (here, here + PIECE - 1):
                start, end = recorded.gap(place)
                if 0 < end - start < LONGEST_GAP:
                    return None if end == recorded.end else self._steps_over(start, end)
        if self.heard_pieces <= MISSES:
            return False
        return None if here + 2 * PIECE + JUMP > recorded.end else self._jumps(recorded)

    def _steps_over(self, start: int, end: int) -> bool:
        """Go on after the gap where it began."""
        self.position = max(self.sound.start, start - self.lag)
        self.lag = end - self.position
        return True

    def _jumps(self, recorded: Recorded) -> bool:
        """Go on nearby, if the sound is there."""
        pieces = self.sound.crisp[self.position : min(self.position + 2 * PIECE, self.sound.end)]
        start = self.lag + self.position - JUMP
        around = recorded.crisp(start, start + len(pieces) + 2 * JUMP)
        best = int(np.argmax(np.correlate(around, pieces, mode="valid")))
        if best == JUMP or _correlation(pieces, around[best : best + len(pieces)]) < SURE:
            return False
        self.lag += best - JUMP
        return True


def _level(piece: Audio) -> float:
    """Root mean square."""
    return float(np.sqrt(np.dot(piece, piece) / len(piece)))


def _correlation(one: Audio, other: Audio) -> float:
    """Normalised correlation at one place: 1 for the same wave at any loudness, 0 for silence."""
    energy = float(np.dot(one, one)) * float(np.dot(other, other))
    return float(np.dot(one, other)) / energy**0.5 if energy > 0 else 0.0
