"""Which engine speaks on this machine: the one that was asked for, or the best that is installed."""

import logging
from collections.abc import Callable
from pathlib import Path

from telephony.errors import NoVoice
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import TTSEngine, VoiceRefused
from telephony.voice.espeak import Espeak
from telephony.voice.rhvoice import REFUSED, RHVoice, why_not
from telephony.voice.rhvoice import VOICES as RHVOICE_VOICES
from telephony.voice.silent import Silent

_log = logging.getLogger(__name__)


def choose_engine(
    engine: str = "auto",
    voice: str = RHVOICE_VOICES[0],
    *,
    best: Callable[[], TTSEngine] = RHVoice,
    emergency: Callable[[], TTSEngine] = Espeak,
) -> tuple[TTSEngine, str]:
    """Start the engine and choose the voice that it will speak with.

    "auto" takes the best engine (RHVoice), and the emergency one with a warning where that is not installed.
    Raises NoVoice if the engine asked for is not there, VoiceRefused if the voice must not or cannot speak.
    """
    if voice in REFUSED:
        raise VoiceRefused(why_not(voice, RHVOICE_VOICES))
    if engine == "silent":
        return _with_its_first_voice(Silent())
    if engine == "espeak":
        return _with_its_first_voice(emergency())
    if engine not in ("auto", "rhvoice"):
        raise NoVoice(f"there is no engine {engine}")
    try:
        speaker = best()
    except NoVoice as missing:
        if engine == "rhvoice":
            raise
        _log.warning("%s; the emergency voice speaks instead, which few callers understand well", missing)
        return _with_its_first_voice(emergency())
    if voice not in speaker.voices:
        speaker.close()
        raise VoiceRefused(why_not(voice, speaker.voices))
    return speaker, voice


def open_voice(cache: Path, overrides: Path | None, *, engine: str, voice: str, rate: float) -> CachedVoice:
    """The line's voice as the settings want it. Raises as `choose_engine`."""
    speaker, name = choose_engine(engine, voice)
    return CachedVoice(cache, overrides, speaker, voice=name, rate=rate)


def _with_its_first_voice(engine: TTSEngine) -> tuple[TTSEngine, str]:
    return engine, engine.voices[0]
