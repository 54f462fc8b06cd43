"""Memory: what is free goes back to the machine once a minute, and rings of objects are looked for seldom.

Python and SQLite free what a call has used, but the C library keeps it, in pieces between what is still used: after
5,000 calls without this the process had 14 MiB more in main memory than before, of which nothing was in use (measured
by `mallinfo2` and tracemalloc: docs/measurements.md). `malloc_trim` gives back every page that is wholly free.
"""

import asyncio
import ctypes
import gc
from collections.abc import Callable

EVERY = 60.0
"""Seconds."""
RINGS = (3_000, 3, 3)
"""After so many new objects Python looks for rings among them, after three such looks among those that are older, and
after three of these among all (`gc.set_threshold`). A call leaves some hundred objects in rings (counted in a soak), so
all are looked through once in a few hundred calls. With its own 700, and with what a start leaves behind looked
through each time, that was 7 % of the processor time of a call (docs/adr/0020)."""


def look_for_rings_seldom() -> None:
    """Do so in this process, and never among what is there already: for a service that was imported, or has started."""
    gc.freeze()
    gc.set_threshold(*RINGS)


async def give_back_memory(every: float = EVERY) -> None:
    """Do so every so many seconds, until cancelled; return at once where the C library is not glibc, and cannot."""
    trim = _trim()
    while trim is not None:
        await asyncio.sleep(every)
        await asyncio.to_thread(trim, 0)


def _trim() -> Callable[[int], object] | None:
    found: Callable[[int], object] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found
