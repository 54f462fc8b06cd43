"""RHVoice, the line's default engine: voices that a citizen understands over the telephone.

About 1 % of characters wrong when a recogniser listens (espeak-ng: 27 %), 70 ms for a 4 s sentence. Debian has
it as `librhvoice5`, `rhvoice-polish` and `rhvoice-english` (bookworm-backports, non-free: trained voices, free to use).
An engine speaks one language; each has processes of its own.
"""

import contextlib
import hashlib
import queue
import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np

from telephony.errors import NoVoice
from telephony.voice.engine import Samples, VoiceRefused
from telephony.voice.phrases import phrases
from telephony.voice.sound import silence, trimmed
from telephony.voice.tongues import CONFIG, POLISH, Tongue, why_not
from telephony.voice.worker import Worker, WorkerLost

_WORKER = Path(__file__).with_name("rhvoice_worker.py")

_CLOSING = 3.0
"""Seconds that a process has to finish its phrase when the engine is closed."""
_REMEMBERED = 128
"""Phrases kept in memory: 3 s each on average, 20 MB in all."""

_Spoken = tuple[str, str, float]
"""Text, voice and rate of a phrase."""


class RHVoice:
    """Speaks through processes of its own (`rhvoice_worker`), started when needed, and again if one dies."""

    id = "rhvoice"

    def __init__(self, tongue: Tongue = POLISH, *, sentence_within: float = 15.0, processes: int = 2) -> None:
        """Start a process. Raises NoVoice if RHVoice or its voices of this language are not installed."""
        self._tongue = tongue
        self._within = sentence_within
        self._processes = processes
        self._closed = False
        self._remembered = _Remembered()
        self._slots: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(processes - 1):
            self._slots.put(None)  # started when two sentences are wanted at once
        first = _start()
        self._slots.put(first)
        installed = first.hello["voices"]
        self._voices = tuple(voice for voice in tongue.voices if voice in installed)
        if not self._voices:
            self.close()
            raise NoVoice(f"RHVoice has no {tongue.name} voice here: install {tongue.package}")
        revisions = ",".join(f"{voice}={installed[voice]}" for voice in self._voices)
        self._version = f"{first.hello['version']} {revisions} {_dictionary_of(tongue)}".rstrip()

    @property
    def version(self) -> str:
        """The library's version, the revision of each voice, the hash of our dictionary."""
        return self._version

    @property
    def voices(self) -> tuple[str, ...]:
        """The allowed voices that are installed, in the order of our choice."""
        return self._voices

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Speak phrase by phrase, with pauses that people can follow between them."""
        if voice not in self._voices:
            raise VoiceRefused(why_not(voice, self._tongue, self._voices))
        pieces: list[Samples] = []
        hertz = 0
        for phrase in phrases(text):
            samples, hertz = self._phrase(phrase.text, voice, rate)
            pieces += [samples, silence(phrase.pause / rate, hertz).astype(np.int16)]
        if not pieces:
            raise NoVoice("there is nothing to speak in this text")
        return np.concatenate(pieces), hertz

    def close(self) -> None:
        """End the processes, after the phrases that they are at; one that hangs ends with the service itself."""
        self._closed = True
        free: list[Worker | None] = []
        with contextlib.suppress(queue.Empty):
            while len(free) < self._processes:
                free.append(self._slots.get(timeout=_CLOSING))
        for worker in free:
            if worker is not None:
                worker.close()
            self._slots.put(None)

    def _phrase(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """One phrase, trimmed."""
        known = self._remembered.get((text, voice, rate))
        if known is not None:
            return known
        raw, hertz = self._ask({"text": text, "voice": voice, "rate": rate})
        quiet = trimmed(raw.astype(np.float64) / 32768.0, hertz)
        spoken = np.rint(quiet * 32768.0).astype(np.int16), hertz
        self._remembered.put((text, voice, rate), spoken)
        return spoken

    def _ask(self, request: dict[str, object]) -> tuple[Samples, int]:
        """Have a process that is free speak; one that is lost is replaced, once."""
        worker = self._slots.get()
        try:
            for last_try in (False, True):
                if self._closed:
                    raise NoVoice("RHVoice has been closed")
                worker = worker or _start()
                try:
                    header, content = worker.ask(request, self._within)
                    break
                except WorkerLost as lost:
                    worker.close()
                    worker = None
                    if last_try:
                        raise NoVoice(f"RHVoice cannot speak this: {lost}") from None
        finally:
            self._slots.put(worker)
        if "error" in header:
            raise NoVoice(f"RHVoice cannot speak this: {header['error']}")
        return np.frombuffer(content, dtype=np.int16), int(header["rate"])


class _Remembered:
    """The phrases spoken last: sentences share many ("Proszę czekać.")."""

    def __init__(self) -> None:
        self._spoken: OrderedDict[_Spoken, tuple[Samples, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, phrase: _Spoken) -> tuple[Samples, int] | None:
        """What was spoken, if it is remembered."""
        with self._lock:
            if phrase in self._spoken:
                self._spoken.move_to_end(phrase)
            return self._spoken.get(phrase)

    def put(self, phrase: _Spoken, spoken: tuple[Samples, int]) -> None:
        """Remember it, and forget the one that was not wanted for longest."""
        with self._lock:
            self._spoken[phrase] = spoken
            if len(self._spoken) > _REMEMBERED:
                self._spoken.popitem(last=False)


def _start() -> Worker:
    try:
        worker = Worker([str(_WORKER), str(CONFIG)])
    except (OSError, WorkerLost) as error:
        raise NoVoice(f"RHVoice does not start: {error}") from None
    if "error" in worker.hello:
        worker.close()
        raise NoVoice(f"RHVoice does not start: {worker.hello['error']}")
    return worker


def _dictionary_of(tongue: Tongue) -> str:
    """The hash of our dictionary for it; nothing if we have none."""
    if not tongue.dictionary.exists():
        return ""
    return hashlib.sha256(tongue.dictionary.read_bytes()).hexdigest()[:16]
