"""espeak-ng, the emergency: installable everywhere and understood by few (27 % of characters wrong).

A process for each sentence (13 ms), fed through its stdin, so no text can become an option.
"""

import shutil
import subprocess

from telephony.errors import NoVoice
from telephony.voice.engine import Samples, VoiceRefused
from telephony.voice.sound import read_wav
from telephony.voice.tongues import POLISH, Tongue

_WORDS_PER_MINUTE = 150


class Espeak:
    """Speaks one language by the `espeak-ng` program, which has a voice of the same name for each."""

    id = "espeak"

    def __init__(self, tongue: Tongue = POLISH, *, sentence_within: float = 15.0) -> None:
        """Find the program. Raises NoVoice if it is not installed."""
        self.voices = (tongue.code,)
        program = shutil.which("espeak-ng")
        if program is None:
            raise NoVoice("espeak-ng is not installed")
        self._program = program
        self._within = sentence_within
        self._closed = False
        try:
            told = self._run(["--version"], "")
        except NoVoice:
            raise NoVoice("espeak-ng does not start") from None
        self._version = told.decode(errors="replace").split("Data at")[0].rpartition(":")[2].strip()

    @property
    def version(self) -> str:
        """The program's version."""
        return self._version

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Speak the whole text; the program makes its own pauses."""
        if voice not in self.voices:
            raise VoiceRefused(f"espeak-ng has no voice {voice} here; use one of {', '.join(self.voices)}")
        if self._closed:
            raise NoVoice("espeak-ng has been closed")
        speed = str(round(_WORDS_PER_MINUTE * rate))
        content = self._run(["-v", voice, "-s", speed, "-b", "1", "--stdin", "--stdout"], text)
        try:
            return read_wav(content)
        except ValueError:
            raise NoVoice("espeak-ng made no sound of this text") from None

    def close(self) -> None:
        """Speak no more."""
        self._closed = True

    def _run(self, options: list[str], text: str) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - the program found on the path, our own options
                [self._program, *options],
                input=text.encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._within,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NoVoice(f"espeak-ng cannot speak this: {error}") from None
        return done.stdout
