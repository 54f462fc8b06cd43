"""Which engine speaks on this machine: the one that was asked for, or the best that is installed."""

import logging
from pathlib import Path

from telephony.errors import NoVoice
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import TTSEngine, VoiceRefused
from telephony.voice.espeak import Espeak
from telephony.voice.rhvoice import REFUSED, RHVoice, why_not
from telephony.voice.rhvoice import VOICES as RHVOICE_VOICES
from telephony.voice.silent import Silent

_log = logging.getLogger(__name__)


def choose_engine(engine: str = "auto", voice: str = RHVOICE_VOICES[0]) -> tuple[TTSEngine, str]:
    """Start the engine and choose the voice that it will speak with.

    "auto" takes RHVoice, and espeak-ng with a warning where RHVoice is not installed. Raises NoVoice if the
    engine asked for is not there, VoiceRefused if the voice must not or cannot speak.
    """
    if voice in REFUSED:
        raise VoiceRefused(why_not(voice, RHVOICE_VOICES))
    if engine == "silent":
        return Silent(), Silent.voices[0]
    if engine == "espeak":
        return Espeak(), Espeak.voices[0]
    if engine not in ("auto", "rhvoice"):
        raise NoVoice(f"there is no engine {engine}")
    try:
        rhvoice = RHVoice()
    except NoVoice as missing:
        if engine == "rhvoice":
            raise
        espeak = Espeak()
        _log.warning("%s; the emergency voice espeak-ng speaks, which few callers understand well", missing)
        return espeak, Espeak.voices[0]
    if voice not in rhvoice.voices:
        rhvoice.close()
        raise VoiceRefused(why_not(voice, rhvoice.voices))
    return rhvoice, voice


def open_voice(cache: Path, overrides: Path | None, *, engine: str, voice: str, rate: float) -> CachedVoice:
    """The line's voice as the settings want it. Raises as `choose_engine`."""
    speaker, name = choose_engine(engine, voice)
    return CachedVoice(cache, overrides, speaker, voice=name, rate=rate)
