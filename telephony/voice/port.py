"""What the telephone needs from a voice: a clip on disk for some words."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from telephony.values import Words


class Source(Enum):
    """Where a clip comes from."""

    RECORDED = "recorded"
    """A studio recording, by name."""
    SYNTHESISED = "synthesised"


@dataclass(frozen=True, slots=True)
class Clip:
    """Audio on disk: `path` without extension (`.alaw` 8 kHz and `.sln16` 16 kHz stand beside each other)."""

    path: Path
    seconds: float
    source: Source


class Voice(Protocol):
    """Turns words into clips; quick when cached, about 70 ms for a new sentence."""

    async def clip(self, words: Words) -> Clip:
        """The clip for these words, rendered now if need be. Raises `telephony.errors.NoVoice`."""
