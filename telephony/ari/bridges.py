"""The two bridges that a call can be in: one with music, and one with a colleague."""

import logging
from collections.abc import Awaitable

from telephony.ari.commands import HOLD, TALK
from telephony.ari.errors import AriRefused, Gone, ServerFailed
from telephony.ari.exchange import Exchange
from telephony.ari.leg import RungLeg
from telephony.ari.tasks import to_the_end
from telephony.ari.wire import Wire
from telephony.errors import PbxAway
from telephony.values import AudioFlow, Played, Words

log = logging.getLogger(__name__)


async def let_end(asked: Awaitable[None]) -> None:
    """A command whose object may be gone already: then there is nothing left to do."""
    try:
        await asked
    except (Gone, AriRefused, PbxAway):
        return


class Hold:
    """Music for the caller: a holding bridge of their own. Blocks may be nested; the outermost counts."""

    def __init__(self, exchange: Exchange, wire: Wire) -> None:
        self._exchange = exchange
        self._wire = wire
        self._depth = 0
        self._bridge = ""

    def count(self) -> None:
        """A block begins; `enter` and, whatever becomes of that, `leave` follow."""
        self._depth += 1

    async def enter(self) -> None:
        """The caller hears music, and whatever was being said stops."""
        if self._depth > 1:
            return
        commands = self._exchange.commands
        await self._wire.silence()
        await self._end_bridge()  # of a first try, after which Asterisk went away and came back
        self._bridge = self._exchange.names.hold()
        await to_the_end(commands.make_bridge(self._bridge, HOLD))
        try:
            await commands.play_music(self._bridge, self._exchange.settings.music)
        except ServerFailed as error:  # no such class of music: to wait in silence is better than to be lost
            log.error("no music for callers on hold: %s", error)
        await self._wire.command(commands.put_into_bridge(self._bridge, self._wire.id))

    async def leave(self) -> None:
        """The music ends, unless this process is going: then the caller keeps it until the next one comes."""
        self._depth -= 1
        if self._depth == 0 and not self._exchange.leaving:
            await self._end_bridge()

    async def resume(self) -> None:
        """Back from a talk: music again, if the caller is still on hold."""
        if self._bridge and self._wire.ended is None:
            await let_end(self._exchange.commands.put_into_bridge(self._bridge, self._wire.id))

    async def _end_bridge(self) -> None:
        bridge, self._bridge = self._bridge, ""
        if bridge:
            await let_end(self._exchange.commands.end_bridge(bridge))


class AriTalk:
    """Two legs in one bridge: the port `Talk` over ARI. Its verbs raise nothing when one of them goes."""

    def __init__(self, exchange: Exchange, caller: Wire, leg: RungLeg) -> None:
        self._exchange = exchange
        self._caller = caller
        self._leg = leg
        self._bridge = ""
        self._before: dict[str, int] = {}
        self._now: dict[str, int] = {}

    async def audio(self) -> AudioFlow:
        """RTP received from each side since the two were connected; of one that has gone, the last count."""
        await self._count()
        flow = [self._now.get(one, 0) - self._before.get(one, 0) for one in (self._caller.id, self._leg.id)]
        return AudioFlow(from_caller=flow[0], from_colleague=flow[1])

    async def say(self, *words: Words) -> Played:
        """Say something that both hear."""
        if self._caller.ended is not None or self._leg.wire.ended is not None:
            return Played.FAILED
        both = (self._caller.playing, self._leg.wire.playing)
        try:
            return await self._exchange.speaker.say_to_bridge(self._bridge, words, both)
        except (Gone, AriRefused):
            return Played.FAILED

    async def begin(self) -> None:
        """Put both into one bridge, after whatever was being said to either of them is stopped."""
        commands, caller, leg = self._exchange.commands, self._caller, self._leg.wire
        await caller.silence()
        await leg.silence()
        await self.end()  # of a first try, after which Asterisk went away and came back
        self._bridge = self._exchange.names.talk()
        await to_the_end(commands.make_bridge(self._bridge, TALK))
        if leg.ended is None:
            try:
                await leg.command(commands.put_into_bridge(self._bridge, leg.id))
                self._leg.talking = True
            except Gone:
                pass  # the leg tells its end itself
        await caller.command(commands.put_into_bridge(self._bridge, caller.id))
        await self._count()
        self._before = dict(self._now)

    async def end(self) -> None:
        """Part the two."""
        self._leg.talking = False
        bridge, self._bridge = self._bridge, ""
        if bridge:
            await let_end(self._exchange.commands.end_bridge(bridge))

    async def _count(self) -> None:
        for wire in (self._caller, self._leg.wire):
            if wire.ended is None:
                await let_end(self._count_of(wire))

    async def _count_of(self, wire: Wire) -> None:
        self._now[wire.id] = await self._exchange.commands.packets_from(wire.id)
