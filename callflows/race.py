"""Several things that may happen, of which the first counts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def first_of(*ways: Callable[[], Awaitable[T]]) -> T:
    """Go several ways at once until one leads somewhere; the others are called off. Raises what that one raises.

    Of two that come to their end together the one named first counts.
    """
    tasks = [asyncio.ensure_future(way()) for way in ways]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return next(task for task in tasks if task in done).result()
