"""The hall's line on Asterisk: `AriLine`, the port `Line` over ARI.

It gives every call a task of its own, keeps the connection, and after each (re)connection makes our idea
of what there is agree with Asterisk's (`telephony.ari.reconcile`).

One process per application name: a second one that connects under it gets all events, and the first
stops (`LineTaken`).
"""

import asyncio
import logging

from telephony.ari.call import AriCall
from telephony.ari.caller import Entry
from telephony.ari.client import AriClient
from telephony.ari.connection import Connection
from telephony.ari.dispatch import Dispatch
from telephony.ari.errors import AriRefused, Gone
from telephony.ari.events import ApplicationReplaced, Event, StasisStart
from telephony.ari.exchange import Exchange
from telephony.ari.ids import RUNG, Names, new_call
from telephony.ari.pair import Pair
from telephony.ari.reconcile import Plan, plan
from telephony.ari.roster import Roster
from telephony.ari.settings import AriSettings
from telephony.ari.snapshots import ChannelSnapshot
from telephony.ari.speaker import Speaker
from telephony.ari.statistics import Counters, LineStatistics
from telephony.ari.tasks import first_of, let_end, to_the_end
from telephony.call import Story
from telephony.errors import HungUp, LineTaken, PbxAway
from telephony.values import Arrival, CallId
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
        speaker = Speaker(voice, settings, self._names, commands, dispatch)
        self._exchange = Exchange(settings, self._names, commands, dispatch, speaker)
        self._story: Story | None = None
        self._roster = Roster()
        self._started = ""
        self._draining = False
        self._taken = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether calls reach us now."""
        return self._exchange.link.up.is_set() and not self._draining and not self._taken.is_set()

    @property
    def statistics(self) -> LineStatistics:
        """The line as it stands now."""
        legs = list(self._roster.legs())
        return LineStatistics(
            ready=self.ready,
            calls=len(self._roster.stories),
            legs=sum(leg.wire.ended is None for leg in legs),
            pairs=len(self._roster.pairs),
            connects=self._counters.connects,
            commands=self._counters.commands,
            failures=self._counters.failures,
            events=self._counters.events,
            queued=sum(leg.untold for leg in legs),
        )

    async def serve(self, story: Story) -> None:
        """Take calls until cancelled. Raises WrongPassword at once, and LineTaken when it happens.

        Cancelling is not hanging up: who talks goes on talking, and who waits hears music or silence
        until the next process takes them over.
        """
        self._story = story
        exchange = self._exchange
        connection = Connection(self._client, exchange.link, self._settle)
        try:
            await first_of(connection.keep(), self._stop_when_taken(), self._give_up_what_is_lost())
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
                    known = CallId(channel.call) if channel.call else None
                    self._take(channel, args, known or new_call(), Arrival.RESUMED if known else Arrival.NEW)
            case ApplicationReplaced(about=self._settings.app):
                self._taken.set()
            case _:
                pass

    def _take(
        self, channel: ChannelSnapshot, args: tuple[str, ...], call_id: CallId, arrival: Arrival
    ) -> None:
        """Watch the call from this moment on, and begin its story."""
        entry = Entry.of(args, channel.exten)
        call = AriCall(self._exchange, call_id, channel, entry, arrival, self._roster.leg_of_calls_by)
        self._roster.enter(call, asyncio.create_task(self._tell(call), name=f"story of call {call_id}"))

    async def _tell(self, call: AriCall) -> None:
        assert self._story is not None
        try:
            if call.arrival is Arrival.NEW:
                await self._name(call)
            if call.phone:
                await let_end(call.wire.command(self._exchange.commands.keep_transfers(call.wire.id)))
            await self._story(call)
        except HungUp:
            pass
        except Exception as error:  # a story's own mistake must not reach the other calls
            log.error("the story of call %s failed", call.id, exc_info=error)
        finally:
            try:
                if not self._exchange.leaving:
                    await call.hang_up()
            finally:
                self._roster.leave(call)

    async def _name(self, call: AriCall) -> None:
        """Write the call's id on its channel. Without it, our next process would give it another."""
        await let_end(call.wire.command(self._exchange.commands.name_call(call.wire.id, call.id)))

    # ---- agreeing with Asterisk

    async def _settle(self) -> None:
        """The event socket is up: find out what happened while it was not."""
        self._counters.connects += 1
        commands = self._exchange.commands
        await commands.filter_events(self._settings.app)
        info = await commands.info()
        if self._started and info.started != self._started:
            log.error("Asterisk has restarted: its %d calls are gone", len(self._roster.stories))
            self._roster.lose_everything()
        self._started = info.started
        settled = self._roster.channels(settled=True)
        channels, bridges = await commands.channels(), await commands.bridges()
        known = self._roster.channels(settled=False)
        app = self._settings.app
        await self._carry_out(plan(self._names, app, channels, bridges, settled=settled, known=known))

    async def _carry_out(self, todo: Plan) -> None:
        commands = self._exchange.commands
        self._roster.lose(todo.lost)
        for couple in todo.couples:
            self._roster.adopt(Pair(self._exchange, couple, self._roster.part))
        for channel in todo.end_channels:
            await let_end(commands.hang_up(channel))
        for bridge in todo.end_bridges:
            await let_end(commands.end_bridge(bridge))
        for citizen in todo.resume:
            await self._adopt(citizen)

    async def _adopt(self, channel: ChannelSnapshot) -> None:
        """A citizen on the line whose story died with a process before us: begin again where they are."""
        commands = self._exchange.commands
        for playback in self._names.playbacks(channel.id):
            await let_end(commands.stop_playback(playback))
        call_id = CallId(channel.call) if channel.call else new_call()
        try:
            await commands.name_call(channel.id, call_id)
        except (Gone, AriRefused):
            return  # put down in this moment
        self._take(channel, channel.stasis[1:], call_id, Arrival.RESUMED)

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
                log.error(
                    "Asterisk has been away for %g s: %d calls given up",
                    self._settings.lost,
                    len(self._roster.stories),
                )
                self._roster.lose_everything()
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
