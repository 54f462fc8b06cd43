"""The stop-watch of the records: moments and durations by the event loop's own clock, which no change of hour moves."""

import asyncio


def moment() -> float:
    """This moment, in seconds; it means something only beside another one of the same process."""
    return asyncio.get_running_loop().time()


def since(then: float) -> float:
    """Seconds since that moment, as the record keeps them: to the millisecond."""
    return round(moment() - then, 3)
