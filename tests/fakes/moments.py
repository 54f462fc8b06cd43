"""Short waits for tests that must look again: the only place where they sleep."""

import asyncio


async def a_packet() -> None:
    """Let 20 ms pass: the time of one RTP packet."""
    await asyncio.sleep(0.02)
