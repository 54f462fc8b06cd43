"""How long to pause between two tries while the database is away, and how to be woken from that."""

import asyncio
import random

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
"""Seconds: doubled each time, with jitter."""


def back_off(failures: int) -> float:
    """Seconds to wait after so many failures in a row, at least one."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 10))
    return longest * random.uniform(0.5, 1.0)


async def rest(seconds: float, waker: asyncio.Event) -> None:
    """Wait so long, or until the event is set; the event must be clear before."""
    timer = asyncio.get_running_loop().call_later(seconds, waker.set)
    try:
        await waker.wait()
    finally:
        timer.cancel()
