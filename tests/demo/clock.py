"""The time of day in the demo: set before each call, so that the demo shows the same at any hour."""

from datetime import datetime
from zoneinfo import ZoneInfo

from api.clock import SetClock

WARSAW = ZoneInfo("Europe/Warsaw")
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=WARSAW)
"""A Tuesday: the hall is open."""
EVENING = datetime(2026, 11, 24, 22, 0, tzinfo=WARSAW)


class DemoClock:
    """Keeps `callflows.ports.Clock`; runs at the usual pace from the moment that was set last."""

    def __init__(self, start: datetime) -> None:
        self._clock = SetClock(start)

    def set(self, moment: datetime) -> None:
        """It is this moment now."""
        self._clock = SetClock(moment)

    def now(self) -> datetime:
        """The present of the demo, timezone-aware."""
        return self._clock.now()
