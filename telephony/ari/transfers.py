"""A phone's own transfer key: what its REFER asks, and when it asks it.

`PJSIP_TRANSFER_HANDLING()=ari-only` makes Asterisk accept the REFER (202), tell us (ChannelTransfer), and move
nobody. What it tells more than once is sorted out here: each of our own answers comes back as an echo, and an
asking that was never answered is told again when its phone has gone. Seen with Asterisk 22.10.1.

No answer is sent while the phone may be asking. Asterisk 22.10.1 crashes, and every call with it, if an answer reaches
a channel that is just taking in a REFER: its framehook is there a moment before that has its `ari_state`
(refer_incoming_ari_request). Answered at once, a flood of REFERs ended it within half a second, three times of three;
not answered, it bore 1,400 in five seconds, twelve times of twelve.
"""

import asyncio
import logging
import re
from collections import deque

from telephony.ari.events import Transfer
from telephony.ari.exchange import Exchange
from telephony.ari.tasks import let_end, to_the_end
from telephony.values import LegId, Progress, TransferAsked

LONGEST = 64
"""Characters of a destination that are handed on; an extension or E.164 has far fewer, nonsense may have more."""

QUIET = 0.25
"""Seconds without an asking after which a phone is told how it goes."""
MANY, WITHIN = 5, 3.0
"""So many askings within so many seconds are no person's."""
PAUSE = 1.0
"""Seconds without an asking after which such a phone is told."""
MOST = 500
"""Askings in one call, after which the phone is put down: Asterisk keeps some 80 kB of each until then."""

log = logging.getLogger(__name__)

_SCHEME = re.compile(r"\A\s*(?:sips?|tel):", re.IGNORECASE)
_PARAMETERS = re.compile(r"[;?@].*", re.DOTALL)


class Transfers:
    """The askings of one phone. At most one is open: Asterisk's answer to a phone is to all of its REFERs."""

    def __init__(self) -> None:
        self.open = False
        """Whether the phone waits for our last word."""
        self._asked = 0
        self._heard: deque[float] = deque(maxlen=MANY)
        """When it asked, the last times."""
        self._again = asyncio.Event()
        self._late: Progress | None = None
        """Our answer, the last one, while it waits until the phone is quiet."""

    def asked(self, event: Transfer, exchange: Exchange) -> TransferAsked | None:
        """What the phone asks by this event; None if it is no new asking."""
        if event.echo:
            return None
        self._heard.append(_now())
        self._again.set()
        self._asked += 1
        if self._asked == MOST:
            log.warning("a phone has asked for %d transfers in one call: it is put down", MOST)
            exchange.errands.run(let_end(exchange.commands.hang_up(event.about)))
        if self.open:
            return None
        self.open = True
        consulted = LegId(event.consulted) if exchange.names.is_leg(event.consulted) else None
        return TransferAsked(destination(event.to), consulted)

    async def report(self, progress: Progress, exchange: Exchange, channel: str) -> None:
        """Tell the phone so, later if it has asked just now; after a last word it may ask again."""
        if not self.open:
            return
        waits = self._late is not None
        if not waits and _now() - self._heard[-1] >= self._pause:
            await self._report(progress, exchange, channel)
            return
        self._late = progress
        if not waits:
            exchange.errands.run(self._report_late(exchange, channel))

    def refuse(self, event: Transfer, exchange: Exchange, channel: str) -> None:
        """Answer whatever this phone asks by a no."""
        if self.asked(event, exchange) is not None:
            exchange.errands.run(self.report(Progress.FAILED, exchange, channel))

    async def _report_late(self, exchange: Exchange, channel: str) -> None:
        while await self._asks_again():
            pass
        progress, self._late = self._late, None
        if progress is not None:
            await self._report(progress, exchange, channel)

    async def _report(self, progress: Progress, exchange: Exchange, channel: str) -> None:
        if progress is not Progress.RINGING:
            self.open = False
        await to_the_end(let_end(exchange.commands.report_transfer(channel, progress)))

    async def _asks_again(self) -> bool:
        """Whether it does, before it has been quiet for long enough."""
        self._again.clear()
        try:
            async with asyncio.timeout_at(self._heard[-1] + self._pause):
                await self._again.wait()
        except TimeoutError:
            return False
        return True

    @property
    def _pause(self) -> float:
        many = len(self._heard) == MANY and self._heard[-1] - self._heard[0] < WITHIN
        return PAUSE if many else QUIET


def _now() -> float:
    return asyncio.get_running_loop().time()


def destination(raw: str) -> str:
    """The user part of Refer-To: printable, without scheme and parameters, and short.

    Whether it is a number of ours is not decided here: Asterisk hands on whatever a phone writes, also nothing.
    """
    bare = _PARAMETERS.sub("", _SCHEME.sub("", raw))
    return "".join(char for char in bare if char.isprintable()).strip()[:LONGEST]
