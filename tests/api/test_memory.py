"""Free memory goes back to the machine, also from between what is still used."""

import asyncio
import os
import subprocess
import sys
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


HEAP_AFTER_LARGE_PIECES = """
import sys
from pathlib import Path
from api.memory import take_large_pieces_apart

if sys.argv[1:]:
    take_large_pieces_apart()
bytearray(300_000)  # freed at once: what glibc learns from
kept = [bytearray(300_000) for _ in range(50)]
heap = next(one for one in Path("/proc/self/maps").read_text().splitlines() if "[heap]" in one)
begin, end = heap.split()[0].split("-")
print(int(end, 16) - int(begin, 16))
"""


def heap_after_large_pieces(*how: str) -> int:
    """Bytes of a process's heap after it has made large pieces."""
    command = [sys.executable, "-c", HEAP_AFTER_LARGE_PIECES, *how]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_large_pieces_are_no_part_of_the_heap() -> None:
    assert heap_after_large_pieces("apart") < heap_after_large_pieces() - 10 * MIB
