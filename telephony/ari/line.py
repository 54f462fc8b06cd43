"""The hall's line on Asterisk: `AriLine`, the port `Line` over ARI.

It gives every call a task of its own, keeps the connection, and after each (re)connection makes our idea
of what there is agree with Asterisk's (`telephony.ari.reconcile`).

One process per application name: a second one that connects under it gets all events, and the first
stops (`LineTaken`).
"""

import asyncio
import logging
from dataclasses import replace

from telephony.ari.call import AriCall
from telephony.ari.caller import Entry
from telephony.ari.client import AriClient
from telephony.ari.connection import Connection
from telephony.ari.dispatch import Dispatch
from telephony.ari.events import ApplicationReplaced, Event, PbxStops, StasisStart
from telephony.ari.exchange import Exchange
from telephony.ari.ids import RUNG, Names
from telephony.ari.link import Link
from telephony.ari.phones import Phones
from telephony.ari.reconcile import Found, Party, Plan, plan
from telephony.ari.roster import Roster
from telephony.ari.settings import AriSettings
from telephony.ari.speaker import Speaker
from telephony.ari.statistics import Counters, LineStatistics
from telephony.ari.tasks import first_of, let_end, to_the_end
from telephony.call import OnSettled, Story, nobody_asks
from telephony.errors import HungUp, LineTaken, PbxAway
from telephony.values import Arrival, PhoneSeen, Settled
from telephony.voice.port import Voice

log = logging.getLogger(__name__)

GOING = 3.0
"""Seconds that we give to what is still being said to Asterisk when we go."""


