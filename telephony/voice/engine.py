"""What a speech engine is: text in, samples out. Which engine speaks is a setting; nothing else knows it."""

from typing import Protocol

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
"""Mono, signed 16 bit."""


class VoiceRefused(ValueError):
    """A voice that this engine does not have, or that its licence keeps out of a product."""


class TTSEngine(Protocol):
    """Turns words into sound. Called from worker threads, one text at a time or several."""

    @property
    def id(self) -> str:
        """The engine's short name ("rhvoice")."""

    @property
    def version(self) -> str:
        """Changes whenever the same text would sound different: version of engine, voices, dictionary."""

    @property
    def voices(self) -> tuple[str, ...]:
        """The voices it may use, the default one first."""

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Speak `text`; `rate` 1.0 is the voice's normal pace, 1.4 is faster. Returns samples and their rate in Hz.

        The same text gives the same samples, always. Raises `telephony.errors.NoVoice` if it cannot speak,
        VoiceRefused if the voice is none of `voices`.
        """

    def close(self) -> None:
        """Let go of processes and memory. Idempotent; `synth` afterwards raises NoVoice."""
