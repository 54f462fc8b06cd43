"""One try at one candidate: the driver of the transfer table.

It turns what happens (the caller, the phone, our timers) into the table's events, one after another, and
does what the table says. It decides nothing itself. It is the one place besides the reception that
notices the caller's leaving, because for a table that is an event like any other.
"""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

from callflows.conversation import Conversation
from callflows.outcomes import CallOutcome, Outcome
from callflows.transfer.log import AttemptLog
from callflows.transfer.proof import audio_flows_both_ways
from callflows.transfer.table import Action, Conclude, Do, Event, State, step
from callflows.transfer.work import Work
from directory.model import Extension, Reached
from directory.resolve import Candidate
from telephony.call import Leg, Talk
from telephony.errors import HungUp
from telephony.values import (
    Behind,
    Ended,
    HangUpCause,
    KeyPressed,
    LegEnded,
    LegEvent,
    PhoneAnswered,
    PhoneRings,
    Played,
    Target,
    Words,
)

KEYS = {"1": Event.KEY_ACCEPT, "2": Event.KEY_DECLINE}
"""The colleague's keys; all others mean nothing."""

NEVER_TAKEN_UP = {
    Ended.BUSY: Event.PHONE_BUSY,
    Ended.DECLINED: Event.PHONE_DECLINED,
    Ended.NO_ANSWER: Event.PHONE_GAVE_UP,
    Ended.UNREACHABLE: Event.PHONE_UNREACHABLE,
    Ended.HUNG_UP: Event.PHONE_GAVE_UP,
    Ended.PBX_RESTARTED: Event.PBX_RESTARTED,
}
"""What the end of a phone means that was not taken up. STOPPED is our own doing, and no event."""


STAYS = 30.0
"""Seconds that two people stay together without proof of audio before we believe that they hear each other."""


