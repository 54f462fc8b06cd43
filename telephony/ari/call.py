"""One citizen on the line over ARI: `AriCall`, the port `Call`.

The one place where `HungUp` is raised is `_while_up`; every verb goes through it. What a verb has begun is
ended by the verb, also when it is cancelled, and also when the caller goes meanwhile.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from telephony.ari.bridges import AriTalk, Hold
from telephony.ari.caller import caller
from telephony.ari.errors import AriRefused, Gone
from telephony.ari.events import Dtmf, Event, HangupRequest, StasisEnd
from telephony.ari.exchange import Exchange
from telephony.ari.keys import Keys, ask
from telephony.ari.leg import RungLeg
from telephony.ari.snapshots import ChannelSnapshot
from telephony.ari.tasks import call_off, to_the_end
from telephony.ari.wire import Wire
from telephony.call import Leg, Talk
from telephony.digits import Matcher, Patience, Typed
from telephony.errors import HungUp, PbxAway, Refused
from telephony.values import (
    Arrival,
    Caller,
    CallId,
    Ended,
    HangUpCause,
    LegEnded,
    NumberShown,
    Played,
    Target,
    Words,
)

log = logging.getLogger(__name__)

T = TypeVar("T")


class AriCall:
    """Made when a channel enters our application, and watched from that very moment."""

    def __init__(
        self, exchange: Exchange, call_id: CallId, channel: ChannelSnapshot, dialled: str, arrival: Arrival
    ) -> None:
        self._exchange = exchange
        self._id = call_id
        self._caller = caller(channel)
        self._dialled = dialled
        self._arrival = arrival
        self._answered = channel.state == "Up"
        self._stopping = False
        self._keys = Keys()
        self.legs: set[RungLeg] = set()
        self.wire = Wire(channel.id, exchange.link, self._after_the_end)
        self._hold = Hold(exchange, self.wire)
        exchange.dispatch.watch(channel.id, self.feed)

    @property
    def id(self) -> CallId:
        """Ours, in every log line; written on the channel too, so that it outlives this process."""
        return self._id

    @property
    def caller(self) -> Caller:
        """Who calls, as far as the network says."""
        return self._caller

    @property
    def dialled(self) -> str:
        """The number the citizen dialled, as our dialplan saw it."""
        return self._dialled

    @property
    def arrival(self) -> Arrival:
        """Whether the call is new, or was on the line before we were."""
        return self._arrival

    @property
    def ended(self) -> Ended | None:
        """Why the caller's leg is gone; None while it is up."""
        return self.wire.ended.why if self.wire.ended is not None else None

    async def answer(self) -> None:
        """Pick up."""
        await self._while_up(self._answer)

    async def say(self, *words: Words) -> Played:
        """Say it to the caller, to its end."""
        return await self._while_up(lambda: self._exchange.speaker.say(self.wire, words))

    async def ask(self, *words: Words, matcher: Matcher, patience: Patience) -> Typed:
        """Say it and collect keys."""

        def question() -> Coroutine[Any, Any, Played]:
            return self._exchange.speaker.say(self.wire, words)

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
        leg = RungLeg(self._exchange, self._id, target)
        self.legs.add(leg)
        shown = self._caller.shown is NumberShown.SHOWN
        try:
            await self._while_up(lambda: leg.place(self.wire.id if shown else None))
            yield leg
        finally:
            try:
                if not (self._exchange.leaving and leg.talking):
                    await leg.stop()
            finally:
                self.legs.discard(leg)

    @asynccontextmanager
    async def connect(self, leg: Leg) -> AsyncIterator[Talk]:
        """Put caller and an answered leg into one bridge."""
        assert isinstance(leg, RungLeg), "a leg of this line"
        if not leg.answered and leg.wire.ended is None:
            raise Refused("The phone has not been answered: it cannot be connected.")
        talk = AriTalk(self._exchange, self.wire, leg)
        try:
            await self._while_up(talk.begin)
            yield talk
        finally:
            if not self._exchange.leaving:
                await to_the_end(self._part(talk))

    async def left(self) -> None:
        """Return when the caller's leg is gone."""
        await self.wire.gone.wait()

    async def hang_up(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the caller's leg."""
        await to_the_end(self._hang_up(cause))

    # ---- for the line

    def feed(self, event: Event) -> None:
        """Take an event of this channel in."""
        match event:
            case Dtmf(key=key):
                self._keys.press(key)
            case HangupRequest() | StasisEnd():
                self.wire.end(LegEnded(Ended.STOPPED if self._stopping else Ended.HUNG_UP))
            case _:
                pass

    def lose(self, why: Ended) -> None:
        """Asterisk does not know this call any more."""
        self.wire.end(LegEnded(why))

    # ---- inside

    async def _while_up(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do it while the caller is there. The only place where HungUp is raised.

        If Asterisk went away meanwhile, and came back with the caller still there, it is done once more.
        """
        while self.wire.ended is None:
            task = asyncio.ensure_future(work())
            await self._until_gone(task)
            error = None if task.cancelled() else task.exception()
            if not task.cancelled() and error is None:
                return task.result()
            if self.wire.ended is not None or isinstance(error, Gone) or error is None:
                break
            if not isinstance(error, PbxAway) or not await self._came_back():
                raise error
        raise HungUp(f"call {self._id}: the caller's leg is gone")

    async def _came_back(self) -> bool:
        verdict = asyncio.ensure_future(self._exchange.link.came_back())
        await self._until_gone(verdict)
        return verdict.cancelled() or verdict.result()

    async def _until_gone(self, task: asyncio.Future[Any]) -> None:
        """Wait for the task, or for the caller's end, which cancels it; being cancelled cancels it, too."""
        gone = asyncio.ensure_future(self.wire.gone.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            await call_off(task)

    async def _answer(self) -> None:
        if not self._answered:
            await self.wire.silence()
            await self.wire.command(self._exchange.commands.answer(self.wire.id))
            self._answered = True

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
        for leg in tuple(self.legs):
            if not leg.answered:  # nobody shall run to a phone for a caller who has gone
                self._exchange.errands.run(leg.stop())
