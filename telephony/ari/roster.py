"""Who is on the line: the calls whose stories are being told, and their rung legs."""

import asyncio
import logging
from collections.abc import Collection, Iterator

from telephony.ari.call import AriCall
from telephony.ari.leg import RungLeg
from telephony.values import CallId, Ended, LegId

log = logging.getLogger(__name__)


class Roster:
    """Entered by the line; `idle` is set while nobody is on it."""

    def __init__(self) -> None:
        self.stories: dict[AriCall, asyncio.Task[None]] = {}
        self.idle = asyncio.Event()
        self.idle.set()

    def enter(self, call: AriCall, story: asyncio.Task[None]) -> None:
        """A call's story has begun."""
        self.stories[call] = story
        self.idle.clear()

    def leave(self, call: AriCall) -> None:
        """A call's story is over."""
        self.stories.pop(call, None)
        if not self.stories:
            self.idle.set()

    def calls(self) -> frozenset[CallId]:
        """The calls whose stories are not over."""
        return frozenset(call.id for call in self.stories)

    def legs(self) -> Iterator[RungLeg]:
        """The phones that ring or talk on behalf of our calls."""
        for call in list(self.stories):
            yield from call.legs

    def leg_of_calls_by(self, phones: Collection[str], leg: LegId) -> RungLeg | None:
        """The leg of this name, if it has not ended and is of a call that one of these phones has made."""
        theirs = (one for call in list(self.stories) if call.phone in phones for one in call.legs)
        return next((one for one in theirs if one.id == leg and one.wire.ended is None), None)

    def channels(self, *, settled: bool) -> set[str]:
        """The channels that we have; if `settled`, only those that Asterisk must list while they are up."""
        calls = {call.wire.id for call in self.stories if call.wire.ended is None}
        legs = {leg.wire.id for leg in self.legs() if leg.wire.ended is None and (leg.placed or not settled)}
        return calls | legs

    def lose(self, channels: Collection[str], *, pbx_restarted: bool = False) -> None:
        """These have ended while we did not hear it: put down by their party, or with the Asterisk that had them."""
        for leg in self.legs():
            if leg.wire.id in channels:
                by_party = Ended.HUNG_UP if leg.answered else Ended.NO_ANSWER
                leg.lose(Ended.PBX_RESTARTED if pbx_restarted else by_party)
        for call in list(self.stories):
            if call.wire.id in channels:
                call.lose(Ended.PBX_RESTARTED if pbx_restarted else Ended.HUNG_UP)

    def lose_everything(self, why: str) -> None:
        """Asterisk itself goes, and everybody with it; said once."""
        if there := self.channels(settled=False):
            log.error("%s: %d calls and phones are gone", why, len(there))
        for leg in self.legs():
            leg.lose(Ended.PBX_RESTARTED)
        for call in list(self.stories):
            call.lose(Ended.PBX_RESTARTED)
