"""An ear on a machine that stands still now and then: what has come meanwhile is heard all the same."""

import asyncio
from typing import cast

import pytest

from tests.fakes.chirps import RATE as CHIRPS
from tests.fakes.chirps import burst
from tests.phones.clipbook import Clipbook
from tests.phones.ear import Ear
from tests.phones.g711 import RATE
from tests.phones.handset import Handset
from tests.phones.timeline import Timeline

pytestmark = pytest.mark.looptime

PACKET = RATE // 50
BURST = burst("Dzień dobry.")[:: CHIRPS // RATE]


class Unread:
    """A handset to whose socket packets have come that the event loop has had no time to read."""

    def __init__(self) -> None:
        self._timeline = Timeline(asyncio.get_running_loop().time())
        self._unread = list(range(0, len(BURST) - PACKET, PACKET))

    def records_anew(self) -> Timeline:
        """Where they are laid."""
        return self._timeline

    def catches_up(self) -> None:
        """Read those that have come by now."""
        now = asyncio.get_running_loop().time()
        while self._unread and self._timeline.started + (first := self._unread[0]) / RATE + 0.02 <= now:
            at = self._timeline.started + first / RATE + 0.02
            self._timeline.put(BURST[first : first + PACKET], time=first, ssrc=1, at=at)
            del self._unread[0]


async def test_what_came_while_the_process_stood_still_is_heard() -> None:
    """The timer of the ear is due before the socket was read: that is no silence."""
    book = Clipbook()
    book.add("hello", BURST)
    ear = Ear("the citizen", cast(Handset, Unread()), book)
    heard = await ear.hears("hello")
    ear.close()
    assert heard.whole
    assert heard.at < 0.1
