"""Which engine speaks on this machine: the one that was asked for, or the best that is installed."""

import logging
from collections.abc import Callable
from pathlib import Path

from telephony.errors import NoVoice
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import TTSEngine, VoiceRefused
from telephony.voice.espeak import Espeak
from telephony.voice.narrator import Narrator, narrator
from telephony.voice.rhvoice import RHVoice
from telephony.voice.silent import Silent
from telephony.voice.tongues import ENGLISH, POLISH, Tongue, why_not

_log = logging.getLogger(__name__)

_EMERGENCY_PATIENCE = 1.0
"""Seconds that a caller waits for the emergency voice, after waiting for the other one."""

Starts = Callable[[Tongue], TTSEngine]
"""Starts an engine for a language. Raises NoVoice if it is not installed."""


def choose_engine(
    engine: str = "auto",
    voice: str = POLISH.voices[0],
    tongue: Tongue = POLISH,
    *,
    best: Starts = RHVoice,
    emergency: Starts = Espeak,
) -> tuple[TTSEngine, str]:
    """Start the engine for a language and choose the voice that it will speak with.

    "auto" takes the best engine (RHVoice), and the emergency one with a warning where that is not installed.
    Raises NoVoice if the engine asked for is not there, VoiceRefused if the voice must not or cannot speak.
    """
    if voice in tongue.refused:
        raise VoiceRefused(why_not(voice, tongue, tongue.voices))
    if engine == "silent":
        return _with_its_first_voice(Silent())
    if engine == "espeak":
        return _with_its_first_voice(emergency(tongue))
    if engine not in ("auto", "rhvoice"):
        raise NoVoice(f"there is no engine {engine}")
    try:
        speaker = best(tongue)
    except NoVoice as missing:
        if engine == "rhvoice":
            raise
        _log.warning("%s; the emergency voice speaks instead, which few callers understand well", missing)
        return _with_its_first_voice(emergency(tongue))
    if voice not in speaker.voices:
        speaker.close()
        raise VoiceRefused(why_not(voice, tongue, speaker.voices))
    return speaker, voice


def choose_english(
    engine: str,
    voice: str = ENGLISH.voices[0],
    *,
    rate: float = 1.0,
    best: Starts = RHVoice,
    emergency: Starts = Espeak,
) -> dict[str, Narrator]:
    """Who speaks English, by language; nobody if no engine can, and then the Polish voice does what it can.

    A line without an English voice is better than no line, so a missing one is only warned of, whatever
    engine was asked for. Raises VoiceRefused if the voice must not or cannot speak.
    """
    wanted = "auto" if engine == "rhvoice" else engine
    try:
        speaker, name = choose_engine(wanted, voice, ENGLISH, best=best, emergency=emergency)
    except NoVoice as missing:
        _log.warning("%s; the Polish voice reads the English sentences", missing)
        return {}
    return {ENGLISH.code: narrator(speaker, name, rate)}


def open_voice(
    cache: Path, overrides: Path | None, *, engine: str, voice: str, rate: float, english: str = ""
) -> CachedVoice:
    """The line's voice as the settings want it; without a voice for English, it has none. Raises as `choose_engine`.

    Where the best engine speaks, the emergency one stands by for the sentences that it cannot say in time.
    """
    speaker, name = choose_engine(engine, voice)
    try:
        others = choose_english(engine, english, rate=rate) if english else {}
    except VoiceRefused:
        speaker.close()
        raise
    stands_by = open_emergency(cache) if speaker.id == RHVoice.id else None
    return CachedVoice(cache, overrides, speaker, voice=name, rate=rate, others=others, emergency=stands_by)


def open_emergency(cache: Path, emergency: Starts = Espeak) -> CachedVoice | None:
    """A voice that says what the line's own cannot say in time; None where its engine is not installed."""
    try:
        polish, english = emergency(POLISH), narrator(emergency(ENGLISH))
    except NoVoice as missing:
        _log.warning(
            "%s; while the voice hangs, callers miss the sentences that are not rendered yet", missing
        )
        return None
    return CachedVoice(cache, None, polish, others={ENGLISH.code: english}, patience=_EMERGENCY_PATIENCE)


def _with_its_first_voice(engine: TTSEngine) -> tuple[TTSEngine, str]:
    return engine, engine.voices[0]