class AriLine:
    """One Stasis application of one Asterisk. Make it anywhere; `serve` it once, in one event loop."""

    def __init__(self, settings: AriSettings, voice: Voice) -> None:
        self._settings = settings
        self._counters = Counters()
        self._names = Names(settings.app)
        dispatch = Dispatch(self._strangers_event)
        self._client = AriClient(settings, self._counters, dispatch.deliver)
        commands = self._client.commands
        link = Link()
        speaker = Speaker(voice, settings, self._names, commands, dispatch, link)
        self._exchange = Exchange(settings, self._names, commands, dispatch, speaker, link)
        self._story: Story | None = None
        self._on_settled: OnSettled = nobody_asks
        self._unheard: list[Event] = []
        """What strangers did while we were looking at what there is: some of them are ours a moment later."""
        self._phones = Phones(commands)
        self._roster = Roster()
        self._started = ""
        self._draining = False
        self._taken = asyncio.Event()
        self._connection = Connection(self._client, self._exchange.link, self._settle)

    @property
    def ready(self) -> bool:
        """Whether calls reach us now."""
        return self._exchange.link.up.is_set() and not self._draining and not self._taken.is_set()

    @property
    def leaving(self) -> bool:
        """Whether it is served no more: callers stay for the next process."""
        return self._exchange.leaving

    @property
    def statistics(self) -> LineStatistics:
        """The line as it stands now."""
        legs = list(self._roster.legs())
        return LineStatistics(
            ready=self.ready,
            calls=len(self._roster.stories),
            legs=sum(leg.wire.ended is None for leg in legs),
            left_behind=sum(call.legs.left_behind for call in self._roster.stories),
            connects=self._counters.connects,
            commands=self._counters.commands,
            failures=self._counters.failures,
            events=self._counters.events,
            queued=sum(leg.untold for leg in legs),
        )

    def phone(self, number: str) -> PhoneSeen:
        """What the phone with this number that is registered here is doing; UNKNOWN while the line is not ready."""
        return self._phones.seen(number) if self._exchange.link.up.is_set() else PhoneSeen.UNKNOWN

    async def serve(self, story: Story, settled: OnSettled = nobody_asks) -> None:
        """Take calls until cancelled. Raises WrongPassword at once, and LineTaken when it happens.

        Cancelling is not hanging up: who talks goes on talking, and who waits hears music or silence
        until the next process takes them over.
        """
        self._story, self._on_settled = story, settled
        exchange = self._exchange
        try:
            await first_of(
                self._connection.keep(),
                self._stop_when_taken(),
                self._give_up_what_is_lost(),
                self._phones.keep_looking(exchange.link, self._settings.looks),
            )
        finally:
            exchange.leaving = True
            await to_the_end(self._leave())

    async def drain(self, limit: float) -> None:
        """Send new calls to the dialplan's fallback; return when all others have ended, or after `limit`."""
        self._draining = True
        try:
            async with asyncio.timeout(limit):
                await self._roster.idle.wait()
        except TimeoutError:
            log.warning("%d calls are still up after %g s of draining", len(self._roster.stories), limit)

    # ---- calls

    def _strangers_event(self, event: Event) -> None:
        """An event about a channel that nobody watches."""
        match event:
            case StasisStart(channel=channel, args=args):
                commands, errands = self._exchange.commands, self._exchange.errands
                if self._names.is_leg(channel.id) or args[:1] == (RUNG,):
                    errands.run(let_end(commands.hang_up(channel.id)))
                elif self._draining or self._exchange.leaving:
                    errands.run(let_end(commands.send_on(channel.id)))
                else:
                    self._take(Found(Party(channel)), Entry.of(args, channel.exten))
            case ApplicationReplaced(about=self._settings.app):
                if not self._connection.replaced_by_our_own():
                    self._taken.set()
            case PbxStops():
                self._roster.lose_everything("Asterisk is being stopped")
            case _ if not self._exchange.link.up.is_set():
                self._unheard.append(event)

    def _take(self, found: Found, entry: Entry) -> None:
        """Watch the call from this moment on, and begin its story."""
        call = AriCall(self._exchange, found, entry, self._roster.leg_of_calls_by)
        self._roster.enter(call, asyncio.create_task(self._tell(call), name=f"story of call {call.id}"))

    async def _tell(self, call: AriCall) -> None:
        assert self._story is not None
        try:
            if call.arrival is Arrival.RESUMED:
                await self._exchange.link.up.wait()
            await call.begin()
            await self._story(call)
        except HungUp:
            pass
        except Exception as error:  # a story's own mistake must not reach the other calls
            log.error("the story of call %s failed", call.id, exc_info=error)
        finally:
            try:
                if not self._exchange.leaving:
                    await call.finish()
            finally:
                self._roster.leave(call)

    # ---- agreeing with Asterisk

    async def _settle(self) -> None:
        """The event socket is up: find out what happened while it was not."""
        self._counters.connects += 1
        self._unheard.clear()
        commands, app = self._exchange.commands, self._settings.app
        await self._client.choose_events()
        await self._phones.look()
        info = await commands.info()
        restarted = bool(self._started) and info.started != self._started
        self._started = info.started
        settled = self._roster.channels(settled=True)
        channels, bridges = await commands.channels(), await commands.bridges()
        known = self._roster.channels(settled=False)
        todo = plan(self._names, app, channels, bridges, settled=settled, known=known)
        if restarted:  # whoever has called since then is listed, and not lost
            log.error("Asterisk has restarted: %d calls and phones of before are gone", len(todo.lost))
        self._roster.lose(todo.lost, pbx_restarted=restarted)
        await self._carry_out(todo)
        self._on_settled(Settled(self._roster.calls(), info.since))

    async def _carry_out(self, todo: Plan) -> None:
        """Whoever was left behind is watched at once; their stories begin when the link is up."""
        commands = self._exchange.commands
        for found in todo.resume:
            channel = found.caller.channel
            self._take(found, replace(Entry.of(channel.stasis[1:], channel.exten), arrival=Arrival.RESUMED))
        for event in self._unheard:
            self._exchange.dispatch.repeat(event)
        ends = [commands.hang_up(channel) for channel in todo.end_channels]
        ends += [commands.end_bridge(bridge) for bridge in todo.end_bridges]
        await asyncio.gather(*map(let_end, ends))

    # ---- ends

    async def _stop_when_taken(self) -> None:
        await self._taken.wait()
        raise LineTaken(f"Another process serves the application '{self._settings.app}' now; this one stops.")

    async def _give_up_what_is_lost(self) -> None:
        link = self._exchange.link
        while True:
            await link.down.wait()
            try:
                async with asyncio.timeout(self._settings.lost):
                    await link.up.wait()
            except TimeoutError:
                self._roster.lose_everything(f"Asterisk has been away for {self._settings.lost:g} s")
                await link.up.wait()

    async def _leave(self) -> None:
        stories = list(self._roster.stories.values())
        for task in stories:
            task.cancel()
        if stories:
            _, deaf = await asyncio.wait(stories, timeout=2 * GOING)
            if deaf:
                log.error("%d stories do not end although they are cancelled", len(deaf))
        await self._exchange.errands.finish(GOING)
        try:
            await self._client.close()
        except PbxAway as away:
            log.info("closing the connection: %s", away)
