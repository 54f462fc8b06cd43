"""A voice that tells the citizens' ears what its clips sound like."""

from pathlib import Path

from telephony.values import Words
from telephony.voice.port import Clip, Voice
from tests.phones.clipbook import Clipbook


class NotedVoice:
    """Any voice; each clip it gives is written into the clip book under its prompt's name.

    Names are noted, whether a clip was *heard* is decided by the recording alone.
    """

    def __init__(self, voice: Voice, book: Clipbook) -> None:
        self._voice = voice
        self._book = book
        self._noted: set[tuple[str, Path]] = set()
        self._lost: set[str] = set()

    def loses(self, prompt: str) -> None:
        """The files of this prompt vanish from the disk, each time after they were asked for."""
        self._lost.add(prompt)

    async def clip(self, words: Words) -> Clip:
        """The clip of the voice inside."""
        clip = await self._voice.clip(words)
        if (words.name, clip.path) not in self._noted:
            self._noted.add((words.name, clip.path))
            self._book.add_file(words.name, clip.path, text=words.text)
        if words.name in self._lost:
            for suffix in (".alaw", ".sln16"):
                clip.path.with_suffix(suffix).unlink(missing_ok=True)
        return clip
