"""Waits of tests that must look again, or that play by the clock: the only place where they sleep."""

import asyncio


async def a_packet() -> None:
    """Let 20 ms pass: the time of one RTP packet."""
    await asyncio.sleep(0.02)


async def passes(seconds: float) -> None:
    """Let so much time pass: an act of a play comes some time after the one before, whatever happens meanwhile."""
    await asyncio.sleep(seconds)
