"""One try at one candidate: the driver of the transfer table.

It turns what happens (the caller, the phone, whoever wanted it, our timers) into the table's events, one after
another, and does what the table says. It decides nothing itself. It is one of the three places besides the reception
that notice the caller's leaving, because for a table that is an event like any other.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial

from callflows.conversation import Conversation
from callflows.host import Host
from callflows.leaving import Leaving
from callflows.outcomes import ON_DUTY, CallOutcome, Outcome
from callflows.transfer.log import AttemptLog
from callflows.transfer.proof import audio_flows_both_ways
from callflows.transfer.rung import RungPhone
from callflows.transfer.saying import Saying
from callflows.transfer.table import (
    BEGINNINGS,
    CONSULTED_BEFORE,
    CONSULTING_BEFORE,
    Action,
    Conclude,
    Do,
    Event,
    State,
    Step,
    step,
)
from callflows.transfer.wanted import Try
from callflows.work import Work
from telephony.call import Talk
from telephony.errors import HungUp

STAYS = 30.0
"""Seconds that two people stay together without proof of audio before we believe that they hear each other."""


class Attempt:
    """Rings one candidate for one caller, and stays until they talk or it has failed.

    `watch` is told of each state as it is entered: for whoever waits for the outcome.
    """

    def __init__(
        self, conversation: Conversation, wanted: Try, log: AttemptLog, watch: Callable[[State], None]
    ) -> None:
        self.host: Host | None = None
        """Whoever has the caller now; None: the caller still has nobody."""
        self._conversation = conversation
        self._call = conversation.call
        self._try = wanted
        self._candidate = wanted.candidate
        self._log = log
        self._saying = Saying(conversation, wanted, log)
        self._watch = watch
        self._work: Work[Event] = Work()
        self._leaving = Leaving(self._call, Event.CALLER_LEFT, Event.PBX_RESTARTED)
        self._phone = RungPhone(conversation, wanted, log, self._work.post)
        self._consultation = AsyncExitStack()
        self._hold = AsyncExitStack()
        self._state = State.ANNOUNCING
        self._outcome = Outcome.CANCELLED
        self._had_before = conversation.outcome
        self._made: Host | None = None

    async def run(self) -> Outcome:
        """Go through the table once. Raises HungUp if the caller left, once that is on record.

        Our own mistake, or the service's going, breaks it off: then that is its outcome on record.
        """
        try:
            await self._through_the_table()
        except BaseException as error:
            self._log.broken_off(type(error).__name__)
            raise
        finally:
            await self._work.stop_all()
            await self._consultation.aclose()
            await self._hold.aclose()
            if self._state is State.TALKING and self._made is not None:
                self.host = self._made
                self.host.has_left = Event.COLLEAGUE_LEFT in self._work.rest()
                self.host.holds = self._phone.holds
            elif self._made is not None:
                await self._made.release()
            else:
                await self._phone.let_go()
        if self.host is None and self._call.ended is not None:
            raise HungUp
        return self._outcome

    def cancel(self) -> None:
        """Call it off. Too late once they talk."""
        self._work.post(Event.CANCELLED)

    def complete(self) -> None:
        """The consultation is over: the caller goes to the colleague."""
        self._work.post(Event.COMPLETE)

    def host_left(self) -> None:
        """Whoever wanted it does not wait for the outcome."""
        self._log.left_meanwhile()
        self._work.post(Event.HOST_LEFT)

    async def _through_the_table(self) -> None:
        self._phone.keep_from_the_queue()
        self._work.start("caller", partial(self._leaving.told, self._work.post))
        await self._carry_out(self._beginning(), None)
        while self._state not in (State.TALKING, State.OVER):
            event = await self._work.next()
            await self._carry_out(step(self._state, event), event)

    def _beginning(self) -> Step:
        if self._try.goes_on:
            return CONSULTING_BEFORE
        return CONSULTED_BEFORE if self._try.consulted is not None else BEGINNINGS[self._try.way]

    async def _carry_out(self, taken: Step, event: Event | None) -> None:
        entered = taken.state is not self._state or event is None
        self._state = taken.state
        for action in taken.actions:
            try:
                await self._do(action, event)
            except HungUp:
                self._work.post(self._leaving.how)
        if entered:
            self._watch(self._state)

    async def _do(self, action: Action, event: Event | None) -> None:
        match action:
            case Conclude(outcome):
                self._conclude(outcome)
            case Do.ANNOUNCE:
                self._work.start("announcement", self._announce)
            case Do.RING:
                await self._ring()
            case Do.TAKE_OVER:
                await self._take_over()
            case Do.MUSIC:
                await self._hold.enter_async_context(self._call.on_hold())
            case Do.CONSULT:
                await self._consult()
            case Do.END_THE_CONSULTATION:
                await self._end_the_consultation(event)
            case Do.WHISPER:
                await self._work.stop("ring timer")
                self._work.start("whisper", self._whisper)
            case Do.INTRODUCE:
                await self._introduce()
            case Do.CONNECT:
                await self._connect()
            case Do.TELL_OF_SILENCE:
                self._work.start("silence", self._tell_of_silence)
                self._work.timer("stay timer", STAYS, Event.STAYED_ON)
            case Do.STOP_THE_PHONE:
                await self._phone.stop()
            case Do.END_THE_TALK:
                by = {Event.COLLEAGUE_LEFT: "colleague", Event.CALLER_LEFT: "caller"}
                self._log.talk_ended(by.get(event or Event.PBX_RESTARTED, "pbx"))
            case Do.COUNT_NO_TALK:
                self._conversation.outcome = self._had_before

    def _conclude(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._log.concluded(outcome, self._phone.detail)
        if self._state in (State.SILENT, State.TALKING):
            on_duty = self._try.way in ON_DUTY
            self._conversation.outcome = CallOutcome.SERVED if on_duty else CallOutcome.TRANSFERRED

    # The table's verbs

    async def _announce(self) -> None:
        await self._saying.announcement()
        self._work.post(Event.ANNOUNCED)

    async def _ring(self) -> None:
        self._conversation.waiting_for = f"ring {self._candidate.extension.digits}"
        await self._hold.enter_async_context(self._call.on_hold())
        await self._phone.ring()
        self._work.timer("ring timer", self._try.ring, Event.RING_TIME_UP)
        self._work.start("phone", self._phone.listen)

    async def _take_over(self) -> None:
        assert self._try.consulted is not None
        await self._phone.take_over(self._try.consulted)
        self._work.start("phone", self._phone.listen)

    async def _consult(self) -> None:
        assert self._try.by is not None
        await self._work.stop("ring timer")
        consultation = self._call.consult(self._try.by.leg, self._phone.leg)
        talk = await self._consultation.enter_async_context(consultation)
        self._work.start("proof", partial(self._prove, talk))
        if not self._log.is_consulting:
            self._log.consultation_began(self._phone.leg.id)
            self._work.start("thanks", partial(self._saying.consulted, self._phone.leg))

    async def _end_the_consultation(self, event: Event | None) -> None:
        await self._work.stop("thanks", "proof")
        await self._consultation.aclose()
        by = {Event.COLLEAGUE_LEFT: "colleague", Event.CALLER_LEFT: "caller", Event.PBX_RESTARTED: "pbx"}
        self._log.consultation_ended(by.get(event, "host") if event else "host")

    async def _whisper(self) -> None:
        await self._saying.whisper(self._phone.leg)
        accept = self._conversation.policy.accept
        self._work.timer("accept timer", accept, Event.ACCEPT_TIME_UP)
        await asyncio.sleep(accept / 2)
        await self._saying.keys(self._phone.leg)

    async def _introduce(self) -> None:
        if self._saying.asks_for_a_key:
            self._log.accepted()
        await self._work.stop("announcement", "ring timer", "whisper", "accept timer")
        await self._hold.aclose()
        self._work.start("introduction", self._introduction)
        self._work.start("thanks", partial(self._saying.meanwhile, self._phone.leg))

    async def _introduction(self) -> None:
        await self._saying.introduction()
        await self._work.finishes("thanks")  # who took the call shall know what they need, before they speak
        self._work.post(Event.INTRODUCED)

    async def _connect(self) -> None:
        await self._work.stop("thanks")
        self._conversation.waiting_for = "talk"
        self._made = Host(self._call, self._candidate, self._log, self._phone.leg, self._phone.let_go)
        talk = await self._made.join()
        self._log.connected(self._phone.leg.id)
        self._work.timer("proof timer", self._conversation.policy.proof_within, Event.PROOF_TIME_UP)
        self._work.start("proof", partial(self._prove, talk))

    async def _prove(self, talk: Talk) -> None:
        await audio_flows_both_ways(talk, for_seconds=self._conversation.policy.proof)
        self._work.post(Event.AUDIO_PROVED)

    async def _tell_of_silence(self) -> None:
        if self._made is not None and self._made.talk is not None:
            await self._made.talk.say(self._conversation.wording.plain("silence"))
