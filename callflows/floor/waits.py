"""How long callers will probably wait: an honest guess, or none (nobody is told a figure that we do not have)."""

from collections import deque

ENOUGH = 3
"""So many talks must be known before anything is said."""
REMEMBERED = 20


class Waits:
    """Remembers how long clerks were taken up by their latest callers, wrap-up included."""

    def __init__(self) -> None:
        self._seconds: deque[float] = deque(maxlen=REMEMBERED)

    def served(self, seconds: float) -> None:
        """A clerk is free again, so long after they took a caller."""
        self._seconds.append(seconds)

    def expected(self, *, position: int, clerks: int) -> float | None:
        """Seconds until the caller at this position is served by so many clerks; None if nothing is known.

        Little's law in its simplest form: everybody ahead, and whoever is being served, takes an average time.
        """
        if clerks == 0 or len(self._seconds) < ENOUGH:
            return None
        return position * (sum(self._seconds) / len(self._seconds)) / clerks
