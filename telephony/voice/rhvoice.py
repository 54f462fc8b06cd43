"""RHVoice, the line's default engine: Polish voices that a citizen understands over the telephone.

About 1 % of characters wrong when a recogniser listens (espeak-ng: 27 %), 70 ms for a 4 s sentence. Debian has
it as `librhvoice5` and `rhvoice-polish` (bookworm-backports, non-free: trained voices, free to use).
"""

import hashlib
import threading
from pathlib import Path

import numpy as np

from telephony.errors import NoVoice
from telephony.voice.engine import Samples, VoiceRefused
from telephony.voice.phrases import phrases
from telephony.voice.sound import silence, trimmed
from telephony.voice.worker import Worker, WorkerLost

VOICES = ("Natan", "Alicja", "Michal", "Magda")
"""The voices we may use: Natan and Michal are in the public domain, Alicja and Magda are CC-BY-4.0."""

REFUSED = {"Cezary": "its licence (CC-BY-NC-ND-4.0) forbids commercial use and changed sound"}
"""Voices that the package installs too, and that must not speak on a hall's line."""

_HERE = Path(__file__).parent
_CONFIG = _HERE / "rhvoice"
DICTIONARY = _CONFIG / "dicts" / "Polish" / "halo.txt"
"""How the voice says words that it would get wrong; the syntax is RHVoice's user dictionary."""


class RHVoice:
    """Speaks through a process of its own (`rhvoice_worker`), started again if it should die."""

    id = "rhvoice"

    def __init__(self, *, sentence_within: float = 15.0) -> None:
        """Start the process. Raises NoVoice if RHVoice or its Polish voices are not installed."""
        self._within = sentence_within
        self._lock = threading.Lock()
        self._closed = False
        self._worker: Worker | None = self._start()
        installed = self._worker.hello["voices"]
        self._voices = tuple(voice for voice in VOICES if voice in installed)
        if not self._voices:
            self.close()
            raise NoVoice("RHVoice has no Polish voice here: install rhvoice-polish")
        revisions = ",".join(f"{voice}={installed[voice]}" for voice in self._voices)
        dictionary = hashlib.sha256(DICTIONARY.read_bytes()).hexdigest()[:16]
        self._version = f"{self._worker.hello['version']} {revisions} {dictionary}"

    @property
    def process(self) -> int | None:
        """The id of the process that speaks now; None while there is none."""
        return self._worker.pid if self._worker is not None else None

    @property
    def version(self) -> str:
        """The library's version, the revision of each voice, the hash of our dictionary."""
        return self._version

    @property
    def voices(self) -> tuple[str, ...]:
        """The allowed voices that are installed; Natan first."""
        return self._voices

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Speak phrase by phrase, with pauses that people can follow between them."""
        if voice not in self._voices:
            raise VoiceRefused(why_not(voice, self._voices))
        pieces: list[Samples] = []
        hertz = 0
        for phrase in phrases(text):
            samples, hertz = self._phrase(phrase.text, voice, rate)
            quiet = trimmed(samples.astype(np.float64) / 32768.0, hertz)
            pieces.append(np.rint(quiet * 32768.0).astype(np.int16))
            pieces.append(silence(phrase.pause / rate, hertz).astype(np.int16))
        if not pieces:
            raise NoVoice("there is nothing to speak in this text")
        return np.concatenate(pieces), hertz

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._closed = True
            self._end()

    def _phrase(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        request = {"text": text, "voice": voice, "rate": rate}
        with self._lock:
            for last_try in (False, True):
                if self._closed:
                    raise NoVoice("RHVoice has been closed")
                self._worker = self._worker or self._start()
                try:
                    header, content = self._worker.ask(request, self._within)
                except WorkerLost as lost:
                    self._end()
                    if last_try:
                        raise NoVoice(f"RHVoice cannot speak this: {lost}") from None
                else:
                    break
        if "error" in header:
            raise NoVoice(f"RHVoice cannot speak this: {header['error']}")
        return np.frombuffer(content, dtype=np.int16), int(header["rate"])

    def _start(self) -> Worker:
        try:
            worker = Worker([str(_HERE / "rhvoice_worker.py"), str(_CONFIG)])
        except (OSError, WorkerLost) as error:
            raise NoVoice(f"RHVoice does not start: {error}") from None
        if "error" in worker.hello:
            worker.close()
            raise NoVoice(f"RHVoice does not start: {worker.hello['error']}")
        return worker

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def why_not(voice: str, installed: tuple[str, ...]) -> str:
    """One sentence for the administrator on why that voice does not speak."""
    if voice in REFUSED:
        return f"the voice {voice} is refused: {REFUSED[voice]}; use one of {', '.join(installed)}"
    return f"RHVoice has no voice {voice} here; use one of {', '.join(installed)}"
