"""The few prompts that Asterisk plays by itself while the service is away: rendered once, kept with its dialplan.

Their words stand in `texts.tsv` beside them, a name and a text on each line.
"""

import os
import re
from pathlib import Path

from telephony.voice.rhvoice import RHVoice
from telephony.voice.sound import prepare
from telephony.voice.tongues import POLISH

TEXTS = "texts.tsv"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def texts_in(folder: Path) -> dict[str, str]:
    """The prompts' names and words. Raises ValueError with one sentence if a line is wrong, OSError without a file."""
    texts: dict[str, str] = {}
    for number, line in enumerate((folder / TEXTS).read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        name, _, text = line.partition("\t")
        if not _NAME.fullmatch(name) or not text.strip():
            raise ValueError(f"{TEXTS}, line {number}: a name, a tab and the words are wanted")
        texts[name] = text.strip()
    return texts


def render_emergency(folder: Path) -> tuple[Path, ...]:
    """Write `<name>.alaw` for every text, in the voice of the public domain. Raises NoVoice, or as `texts_in`."""
    texts = texts_in(folder)
    engine = RHVoice()
    try:
        return tuple(_write(folder / f"{name}.alaw", engine, text) for name, text in texts.items())
    finally:
        engine.close()


def _write(path: Path, engine: RHVoice, text: str) -> Path:
    audio = prepare(*engine.synth(text, POLISH.voices[0], 1.0))
    passing = path.with_name(f".{path.name}.{os.getpid()}.part")
    passing.write_bytes(audio.alaw)
    passing.chmod(0o644)
    return passing.replace(path)
