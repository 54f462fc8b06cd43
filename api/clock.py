"""The time of day: the system's, or one that a demonstration sets.

Both keep the port `callflows.ports.Clock`. Only what is *said* and *promised* follows the clock (office
hours, due times); how long a phone rings is measured by the event loop.
"""

import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from api.settings.model import HOME_ZONE


class SystemClock:
    """The machine's clock, read in the hall's time zone."""

    def __init__(self, zone: ZoneInfo = HOME_ZONE) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """The present, timezone-aware."""
        return datetime.now(self._zone)


class SetClock:
    """A clock that stood at `start` when it was made, and runs on from there at the usual pace.

    Raises ValueError if `start` has no time zone: half of a moment is not a moment.
    """

    def __init__(self, start: datetime, *, elapsed: Callable[[], float] = time.monotonic) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock is set to a moment with its time zone")
        self._zone = start.tzinfo
        self._elapsed = elapsed
        self._ahead = start.timestamp() - elapsed()

    def now(self) -> datetime:
        """The set moment plus the time gone by since; correct across a change of summer time."""
        return datetime.fromtimestamp(self._ahead + self._elapsed(), self._zone)
