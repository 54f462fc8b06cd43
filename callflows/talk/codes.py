"""The keys of a phone in a talk: what a host may ask for without a screen. Pure; the pauses are the driver's timer.

Each code begins with the star. An extension ends with the hash, or with a pause. What is no code is left alone: it
is for whatever machine is at the other end.
"""

from dataclasses import dataclass
from enum import Enum


class Code(Enum):
    """What a code asks for."""

    HAND_OVER = "2"
    CONSULT = "3"
    COMPLETE = "4"
    HOLD_OR_RESUME = "5"
    TAKE_BACK = "0"


WITH_EXTENSION = (Code.HAND_OVER, Code.CONSULT)
LONGEST = 8
"""Digits that an extension can have at most."""
PAUSE = 3.0
"""Seconds without a key after which an extension is complete."""


@dataclass(frozen=True, slots=True)
class Dialled:
    """A whole code; `extension` is empty where the code has none."""

    code: Code
    extension: str = ""


class Keys:
    """Collects one code after another."""

    def __init__(self) -> None:
        self._keys = ""

    @property
    def pending(self) -> bool:
        """Whether a code has begun that a pause may complete."""
        return bool(self._keys)

    def press(self, key: str) -> Dialled | None:
        """Take a key; the code that it completes, if it does."""
        if key == "*":
            self._keys = "*"
            return None
        if not self._keys:
            return None
        if key == "#":
            return self.pause()
        self._keys += key
        code = _code(self._keys)
        if code is None or len(self._keys) > 2 + LONGEST:
            self._keys = ""
            return None
        return None if code in WITH_EXTENSION else self._done(Dialled(code))

    def pause(self) -> Dialled | None:
        """Nothing was pressed for a while: the code that is complete by that."""
        code, extension = _code(self._keys), self._keys[2:]
        if code in WITH_EXTENSION and extension:
            return self._done(Dialled(code, extension))
        self._keys = ""
        return None

    def _done(self, dialled: Dialled) -> Dialled:
        self._keys = ""
        return dialled


def _code(keys: str) -> Code | None:
    try:
        return Code(keys[1:2])
    except ValueError:
        return None
