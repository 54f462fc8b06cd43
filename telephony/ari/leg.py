"""A phone that we ring: `RungLeg`, the port `Leg` over ARI.

Originate with an id of our own, watched before we ask; our own timer for phones that show no RINGING; our
own memory of what we stopped; and `classify` for everything else. Asterisk's documentation:
https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/Channels_REST_API/
"""

import asyncio

from telephony.ari.classify import Ending, classify
from telephony.ari.errors import AriRefused, Gone
from telephony.ari.events import (
    ChannelDestroyed,
    Dial,
    Dtmf,
    Event,
    HangupRequest,
    Hold,
    StasisEnd,
    StasisStart,
    StateChange,
    Transfer,
    Unhold,
)
from telephony.ari.exchange import Exchange
from telephony.ari.keys import MOST_KEPT
from telephony.ari.reconcile import Party
from telephony.ari.ringing import ring, rung_as
from telephony.ari.tasks import let_end, to_the_end
from telephony.ari.transfers import Transfers
from telephony.ari.wire import Wire
from telephony.errors import PbxAway, Refused
from telephony.values import (
    Behind,
    CallId,
    Ended,
    HangUpCause,
    KeyPressed,
    LegEnded,
    LegEvent,
    LegId,
    PhoneAnswered,
    PhoneHolds,
    PhoneResumes,
    PhoneRings,
    Played,
    Progress,
    Target,
    Words,
)


