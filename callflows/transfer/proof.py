"""The proof that two people hear each other: RTP from both sides, without a pause, for long enough.

Asterisk counts what it receives from each leg (`rtp_statistics`); a phone that is silent still sends
packets (50 a second), a dead or one-way path sends none. So we look at the counters again and again, and
ask that each grew between every two looks.
"""

import asyncio

from telephony.call import Talk

LOOKS = 2
"""How often we look within the time that audio must flow. Each look is a command to Asterisk for each side: with four
of them they were every second command of a call."""


async def audio_flows_both_ways(talk: Talk, *, for_seconds: float) -> None:
    """Return once audio has flowed both ways for `for_seconds` without a pause; wait for ever otherwise."""
    before = await talk.audio()
    proved = 0
    while proved < LOOKS:
        await asyncio.sleep(for_seconds / LOOKS)
        now = await talk.audio()
        flows = now.from_caller > before.from_caller and now.from_colleague > before.from_colleague
        proved = proved + 1 if flows else 0
        before = now
