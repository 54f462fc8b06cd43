"""A voice of noise: every text is a burst that no other text has, so a recording tells what was said."""

import hashlib
from pathlib import Path

import numpy as np

from telephony.values import Words
from telephony.voice.port import Clip, Source
from tests.phones.clipbook import Clipbook
from tests.phones.g711 import RATE, Codec, encode

SECONDS_PER_CHARACTER, SHORTEST = 0.04, 0.4
LEVEL = 3000
"""Root mean square of the noise: as loud as speech."""


class NoiseVoice:
    """The port `Voice`: writes `.alaw` files into a folder, and tells a clip book what they are."""

    def __init__(self, folder: Path, book: Clipbook) -> None:
        self._folder = folder
        self._book = book
        self.lost: set[str] = set()
        """Prompts whose files are not there."""

    async def clip(self, words: Words) -> Clip:
        """The clip for these words."""
        digest = hashlib.sha256(f"{words.name} {words.text}".encode()).digest()
        seconds = max(SHORTEST, SECONDS_PER_CHARACTER * len(words.text))
        path = self._folder / f"{words.name}-{digest.hex()[:12]}"
        if words.name in self.lost:
            return Clip(path.with_name("lost"), seconds, Source.SYNTHESISED)
        file = path.with_name(f"{path.name}.alaw")
        if not file.exists():
            dice = np.random.default_rng(int.from_bytes(digest[:8], "big"))
            noise = dice.standard_normal(round(seconds * RATE)) * LEVEL
            file.write_bytes(encode(np.clip(noise, -30000, 30000).astype(np.int16), Codec.PCMA))
        self._book.add_file(words.name, file, text=words.text)
        return Clip(path, seconds, Source.SYNTHESISED)
