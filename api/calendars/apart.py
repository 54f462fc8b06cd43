"""Reading a calendar in a process of its own: a foreign file may hold up no call and fill no memory of ours.

text ── stdin ──> python -m api.calendars.child ZONE SINCE UNTIL ── stdout ──> one line per busy time
"""

import asyncio
import sys
from datetime import datetime

from api.calendars.busy import UNREADABLE, Busy, read_line
from api.calendars.trouble import Trouble, Unreadable

PATIENCE = 60.0
"""Seconds for one calendar, also on a busy machine."""


async def read_apart(text: bytes, *, zone: str, since: datetime, until: datetime) -> tuple[Busy, ...]:
    """Return the busy times of this calendar between two moments. Raises Unreadable."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api.calendars.child", zone, since.isoformat(), until.isoformat()),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await child.communicate(text)
    except TimeoutError:
        raise Unreadable(Trouble.TOO_SLOW) from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode == UNREADABLE:
        raise Unreadable(Trouble(err.decode().strip()))
    if child.returncode:  # killed at one of its limits, or of something that no reader expects
        raise Unreadable(Trouble.TOO_SLOW if child.returncode < 0 else Trouble.NO_CALENDAR)
    return tuple(map(read_line, out.decode().splitlines()))
