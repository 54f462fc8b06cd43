"""The two bridges that a call can be in: one with music, and one with a colleague."""

from collections.abc import Awaitable, Coroutine
from typing import Any, Protocol, TypeVar

from telephony.ari.commands import HOLD, TALK
from telephony.ari.errors import AriRefused, Gone
from telephony.ari.exchange import Exchange
from telephony.ari.leg import RungLeg
from telephony.ari.wire import Wire
from telephony.errors import PbxAway
from telephony.values import AudioFlow, Played, Words

T = TypeVar("T")


class WhileUp(Protocol):
    """How a call does something for as long as the caller is there."""

    def __call__(self, work: Coroutine[Any, Any, T], /) -> Awaitable[T]:
        """Do it, or raise HungUp."""


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
        self._bridge = self._exchange.names.hold()
        await self._wire.silence()
        await commands.make_bridge(self._bridge, HOLD)
        await commands.play_music(self._bridge, self._exchange.settings.music)
        await self._wire.command(commands.put_into_bridge(self._bridge, self._wire.id))

    async def leave(self) -> None:
        """The music ends, unless this process is going: then the caller keeps it until the next one comes."""
        self._depth -= 1
        if self._depth == 0 and not self._exchange.leaving:
            bridge, self._bridge = self._bridge, ""
            await let_end(self._exchange.commands.end_bridge(bridge))

    async def resume(self) -> None:
        """Back from a talk: music again, if the caller is still on hold."""
        if self._bridge and self._wire.ended is None:
            await let_end(self._exchange.commands.put_into_bridge(self._bridge, self._wire.id))


class AriTalk:
    """Two legs in one bridge: the port `Talk` over ARI."""

    def __init__(self, exchange: Exchange, caller: Wire, leg: RungLeg, while_up: WhileUp) -> None:
        self._exchange = exchange
        self._caller = caller
        self._leg = leg
        self._while_up = while_up
        self._bridge = exchange.names.talk()
        self._before: dict[str, int] = {}
        self._now: dict[str, int] = {}

    async def audio(self) -> AudioFlow:
        """RTP received from each side since the two were connected."""
        return await self._while_up(self._look())

    async def say(self, *words: Words) -> Played:
        """Say something that both hear."""
        try:
            return await self._while_up(self._exchange.speaker.say_to_bridge(self._bridge, words))
        except AriRefused:
            return Played.FAILED

    async def begin(self) -> None:
        """Put both into one bridge, after whatever was being said to either of them is stopped."""
        commands, caller, leg = self._exchange.commands, self._caller, self._leg.wire
        await caller.silence()
        await leg.silence()
        await commands.make_bridge(self._bridge, TALK)
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
        await let_end(self._exchange.commands.end_bridge(self._bridge))

    async def _look(self) -> AudioFlow:
        await self._count()
        flow = [self._now.get(one, 0) - self._before.get(one, 0) for one in (self._caller.id, self._leg.id)]
        return AudioFlow(from_caller=flow[0], from_colleague=flow[1])

    async def _count(self) -> None:
        await self._caller.command(self._count_of(self._caller))
        try:
            await self._leg.wire.command(self._count_of(self._leg.wire))
        except Gone:
            return  # the last known count stays

    async def _count_of(self, wire: Wire) -> None:
        self._now[wire.id] = await self._exchange.commands.packets_from(wire.id)
