"""One citizen on the line over ARI: `AriCall`, the port `Call`.

Every verb goes through `WhileUp`, which raises `HungUp`. What a verb has begun is ended by the verb, also
when it is cancelled, and also when the caller goes meanwhile.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telephony.ari.bridges import AriTalk, Hold
from telephony.ari.caller import Entry, caller
from telephony.ari.errors import AriRefused, Gone
from telephony.ari.events import Dtmf, Event, HangupRequest, StasisEnd, Transfer
from telephony.ari.exchange import Exchange
from telephony.ari.keys import Keys, ask
from telephony.ari.leg import RungLeg
from telephony.ari.legs import Legs
from telephony.ari.reconcile import Found
from telephony.ari.tasks import let_end, to_the_end
from telephony.ari.transfers import Transfers
from telephony.ari.while_up import WhileUp
from telephony.ari.wire import Wire
from telephony.call import Leg, Talk
from telephony.digits import Matcher, Patience, Typed
from telephony.errors import PbxAway, Refused
from telephony.values import (
    Arrival,
    Caller,
    CallId,
    Ended,
    HangUpCause,
    LegEnded,
    LegId,
    NumberShown,
    Played,
    Target,
    Words,
)

log = logging.getLogger(__name__)


class AriCall:
    """Made when a channel enters our application, or is found in it, and watched from that very moment."""

    def __init__(
        self,
        exchange: Exchange,
        found: Found,
        entry: Entry,
        leg_of_calls_by: Callable[[Collection[str], LegId], RungLeg | None],
    ) -> None:
        channel = found.caller.channel
        self._exchange = exchange
        self._found = found
        self._id = CallId(channel.id)
        self._caller = caller(channel)
        self._entry = entry
        self._answered = channel.state == "Up"
        self._stopping = False
        self._keys = Keys()
        self._transfers = Transfers()
        self.legs = Legs(exchange, self._id, leg_of_calls_by, found.legs)
        self.wire = Wire(channel.id, exchange.link, self._after_the_end, found.caller.talk)
        self._while_up = WhileUp(self._id, self.wire, exchange.link)
        self._hold = Hold(exchange, self.wire)
        self.wire.music = entry.arrival is Arrival.RESUMED and not self.wire.bridge  # who can know?
        exchange.dispatch.watch(channel.id, self.feed)

    @property
    def id(self) -> CallId:
        """The channel's id: so our next process, and Asterisk's own records, mean the same call by it."""
        return self._id

    @property
    def caller(self) -> Caller:
        """Who calls, as far as the network says."""
        return self._caller

    @property
    def dialled(self) -> str:
        """The number the citizen dialled, as our dialplan saw it."""
        return self._entry.dialled

    @property
    def phone(self) -> str:
        """The extension of the registered phone of ours that calls; empty for a citizen."""
        return self._entry.phone

    @property
    def arrival(self) -> Arrival:
        """Whether the call is new, or was on the line before we were."""
        return self._entry.arrival

    @property
    def left_behind(self) -> tuple[LegId, ...]:
        """The answered legs that a process before us has left."""
        return tuple(LegId(party.channel.id) for party in self._found.legs)

    @property
    def ended(self) -> Ended | None:
        """Why the caller's leg is gone; None while it is up."""
        return self.wire.ended.why if self.wire.ended is not None else None

    async def answer(self) -> None:
        """Pick up."""
        await self._while_up(self._answer)

    async def ringing(self) -> None:
        """Let the caller's own phone sound its ringing tone."""
        await self._while_up(self._sound_ringing)

    async def say(self, *words: Words) -> Played:
        """Say it to the caller, to its end."""
        return await self._while_up(lambda: self._hold.say(words))

    async def ask(self, *words: Words, matcher: Matcher, patience: Patience) -> Typed:
        """Say it and collect keys."""

        def question() -> Coroutine[Any, Any, Played]:
            return self._hold.say(words)

        return await self._while_up(lambda: ask(self._keys, question if words else None, matcher, patience))

    @asynccontextmanager
    async def on_hold(self) -> AsyncIterator[None]:
        """The caller hears music inside this block."""
        self._hold.count()
        try:
            await self._while_up(self._hold.enter)
            yield
        finally:
            await to_the_end(self._hold.leave())

    @asynccontextmanager
    async def ring(self, target: Target) -> AsyncIterator[Leg]:
        """Ring a phone on this call's behalf."""
        shown = self._caller.shown is NumberShown.SHOWN
        async with self.legs.rung(target) as leg:
            await self._while_up(lambda: leg.place(self.wire.id if shown else None))
            yield leg

    @asynccontextmanager
    async def connect(self, leg: Leg) -> AsyncIterator[Talk]:
        """Put caller and an answered leg into one bridge."""
        talk = AriTalk(self._exchange, self.wire, _answered(leg).wire)
        try:
            await self._while_up(talk.begin)
            self._while_up.check()  # not even a talk that has begun is of use to a caller who has gone
            yield talk
        finally:
            if not self._exchange.leaving:
                await to_the_end(self._part(talk))

    @asynccontextmanager
    async def consult(self, one: Leg, other: Leg) -> AsyncIterator[Talk]:
        """Put two answered legs into one bridge, without the caller."""
        talk = AriTalk(self._exchange, _answered(one).wire, _answered(other).wire)
        try:
            await self._while_up(talk.begin)
            self._while_up.check()
            yield talk
        finally:
            if not self._exchange.leaving:
                await to_the_end(talk.end())

    @asynccontextmanager
    async def take_over(self, leg: LegId) -> AsyncIterator[Leg]:
        """Make an answered leg of another call, or one that was left behind, a leg of this one."""
        self._while_up.check()  # for a caller who has gone nobody is torn from a talk
        stays = self.legs.has_left_behind(leg)
        async with self.legs.taken_over(leg) as taken:
            if not stays:
                await self._while_up(lambda: self.legs.bring_here(taken))
            yield taken

    async def left(self) -> None:
        """Return when the caller's leg is gone."""
        await self.wire.gone.wait()

    async def hang_up(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the caller's leg."""
        await to_the_end(self._hang_up(cause))

    # ---- for the line

    async def begin(self) -> None:
        """Before the story: what a process before us was still saying to them, or playing, ends. Talks go on."""
        commands = self._exchange.commands
        if self.phone:
            await let_end(self.wire.command(commands.keep_transfers(self.wire.id)))
        if self.arrival is Arrival.RESUMED:
            hushed = self.legs.hush(self._found)
            await asyncio.gather(hushed, self._hold.end(), self.legs.refuse_what_was_asked())

    async def finish(self) -> None:
        """After the story: nobody and nothing of this call stays."""
        await self.hang_up()
        for talk in self._found.talks:
            await to_the_end(let_end(self._exchange.commands.end_bridge(talk)))

    def feed(self, event: Event) -> None:
        """Take an event of this channel in."""
        match event:
            case Dtmf(key=key):
                self._keys.press(key)
            case HangupRequest() | StasisEnd():
                self.wire.end(LegEnded(Ended.STOPPED if self._stopping else Ended.HUNG_UP))
            case Transfer():  # of a phone of ours that calls; only whom we rang can hand over
                self._transfers.refuse(event, self._exchange, self.wire.id)
            case _:
                pass

    def lose(self, why: Ended) -> None:
        """Asterisk does not know this call any more."""
        self.wire.end(LegEnded(why))

    # ---- inside

    async def _answer(self) -> None:
        if not self._answered:
            await self.wire.silence()
            await self.wire.command(self._exchange.commands.answer(self.wire.id))
            self._answered = True

    async def _sound_ringing(self) -> None:
        if not self._answered:
            await self.wire.command(self._exchange.commands.sound_ringing(self.wire.id))

    async def _part(self, talk: AriTalk) -> None:
        await talk.end()
        self._keys.empty()
        await self._hold.resume()

    async def _hang_up(self, cause: HangUpCause) -> None:
        if self.wire.ended is not None or self._stopping:
            return
        self._stopping = True
        try:
            await self.wire.command(self._exchange.commands.hang_up(self.wire.id, cause))
        except (Gone, AriRefused, PbxAway) as error:
            log.info("call %s could not be put down: %s", self._id, error)
        self.wire.end(LegEnded(Ended.STOPPED))

    def _after_the_end(self) -> None:
        self._exchange.dispatch.forget(self.wire.id)
        self.legs.caller_left()


def _answered(leg: Leg) -> RungLeg:
    """A leg that can be put into a bridge; one that has ended meanwhile tells so itself."""
    assert isinstance(leg, RungLeg), "a leg of this line"
    if not leg.answered and leg.wire.ended is None:
        raise Refused("The phone has not been answered: it cannot be connected.")
    return leg
