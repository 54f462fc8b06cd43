"""A voice of noise: clips that are exactly as long as a test wants, made without any engine."""

from pathlib import Path

import numpy as np

from telephony.values import PromptName, Words
from telephony.voice.port import Clip, Source


class NoiseVoice:
    """The port `Voice`: noise, as long as the words' text says in seconds."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._dice = np.random.default_rng(1)

    async def clip(self, words: Words) -> Clip:
        """The clip, made now."""
        seconds = float(words.text)
        path = self._directory / f"{words.name}-{words.text.replace('.', '_')}"
        noise = self._dice.integers(0, 256, round(8000 * seconds), dtype=np.uint8)
        path.with_suffix(".alaw").write_bytes(noise.tobytes())
        return Clip(path, seconds, Source.SYNTHESISED)


def noise(name: str, seconds: float) -> Words:
    """Words for a `NoiseVoice`."""
    return Words(PromptName(name), str(seconds))
