"""What a call was from outside: what the phones heard and when. Values only; nothing of the service in them.

All moments are seconds since the story began: since the citizen dialled, or a clerk before them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What sort of sound a phone heard."""

    LINE = "line"
    """A prompt of the line, recognised by correlation."""
    PERSON = "person"
    """The other party: a sentence recognised by correlation."""
    MUSIC = "music"
    """The hold music, recognised by correlation."""
    UNKNOWN = "unknown"
    """Loud, and nothing that we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """One sound in a recording, from `at` to `until`; `whole` unless it was cut."""

    kind: Kind
    name: str
    at: float
    until: float
    text: str = ""
    whole: bool = True


class PutDown(Enum):
    """Who ended the citizen's call."""

    CITIZEN = "citizen"
    LINE = "line"
    NOBODY = "nobody"
    """It was still up when the demo gave up on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSide:
    """One colleague's phone. None: it never happened."""

    rang: float | None = None
    answered: float | None = None
    stopped: float | None = None
    """When it stopped ringing, or the talk at it ended."""
    sounds: tuple[Sound, ...] = ()
    told: tuple[str, ...] = ()
    """How a transfer by its own key went, as it was told (NOTIFY): "100 Trying", "200 OK"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that the phones of one call noticed, by the citizen's phone and by the colleagues' (by extension)."""

    dialled: float = 0.0
    answered: float | None = None
    ended: float | None = None
    put_down: PutDown = PutDown.NOBODY
    sounds: tuple[Sound, ...] = ()
    phones: Mapping[str, PhoneSide] = field(default_factory=dict)

    def phone(self, extension: str) -> PhoneSide:
        """A colleague's phone; one that noticed nothing if it took no part."""
        return self.phones.get(extension, PhoneSide())
