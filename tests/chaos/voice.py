"""The voice of a service in another process: quick chirps, and a file that tells the listeners how each sounds.

Some prompts are spoken at length, so that a fault can strike in the middle of them.
"""

import json
from pathlib import Path

import numpy as np

from telephony.values import Words
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import Samples
from telephony.voice.port import Clip
from tests.fakes.chirps import RATE, ChirpEngine, burst
from tests.phones.clipbook import Clipbook, Heads

LENGTHY = ("greeting", "whisper", "introduction", "number.", "callback.yours", "callback.promised")
"""Prompts that begin so take a second and more."""
BURSTS = 7
"""So many chirps in a row make a lengthy prompt."""


class LongChirpEngine(ChirpEngine):
    """Says every text as several bursts, none of which any other text has."""

    id = "long-chirps"

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Give the text's bursts, one after another."""
        self.spoken.append(text)
        return np.concatenate([burst(f"{text} {number}") for number in range(BURSTS)]), RATE


class TellingVoice:
    """Speaks in chirps, and writes down what each clip is before anybody can hear it."""

    def __init__(self, clips: Path, book: Path) -> None:
        self._short = CachedVoice(clips / "short", None, ChirpEngine())
        self._long = CachedVoice(clips / "long", None, LongChirpEngine())
        self._book = book
        self._told: set[tuple[str, Path]] = set()

    async def clip(self, words: Words) -> Clip:
        """The clip for these words; a line of the book says what it is."""
        lengthy = words.name.startswith(LENGTHY) and words.name != "whisper.keys"
        clip = await (self._long if lengthy else self._short).clip(words)
        if (words.name, clip.path) not in self._told:
            self._told.add((words.name, clip.path))
            line = json.dumps({"prompt": words.name, "path": str(clip.path), "text": words.text})
            with self._book.open("a", encoding="utf-8") as book:
                book.write(line + "\n")
        return clip

    def close(self) -> None:
        """Let the engines go."""
        self._short.close()
        self._long.close()


class ToldBook(Clipbook):
    """A clip book that reads what a `TellingVoice` has written, each time somebody listens."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._read = 0

    def heads(self) -> list[Heads]:
        """The heads of all sounds that were told of until now."""
        if self._path.exists():
            with self._path.open("rb") as lines:
                lines.seek(self._read)
                for line in lines:
                    if not line.endswith(b"\n"):
                        break  # it is being written just now
                    self._read += len(line)
                    told = json.loads(line)
                    self.add_file(told["prompt"], Path(told["path"]), text=told["text"])
        return super().heads()
