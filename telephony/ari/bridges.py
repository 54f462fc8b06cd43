"""What a party hears besides words: music, or somebody else in a bridge with them."""

import asyncio
import logging
from collections.abc import Sequence

from telephony.ari.errors import AriRefused, Gone, ServerFailed
from telephony.ari.exchange import Exchange
from telephony.ari.tasks import let_end, to_the_end
from telephony.ari.wire import Wire
from telephony.errors import PbxAway
from telephony.values import AudioFlow, Played, Words

log = logging.getLogger(__name__)


class Hold:
    """Music for the caller, on their own channel. Blocks may be nested; the outermost counts."""

    def __init__(self, exchange: Exchange, wire: Wire) -> None:
        self._exchange = exchange
        self._wire = wire
        self._depth = 0

    def count(self) -> None:
        """A block begins; `enter` and, whatever becomes of that, `leave` follow."""
        self._depth += 1

    async def enter(self) -> None:
        """The caller hears music, and whatever was being said stops."""
        if self._depth > 1:
            return
        await self._wire.silence()
        await self._play()

    async def leave(self) -> None:
        """The music ends, unless this process is going: then the caller keeps it until the next one comes."""
        self._depth -= 1
        if self._depth == 0 and not self._exchange.leaving:
            await self.end()

    async def say(self, words: Sequence[Words]) -> Played:
        """Say it to the caller: words to a channel end its music for good, so it begins again after them."""
        try:
            return await self._exchange.speaker.say(self._wire, words)
        finally:
            if self._depth:
                await to_the_end(self.resume())

    async def resume(self) -> None:
        """Back from a talk, or something was said to them: music again, if the caller is still on hold."""
        if self._depth and self._wire.ended is None and not self._wire.bridge:
            await let_end(self._play())

    async def end(self) -> None:
        """No music, whoever began it."""
        await let_end(end_music(self._exchange, self._wire))

    async def _play(self) -> None:
        exchange, wire = self._exchange, self._wire
        wire.music = True
        try:
            await wire.command(exchange.commands.play_music(wire.id, exchange.settings.music))
        except ServerFailed as error:  # no such class of music: to wait in silence is better than to be lost
            log.error("no music for callers on hold: %s", error)


async def end_music(exchange: Exchange, wire: Wire) -> None:
    """Whoever is put into a bridge with music on their channel goes on hearing it, and not the other."""
    if wire.music and wire.ended is None:
        await wire.command(exchange.commands.stop_music(wire.id))
        wire.music = False


class AriTalk:
    """Two parties in one bridge: the port `Talk` over ARI. Its verbs raise nothing if one of them goes, or Asterisk."""

    def __init__(self, exchange: Exchange, one: Wire, other: Wire) -> None:
        self._exchange = exchange
        self._one = one
        self._other = other
        self._bridge = ""
        self._before: dict[str, int] = {}
        self._now: dict[str, int] = {}

    async def audio(self) -> AudioFlow:
        """RTP received from each side since the first look; of one that has gone, the last count."""
        await self._count()
        self._before = self._before or dict(self._now)
        one, other = (self._now.get(wire.id, 0) - self._before.get(wire.id, 0) for wire in self._both)
        return AudioFlow(from_caller=one, from_colleague=other)

    async def say(self, *words: Words) -> Played:
        """Say something that both hear.

        Seen with Asterisk 22.10.1: of what is played to a bridge the last 20 ms are mostly not heard (120 ms on a
        machine without a free processor), and of the first ones sometimes 20 ms just after the two were connected.
        That is why clips begin and end in silence (`telephony.voice.sound`).
        """
        if any(wire.ended is not None for wire in self._both):
            return Played.FAILED
        playing = [wire.playing for wire in self._both]
        try:
            return await self._exchange.speaker.say_to_bridge(self._bridge, words, playing)
        except (Gone, AriRefused, PbxAway):
            return Played.FAILED

    async def begin(self) -> None:
        """Have both in one bridge, after whatever was being said to either of them is stopped."""
        for wire in self._both:
            await wire.silence()
        if self._one.bridge and self._one.bridge == self._other.bridge:
            self._bridge = self._one.bridge  # together already: they hear each other without a gap
        else:
            await self._put_together()
        self._before.clear()

    async def end(self) -> None:
        """Part the two; a party that is in another talk by now stays there."""
        bridge, self._bridge = self._bridge, ""
        for wire in self._both:
            if wire.bridge == bridge:
                wire.bridge = ""
        if bridge:
            await let_end(self._exchange.commands.end_bridge(bridge))

    @property
    def _both(self) -> tuple[Wire, Wire]:
        return self._one, self._other

    async def _put_together(self) -> None:
        await self.end()  # of a first try, after which Asterisk went away and came back
        self._bridge = self._exchange.names.talk()
        made = to_the_end(self._exchange.commands.make_bridge(self._bridge))
        await asyncio.gather(made, *(end_music(self._exchange, wire) for wire in self._both))
        if not await self._put_in_at_once():
            for wire in (self._other, self._one):
                if wire.ended is None:
                    await self._put_in(wire)

    async def _put_in_at_once(self) -> bool:
        """Both by one command, if neither of them is just going."""
        try:
            one, other = self._both
            await self._exchange.commands.put_into_bridge(self._bridge, other.id, one.id)
        except (Gone, AriRefused):
            return False
        one.bridge = other.bridge = self._bridge
        return True

    async def _put_in(self, wire: Wire) -> None:
        try:
            await wire.command(self._exchange.commands.put_into_bridge(self._bridge, wire.id))
            wire.bridge = self._bridge
        except Gone:
            return  # whoever watches that party is told of its end

    async def _count(self) -> None:
        await asyncio.gather(*(let_end(self._count_of(wire)) for wire in self._both if wire.ended is None))

    async def _count_of(self, wire: Wire) -> None:
        self._now[wire.id] = await self._exchange.commands.packets_from(wire.id)
