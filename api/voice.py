"""The line's voice as the settings want it: one way to open it, for the service, the doctor and `halo prompts`."""

from api.settings import Settings
from telephony.voice.cached import CachedVoice
from telephony.voice.choose import open_voice


def voice_of(settings: Settings) -> CachedVoice:
    """Start the engine, which takes a moment; whoever opens the voice closes it.

    Raises NoVoice, VoiceRefused, or OSError for a folder that cannot be used.
    """
    wanted = settings.voice
    return open_voice(
        settings.voice_cache,
        settings.voice_overrides,
        engine=wanted.engine,
        voice=wanted.voice,
        rate=wanted.rate,
        english=wanted.english,
    )
