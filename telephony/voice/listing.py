"""Where every prompt stands: recorded, synthesised, recorded from older words, or missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from telephony.values import Words
from telephony.voice.cached import CachedVoice
from telephony.voice.port import Clip
from telephony.voice.studio import Recorded, recorded_as


class Standing(Enum):
    """Where a prompt stands, in the words that the administrator reads."""

    RECORDED = "recorded"
    SYNTHESISED = "synthesised"
    OLDER = "recorded from an older text"
    """The recording is not played; what the engine says is."""
    UNREADABLE = "recording unreadable"
    """The file is no sound; what the engine says is played."""
    MISSING = "missing"
    """No clip is there: the first caller to need it waits, or hears nothing."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One prompt: its words, where it stands, and the clip that would be played now."""

    words: Words
    standing: Standing
    clip: Clip | None

    @property
    def name(self) -> str:
        """The prompt's name, and its language before it unless it is Polish: `en/greeting`."""
        return recorded_as(self.words)

    @property
    def seconds(self) -> float | None:
        """How long it plays; None if it is missing."""
        return self.clip.seconds if self.clip is not None else None


def survey(voice: CachedVoice, prompts: Iterable[Words]) -> tuple[Listed, ...]:
    """Look at every prompt without rendering any."""
    return tuple(_listed(voice, words) for words in prompts)


def _listed(voice: CachedVoice, words: Words) -> Listed:
    recorded, clip = voice.studio.standing(words), voice.ready(words)
    if clip is None:
        return Listed(words, Standing.MISSING, None)
    standing = {
        Recorded.NONE: Standing.SYNTHESISED,
        Recorded.CURRENT: Standing.RECORDED,
        Recorded.OLDER: Standing.OLDER,
        Recorded.UNREADABLE: Standing.UNREADABLE,
    }[recorded]
    return Listed(words, standing, clip)