class Attempt:
    """Rings one candidate for one caller, and stays until the two have talked or it has failed."""

    def __init__(
        self, conversation: Conversation, candidate: Candidate, log: AttemptLog, *, matter: str, ring: float
    ) -> None:
        self.talked = False
        """Whether the two talked until one of them put down. False: the caller still has nobody."""
        self._conversation = conversation
        self._call = conversation.call
        self._candidate = candidate
        self._log = log
        self._matter = matter
        self._ring_limit = ring
        self._needs_key = candidate.person is None or candidate.person.accept_key
        self._work = Work()
        self._stack = AsyncExitStack()
        self._hold = AsyncExitStack()
        self._state = State.ANNOUNCING
        self._outcome = Outcome.CANCELLED
        self._had_before = conversation.outcome
        self._detail = ""
        self._leg: Leg | None = None
        self._talk: Talk | None = None
        self._taken_up = False

    async def run(self) -> Outcome:
        """Go through the table once. Raises HungUp if the caller left, once that is on record.

        Our own mistake, or the service's going, breaks it off: then that is its outcome on record.
        """
        async with self._stack:
            try:
                self._work.start("caller", self._watch_the_caller)
                self._work.start("announcement", self._announce)
                while self._state is not State.OVER:
                    await self._take(await self._work.next())
            except BaseException as error:
                self._log.broken_off(type(error).__name__)
                raise
            finally:
                await self._work.stop_all()
                await self._hold.aclose()
        if self._call.ended is not None:
            raise HungUp
        return self._outcome

    def cancel(self) -> None:
        """Call it off. Too late once they talk."""
        self._work.post(Event.CANCELLED)

    async def _take(self, event: Event) -> None:
        taken = step(self._state, event)
        self._state = taken.state
        self.talked |= taken.state is State.TALKING
        for action in taken.actions:
            try:
                await self._do(action, event)
            except HungUp:
                self._work.post(self._how_the_caller_left())

    async def _do(self, action: Action, event: Event) -> None:
        match action:
            case Conclude(outcome):
                self._outcome = outcome
                self._log.concluded(outcome, self._detail)
                if self._state in (State.SILENT, State.TALKING):
                    self._conversation.outcome = CallOutcome.TRANSFERRED
            case Do.RING:
                await self._ring()
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
                await self._stop_the_phone()
            case Do.END_THE_TALK:
                by = {Event.COLLEAGUE_LEFT: "colleague", Event.CALLER_LEFT: "caller"}
                self._log.talk_ended(by.get(event, "pbx"))
            case Do.GIVE_THE_CALLER_BACK:
                self._conversation.outcome = self._had_before

    # The table's verbs

    async def _announce(self) -> None:
        await self._conversation.say(self._conversation.wording.announcement(self._candidate))
        self._log.announced()
        self._work.post(Event.ANNOUNCED)

    async def _ring(self) -> None:
        self._conversation.waiting_for = f"ring {self._candidate.extension.digits}"
        await self._hold.enter_async_context(self._call.on_hold())
        self._log.ringing_began()
        ringing = self._call.ring(_target(self._candidate.extension))
        self._leg = await self._stack.enter_async_context(ringing)
        self._work.timer("ring timer", self._ring_limit, Event.RING_TIME_UP)
        self._work.start("phone", partial(self._watch_the_phone, self._leg))

    async def _whisper(self) -> None:
        wording, policy = self._conversation.wording, self._conversation.policy
        keys = wording.plain("whisper.keys")
        await self._tell(wording.whisper(self._candidate, self._matter, self._call.caller), keys)
        self._work.timer("accept timer", policy.accept, Event.ACCEPT_TIME_UP)
        await asyncio.sleep(policy.accept / 2)
        await self._tell(keys)

    async def _tell(self, *words: Words) -> None:
        assert self._leg is not None
        played = Played.CUT
        try:
            played = await self._leg.say(*words)
        finally:
            self._log.told(words, played)

    async def _introduce(self) -> None:
        if self._needs_key:
            self._log.accepted()
        await self._work.stop("ring timer", "whisper", "accept timer")
        await self._hold.aclose()
        self._work.start("introduction", self._introduction)
        if self._needs_key:
            self._work.start("thanks", partial(self._tell, self._conversation.wording.plain("whisper.taken")))

    async def _introduction(self) -> None:
        person = self._candidate.person
        if person is None or person.introduction:
            played = await self._conversation.say(self._conversation.wording.introduction(self._candidate))
            self._log.introduced(person.id if person else "", played)
        self._work.post(Event.INTRODUCED)

    async def _connect(self) -> None:
        assert self._leg is not None
        await self._work.stop("thanks")
        self._conversation.waiting_for = "talk"
        self._talk = await self._stack.enter_async_context(self._call.connect(self._leg))
        self._log.connected()
        self._work.timer("proof timer", self._conversation.policy.proof_within, Event.PROOF_TIME_UP)
        self._work.start("proof", partial(self._prove, self._talk))

    async def _prove(self, talk: Talk) -> None:
        await audio_flows_both_ways(talk, for_seconds=self._conversation.policy.proof)
        self._work.post(Event.AUDIO_PROVED)

    async def _tell_of_silence(self) -> None:
        assert self._talk is not None
        await self._talk.say(self._conversation.wording.plain("silence"))

    async def _stop_the_phone(self) -> None:
        if self._leg is not None:
            await self._leg.stop(HangUpCause.NORMAL if self._taken_up else HangUpCause.NO_ANSWER)

    # What becomes an event

    async def _watch_the_caller(self) -> None:
        await self._call.left()
        self._work.post(self._how_the_caller_left())

    def _how_the_caller_left(self) -> Event:
        restarted = self._call.ended is Ended.PBX_RESTARTED
        return Event.PBX_RESTARTED if restarted else Event.CALLER_LEFT

    async def _watch_the_phone(self, leg: Leg) -> None:
        told: LegEvent | None = None
        while not isinstance(told, LegEnded):
            told = await leg.next()
            self._hear(told)

    def _hear(self, told: LegEvent) -> None:
        match told:
            case PhoneRings():
                self._log.rang()
            case PhoneAnswered():
                self._taken_up = True
                self._log.taken_up()
                self._work.post(Event.TAKEN_UP if self._needs_key else Event.TAKEN_UP_WITHOUT_KEY)
            case KeyPressed(key) if key in KEYS:
                self._work.post(KEYS[key])
            case LegEnded(why, detail) if why is not Ended.STOPPED:
                self._detail = detail
                put_down = self._taken_up and why is not Ended.PBX_RESTARTED
                self._work.post(Event.COLLEAGUE_LEFT if put_down else NEVER_TAKEN_UP[why])


def _target(extension: Extension) -> Target:
    return Target(extension.digits, Behind.HERE if extension.reached is Reached.HERE else Behind.TRUNK)
