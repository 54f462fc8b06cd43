"""Studio recordings: `<overrides>/<prompt name>.wav` is played instead of what the engine would say.

A Polish sentence is recorded there, one in another language in a folder of its own: `<overrides>/en/<prompt name>.wav`.

Beside it `<prompt name>.txt` notes the words that were read into the microphone; it is written when a
recording is first used, from the words of that moment. If a prompt's words change later, its recording no longer says
them: it is not played (a caller must not hear last year's hours), and `halo prompts check` names it until
somebody records it again, or deletes the note to confirm that the recording says the new words.
"""

import hashlib
import logging
import os
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from telephony.values import Words
from telephony.voice.engine import Samples
from telephony.voice.sound import read_wav

_log = logging.getLogger(__name__)
_SAFE = re.compile(r"(?:[a-z]{2,3}/)?\w[\w.-]*")
_HOME = "pl"


class Recorded(Enum):
    """Whether a recording says a prompt's words."""

    NONE = "none"
    CURRENT = "current"
    OLDER = "older"
    """It was recorded from other words."""
    UNREADABLE = "unreadable"
    """The file is no sound file."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that says the words: its file, and the hash of what is in it."""

    path: Path
    fingerprint: str


def recorded_as(words: Words) -> str:
    """The file of a recording of these words, without ".wav": `greeting`, in English `en/greeting`."""
    return words.name if words.language == _HOME else f"{words.language}/{words.name}"


def same_words(one: str, other: str) -> bool:
    """Whether two texts are read aloud alike: letters and digits count, signs and capitals do not."""
    return _heard(one) == _heard(other)


class Studio:
    """The folder of recordings. Files may come and go while the line is up."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.absolute() if folder is not None else None
        self._seen: dict[Path, tuple[tuple[int, int, int], str | None]] = {}
        self._noted: dict[Path, str] = {}
        self._path = lru_cache(maxsize=2048)(self._path_of)

    def recording(self, words: Words) -> Recording | None:
        """The recording of these words; None if there is none that says them. Notes the words at first use."""
        path = self._path(words)
        if path is None or self._standing(path, words) is not Recorded.CURRENT:
            return None
        fingerprint = self._fingerprint(path)
        if fingerprint is None:
            return None
        if self._note(path) is None:
            self._write_note(path, words.text)
        return Recording(path, fingerprint)

    def standing(self, words: Words) -> Recorded:
        """Whether there is a recording under this name, and whether it says these words."""
        path = self._path(words)
        return Recorded.NONE if path is None else self._standing(path, words)

    def _standing(self, path: Path, words: Words) -> Recorded:
        if not os.path.isfile(path):  # every sentence of every call asks: half of what Path.is_file takes
            return Recorded.NONE
        if self._fingerprint(path) is None:
            return Recorded.UNREADABLE
        note = self._note(path)
        return Recorded.CURRENT if note is None or same_words(note, words.text) else Recorded.OLDER

    def strangers(self, names: Collection[str]) -> tuple[Path, ...]:
        """Recordings that are none of these (`recorded_as`): misspelt, or of a prompt that is no more."""
        if self._folder is None:
            return ()
        wanted = {self._folder / f"{name}.wav" for name in names}
        found = sorted([*self._folder.glob("*.wav"), *self._folder.glob("*/*.wav")])
        return tuple(path for path in found if path not in wanted)

    def samples(self, recording: Recording) -> tuple[Samples, int]:
        """What is recorded. Raises ValueError if the file is no longer a sound file, OSError if it is gone."""
        return read_wav(recording.path.read_bytes())

    def _path_of(self, words: Words) -> Path | None:
        name = recorded_as(words)
        if self._folder is None or "/" in words.name or not _SAFE.fullmatch(name):
            return None
        return self._folder / f"{name}.wav"

    def _fingerprint(self, path: Path) -> str | None:
        """The hash of the file's content, None if it is no sound; read again only when the file changed."""
        try:
            stat = path.stat()
            state = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            known = self._seen.get(path)
            if known is not None and known[0] == state:
                return known[1]
            content = path.read_bytes()
        except OSError:
            return None
        try:
            read_wav(content)
            fingerprint: str | None = hashlib.sha256(content).hexdigest()
        except ValueError as error:
            _log.warning("recording %s is not played: %s", path.name, error)
            fingerprint = None
        self._seen[path] = (state, fingerprint)
        return fingerprint

    def _note(self, path: Path) -> str | None:
        try:
            return path.with_name(f"{path.stem}.txt").read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return self._noted.get(path)

    def _write_note(self, path: Path, text: str) -> None:
        note = path.with_name(f"{path.stem}.txt")
        passing = note.with_name(f".{note.name}.{os.getpid()}.part")
        try:
            passing.write_text(f"{text}\n", "utf-8")
            passing.replace(note)
        except OSError as error:
            self._noted[path] = text
            _log.warning("the words of recording %s could not be noted: %s", path.name, error.strerror)


def _heard(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
