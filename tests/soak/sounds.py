"""Every sound of the soak, known by its packets: what Asterisk passes through untouched arrives bit for bit.

So no correlation is needed: one look into a dictionary for each packet says which prompt it belongs to, or who
speaks. Packets of silence, and those that two prompts share, tell nothing.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from callflows.prompts.everything import everything
from directory.model import Hall
from telephony.values import Words
from telephony.voice.cached import CachedVoice
from tests.phones.g711 import PACKET

Sounds = dict[bytes, str]
"""Payload to what it is: a prompt's name, or `VOICE` and who speaks."""

VOICE = "voice:"
CALLER = f"{VOICE}c"
"""Whose voice begins so is a citizen."""


def voice_of(who: int) -> bytes:
    """The packet that somebody sends again and again: nobody else's, and no silence."""
    return bytes((1 + who % 101, 1 + who // 101 % 101, 1 + who // 10201 % 101, 107)) * (PACKET // 4)


def rendered(voice: CachedVoice, hall: Hall) -> Sounds:
    """Speak ahead of time all that can be, as `halo prompts render` does, and know it again."""
    known: Sounds = {}
    for name, path in _clips(voice, everything(hall)):
        content = path.with_suffix(".alaw").read_bytes()
        for start in range(0, len(content) - PACKET + 1, PACKET):
            packet = content[start : start + PACKET]
            if len(set(packet)) > 8:
                known[packet] = name if known.get(packet, name) == name else ""
    return {packet: name for packet, name in known.items() if name}


def _clips(voice: CachedVoice, words: Iterable[Words]) -> Iterator[tuple[str, Path]]:
    for each in words:
        yield each.name, voice.render(each).path
