"""An engine that says nothing, at the length of speech: for machines without a voice, and for measuring."""

import numpy as np

from telephony.voice.engine import Samples, VoiceRefused
from telephony.voice.sound import silence

_CHARACTERS_PER_SECOND = 14.0


class Silent:
    """Silence, one second for every 14 characters."""

    id = "silent"
    version = "1"
    voices = ("silence",)

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Be silent for as long as a person would speak."""
        if voice not in self.voices:
            raise VoiceRefused(f"the silent engine has no voice {voice}")
        return silence(len(text) / _CHARACTERS_PER_SECOND / rate, 8000).astype(np.int16), 8000

    def close(self) -> None:
        """Nothing to let go of."""
