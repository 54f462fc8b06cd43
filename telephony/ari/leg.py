"""A phone that we ring: `RungLeg`, the port `Leg` over ARI.

Originate with an id of our own, watched before we ask; our own timer for phones that show no RINGING; our
own memory of what we stopped; and `classify` for everything else. Asterisk's documentation:
https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/Channels_REST_API/
"""

import asyncio
import re

from telephony.ari.classify import NOT_REGISTERED, Ending, classify
from telephony.ari.errors import AriRefused, Gone, ServerFailed
from telephony.ari.events import (
    ChannelDestroyed,
    Dial,
    Dtmf,
    Event,
    HangupRequest,
    StasisEnd,
    StasisStart,
    StateChange,
)
from telephony.ari.exchange import Exchange
from telephony.ari.ids import RUNG
from telephony.ari.tasks import to_the_end
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
    PhoneRings,
    Played,
    Target,
    Words,
)

DIALABLE = re.compile(r"\+?[0-9A-Za-z_*#]{1,32}")
"""What may stand in an endpoint's name: nothing that would reach another endpoint or address."""


class RungLeg:
    """One phone, from before it is asked until it is gone."""

    def __init__(self, exchange: Exchange, call: CallId, target: Target) -> None:
        self._exchange = exchange
        self._call = call
        self._target = target
        self._events: asyncio.Queue[LegEvent] = asyncio.Queue()
        self._asked: asyncio.Task[None] | None = None
        self._silent: asyncio.TimerHandle | None = None
        self._silent_for: float | None = None
        self._rang = self._taken_up = self._stopped = self._redirected = False
        self._hangup = HangupRequest("", 0, 0, soft=False)
        self.answered = False
        self.talking = False
        """In a bridge with the caller."""
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
        except Gone:
            return Played.FAILED

    async def stop(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the leg. Idempotent."""
        await to_the_end(self._stop(cause))

    # ---- for the call

    async def place(self, originator: str | None) -> None:
        """Ask Asterisk to ring the phone; returns when it has begun, or has failed and `LegEnded` tells so.

        `originator` is the caller's channel, whose number the phone is shown; None for a withheld one.
        Cancelling does not take the asking back: `stop` does.
        """
        limit = self._exchange.settings
        silent = limit.ringing_here if self._target.behind is Behind.HERE else limit.ringing_trunk
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
                    self._exchange.errands.run(self._end_stray(forwarded))
            case StasisStart():
                self._answers()
            case Dtmf(key=key) if self.wire.ended is None:
                self._events.put_nowait(KeyPressed(key))
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

    def lose(self, why: Ended) -> None:
        """Asterisk does not know this leg any more."""
        self._is_no_more(LegEnded(why))

    # ---- inside

    async def _ask(self, originator: str | None) -> None:
        number = self._target.number
        if not DIALABLE.fullmatch(number):
            self._is_no_more(LegEnded(Ended.UNREACHABLE, "not a number"))
            return
        settings = self._exchange.settings
        behind = "" if self._target.behind is Behind.HERE else f"@{settings.trunk}"
        try:
            await self._exchange.commands.originate(
                self.wire.id,
                f"PJSIP/{number}{behind}",
                app=settings.app,
                args=f"{RUNG},{self.wire.id}",
                call=self._call,
                caller=originator,
                limit=settings.ring_backstop,
            )
        except ServerFailed:
            self._is_no_more(NOT_REGISTERED)
        except Gone:
            self._is_no_more(LegEnded(Ended.STOPPED, "the caller left"))
        except (PbxAway, AriRefused) as error:
            self._is_no_more(LegEnded(Ended.UNREACHABLE, type(error).__name__))
            self._exchange.errands.run(self._end_stray(self.wire.id))  # it may have begun all the same

    def _is_no_more(self, how: LegEnded) -> None:
        self._exchange.dispatch.forget(self.wire.id)
        self.wire.end(how)

    async def _stop(self, cause: HangUpCause) -> None:
        if self._asked is None:
            self._is_no_more(LegEnded(Ended.STOPPED))
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

    async def _end_stray(self, channel: str) -> None:
        try:
            await self._exchange.commands.hang_up(channel)
        except (Gone, AriRefused):
            return

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
