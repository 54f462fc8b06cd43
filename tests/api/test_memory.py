"""Free memory goes back to the machine, also from between what is still used."""

import asyncio
import os
from pathlib import Path

from api.memory import give_back_memory
from tests.office.office import eventually

MIB = 1 << 20


def in_memory() -> int:
    """Bytes of this process in main memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def test_what_is_free_between_what_is_used_is_given_back() -> None:
    pieces = [bytearray(b"x" * 60_000) for _ in range(2000)]
    kept = pieces[::20]
    full = in_memory()
    del pieces
    giving = asyncio.create_task(give_back_memory(every=0.01))
    await eventually(lambda: in_memory() < full - 60 * MIB, "the memory to be given back")
    giving.cancel()
    await asyncio.wait([giving])
    assert giving.cancelled()
    assert len(kept) == 100