class RungLeg:
    """One phone, from before it is asked until it is gone."""

    def __init__(self, exchange: Exchange, call: CallId, target: Target) -> None:
        self._exchange = exchange
        self._call = call
        self.target = target
        self._events: asyncio.Queue[LegEvent] = asyncio.Queue()
        self._asked: asyncio.Future[None] | None = None
        self._silent: asyncio.TimerHandle | None = None
        self._silent_for: float | None = None
        self._rang = self._taken_up = self._stopped = self._redirected = False
        self._hangup = HangupRequest("", 0, 0, soft=False)
        self._transfers = Transfers()
        self.answered = False
        self.wire = Wire(exchange.names.leg(), exchange.link, self._after_the_end)

    @property
    def id(self) -> LegId:
        """Ours, and the channel's."""
        return LegId(self.wire.id)

    @property
    def placed(self) -> bool:
        """Whether Asterisk has taken our asking: from then on it lists the channel while it lives."""
        return self._asked is not None and self._asked.done()

    @property
    def untold(self) -> int:
        """Events that the story has not taken yet."""
        return self._events.qsize()

    async def next(self) -> LegEvent:
        """The next thing this leg tells; after `LegEnded` it waits for ever."""
        return await self._events.get()

    async def say(self, *words: Words) -> Played:
        """Whisper to this party."""
        if self.wire.ended is not None:
            return Played.FAILED
        if not self.answered:
            raise Refused("The phone has not been answered: nobody could hear a whisper.")
        try:
            return await self._exchange.speaker.say(self.wire, words)
        except (Gone, PbxAway):
            return Played.FAILED

    async def stop(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the leg. Idempotent."""
        await to_the_end(self._stop(cause))

    async def report(self, progress: Progress) -> None:
        """Tell a phone that asked for a transfer how it goes."""
        if self.wire.ended is None:
            await self._transfers.report(progress, self._exchange, self.wire.id)

    # ---- for the call

    async def place(self, originator: str | None) -> None:
        """Ask Asterisk to ring the phone; returns when it has begun, or has failed and `LegEnded` tells so.

        `originator` is the caller's channel, whose number the phone is shown; None for a withheld one.
        Cancelling does not take the asking back: `stop` does.
        """
        limit = self._exchange.settings
        silent = limit.ringing_here if self.target.behind is Behind.HERE else limit.ringing_trunk
        self._exchange.dispatch.watch(self.wire.id, self.feed)
        self._silent = asyncio.get_running_loop().call_later(silent, self._no_ringing, silent)
        self._asked = asyncio.create_task(self._ask(originator))
        await asyncio.shield(self._asked)

    def feed(self, event: Event) -> None:
        """Take an event of this channel in."""
        match event:
            case StateChange(state="Ringing") | Dial(status="RINGING" | "PROGRESS"):
                self._rings()
            case Dial(status="ANSWER"):
                self._taken_up = True
            case Dial(redirected=True, forwarded=forwarded):
                self._redirected = True
                if forwarded:
                    self._exchange.errands.run(let_end(self._exchange.commands.hang_up(forwarded)))
            case StasisStart():
                self._answers()
            case Dtmf(key=key) if self.wire.ended is None and self.untold < MOST_KEPT:
                self._events.put_nowait(KeyPressed(key))
            case Hold() if self._talks:
                self._events.put_nowait(PhoneHolds())
            case Unhold() if self._talks:
                self._events.put_nowait(PhoneResumes())
            case Transfer() if self._talks and (asked := self._transfers.asked(event, self._exchange)):
                self._events.put_nowait(asked)
            case HangupRequest():
                self._hangup = event
                if self.answered:
                    self._ends(0, 0)
            case StasisEnd() if self.answered:
                self._ends(0, 0)
            case ChannelDestroyed(cause=cause, tech_cause=tech_cause):
                self._exchange.dispatch.forget(self.wire.id)
                if self._taken_up:
                    self._answers()  # put down in the same breath, before it came under our control
                self._ends(cause or self._hangup.cause, tech_cause or self._hangup.tech_cause)
            case _:
                pass

    def lose(self, why: Ended, detail: str = "") -> None:
        """Asterisk does not know this leg any more."""
        if self.wire.ended is None:
            self._exchange.dispatch.forget(self.wire.id)
            self.wire.end(LegEnded(why, detail))

    def move_to(self, call: CallId) -> "RungLeg | None":
        """The same phone as a leg of another call, from this moment on; None if nobody is there to be moved.

        This one tells that it was stopped; Asterisk is told nothing, and the party notices nothing.
        """
        if not self._talks:
            return None
        moved = RungLeg(self._exchange, call, self.target)
        moved._transfers, self._transfers = self._transfers, Transfers()
        moved._is_up_on(self.wire.handed_on(moved._after_the_end))
        self.wire.end(LegEnded(Ended.STOPPED, "taken over by another call"))
        return moved

    @classmethod
    def found(cls, exchange: Exchange, call: CallId, party: Party) -> "RungLeg":
        """One that a process before us has rung, answered since; watched from this moment on."""
        channel = party.channel
        leg = cls(exchange, call, rung_as(channel, exchange.settings.trunk))
        leg._is_up_on(Wire(channel.id, exchange.link, leg._after_the_end, party.talk))
        return leg

    # ---- inside

    def _is_up_on(self, wire: Wire) -> None:
        self.wire, self.answered = wire, True
        self._asked = asyncio.get_running_loop().create_future()
        self._asked.set_result(None)
        self._exchange.dispatch.watch(wire.id, self.feed)

    @property
    def _talks(self) -> bool:
        """Answered, and nobody has ended it."""
        return self.answered and not self._stopped and self.wire.ended is None

    async def _ask(self, originator: str | None) -> None:
        failed = await ring(self._exchange, self.id, self._call, self.target, originator)
        if failed is not None:
            self.lose(failed.why, failed.detail)

    async def _stop(self, cause: HangUpCause) -> None:
        if self._asked is None:
            self.lose(Ended.STOPPED)
            return
        await asyncio.wait({self._asked})
        if self.wire.ended is not None or self._stopped:
            return
        self._stopped = True
        try:
            await self.wire.command(self._exchange.commands.hang_up(self.wire.id, cause))
        except Gone:
            return
        except (PbxAway, AriRefused) as error:
            self.wire.end(LegEnded(Ended.STOPPED, type(error).__name__))  # reconciling will end it
            return
        self._ends(0, 0)

    def _rings(self) -> None:
        if self.wire.ended is None and not self._rang and not self.answered:
            self._rang = True
            self._hush()
            self._events.put_nowait(PhoneRings())

    def _answers(self) -> None:
        if self.wire.ended is None and not self.answered:
            self.answered = True
            self._hush()
            self._events.put_nowait(PhoneAnswered())

    def _no_ringing(self, seconds: float) -> None:
        if self.wire.ended is None and not self.answered and not self._stopped:
            self._silent_for = seconds
            self._exchange.errands.run(self._stop(HangUpCause.NO_ANSWER))

    def _ends(self, cause: int, tech_cause: int) -> None:
        ending = Ending(
            answered=self.answered,
            rang=self._rang,
            stopped=self._stopped,
            silent_for=self._silent_for,
            redirected=self._redirected,
            cause=cause,
            tech_cause=tech_cause,
        )
        self.wire.end(classify(ending))

    def _after_the_end(self) -> None:
        self._hush()
        assert self.wire.ended is not None
        self._events.put_nowait(self.wire.ended)

    def _hush(self) -> None:
        if self._silent is not None:
            self._silent.cancel()
