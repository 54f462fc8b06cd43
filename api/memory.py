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
LARGE = 64 * 1024
"""Bytes from which a piece is taken from the machine for itself (mallopt(3): M_MMAP_THRESHOLD)."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Of glibc's malloc.h."""
RINGS = (3_000, 3, 3)
"""After so many new objects Python looks for rings among them, after three such looks among those that are older, and
after three of these among all (`gc.set_threshold`). A call leaves some hundred objects in rings (counted in a soak), so
all are looked through once in a few hundred calls. With its own 700, and with what a start leaves behind looked
through each time, that was 7 % of the processor time of a call (docs/adr/0020)."""


def look_for_rings_seldom() -> None:
    """Do so in this process, and never among what is there already: for a service that was imported, or has started."""
    gc.freeze()
    gc.set_threshold(*RINGS)


def take_large_pieces_apart() -> None:
    """Have the C library take each large piece from the machine by itself, and give it back as soon as it is free.

    Left alone, glibc learns from the first that is freed to cut the next ones out of its heap, and that fills with
    holes: in soaks of 1,500 calls the service grew by 9 MiB and went on, with what was in use the same; so by 5, all in
    the first 700. Where the C library is another, nothing happens.
    """
    if set_option := _of_glibc("mallopt"):
        set_option(_MMAP_THRESHOLD, LARGE)
        set_option(_TRIM_THRESHOLD, 2 * LARGE)
        set_option(_ARENA_MAX, 1)


async def give_back_memory(every: float = EVERY) -> None:
    """Do so every so many seconds, until cancelled; return at once where the C library is not glibc, and cannot."""
    trim = _of_glibc("malloc_trim")
    while trim is not None:
        await asyncio.sleep(every)
        await asyncio.to_thread(trim, 0)


def _of_glibc(name: str) -> Callable[..., object] | None:
    found: Callable[..., object] | None = getattr(ctypes.CDLL(None), name, None)
    return found
