"""Until when a promise must be kept: so many *office* hours after it was made (bylaw §6.3).

The citizen hears the due time, so it is a time that can be said: the next full five minutes. It never lies
outside office hours, when nobody could keep it.
"""

from datetime import datetime, timedelta

from directory.hours import add_office_hours, closing_time
from directory.model import Hall

SPOKEN_STEP = timedelta(minutes=5)


def due_time(hall: Hall, made: datetime) -> datetime:
    """Return until when a promise made at that moment is to be kept, in the hall's time zone.

    Raises directory.hours.NeverOpens for a hall without opening hours.
    """
    exact = add_office_hours(hall, made, hall.policy.callback_hours)
    past = timedelta(minutes=exact.minute % 5, seconds=exact.second, microseconds=exact.microsecond)
    rounded = exact + (SPOKEN_STEP - past if past else timedelta(0))
    closes = closing_time(hall, exact)
    if closes is None:
        return exact
    return min(rounded, closes)
