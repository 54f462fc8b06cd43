"""Who speaks a language: an engine, with the voice and the pace in which it does."""

import unicodedata
from dataclasses import dataclass

from telephony.voice.engine import Samples, TTSEngine, VoiceRefused


@dataclass(frozen=True, slots=True)
class Narrator:
    """One engine in one of its voices; `rate` 1.0 is the voice's normal pace."""

    engine: TTSEngine
    voice: str
    rate: float = 1.0

    @property
    def manner(self) -> str:
        """All that the sound of a text depends on besides the text."""
        return f"{self.engine.id} {self.engine.version}, {self.voice}, rate {self.rate:g}"

    def speak(self, text: str) -> tuple[Samples, int]:
        """Samples and their rate in Hz. Raises as `TTSEngine.synth`."""
        return self.engine.synth(normal(text), self.voice, self.rate)


def narrator(engine: TTSEngine, voice: str | None = None, rate: float = 1.0) -> Narrator:
    """The engine in that voice, or in its first one. Raises VoiceRefused if it has no such voice."""
    if voice is not None and voice not in engine.voices:
        raise VoiceRefused(f"{engine.id} has no voice {voice}; it has {', '.join(engine.voices)}")
    return Narrator(engine, voice or engine.voices[0], rate)


def normal(text: str) -> str:
    """The text in one way of writing it: signs composed, spaces single."""
    return " ".join(unicodedata.normalize("NFC", text).split())
