"""The rung phone in the table's words: what its leg tells becomes events, and why it is gone an outcome's cause."""

from collections.abc import Callable
from contextlib import AsyncExitStack

from callflows.conversation import Conversation
from callflows.outcomes import ON_DUTY, Way
from callflows.transfer.log import AttemptLog
from callflows.transfer.table import Event
from callflows.transfer.wanted import Try
from directory.model import Extension, Reached
from directory.resolve import Candidate
from telephony.call import Leg
from telephony.values import (
    Behind,
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
    Progress,
    Target,
    TransferAsked,
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


def taking_up(candidate: Candidate, way: Way) -> Event:
    """What it means that this phone is answered."""
    if way in ON_DUTY:
        return Event.TAKEN_UP_ON_DUTY
    if candidate.person is None or candidate.person.accept_key:
        return Event.TAKEN_UP
    return Event.TAKEN_UP_WITHOUT_KEY


class RungPhone:
    """The candidate's phone in one attempt: rung or taken over, listened to, and let go of when all is over."""

    def __init__(
        self, conversation: Conversation, wanted: Try, log: AttemptLog, post: Callable[[Event], None]
    ) -> None:
        self.is_taken_up = False
        self.holds = False
        """Whether it has put the line on hold by its own key."""
        self.detail = ""
        """What the network said of its end."""
        self._conversation, self._log, self._post = conversation, log, post
        self._extension = wanted.candidate.extension
        self._taken_up = taking_up(wanted.candidate, wanted.way)
        self._leg: Leg | None = None
        self._held = AsyncExitStack()

    @property
    def leg(self) -> Leg:
        """Its leg, once it is rung or taken over."""
        assert self._leg is not None, "rung before"
        return self._leg

    def keep_from_the_queue(self) -> None:
        """Offer its clerk nobody else until it is let go of: also after the attempt, for as long as they talk."""
        self._held.enter_context(self._conversation.floor.on_the_phone(self._extension.digits))

    async def ring(self) -> None:
        """Ask it to ring."""
        self._log.ringing_began()
        ringing = self._conversation.call.ring(target(self._extension))
        self._leg = await self._held.enter_async_context(ringing)

    async def take_over(self, leg: LegId) -> None:
        """Take it from the call in which the host's phone has consulted it."""
        self._leg = await self._held.enter_async_context(self._conversation.call.take_over(leg))
        self.is_taken_up = True

    async def stop(self) -> None:
        """End its leg, if it was rung at all."""
        if self._leg is not None:
            await self._leg.stop(HangUpCause.NORMAL if self.is_taken_up else HangUpCause.NO_ANSWER)

    async def let_go(self) -> None:
        """Nobody needs it any more: its leg ends, and its clerk is free; a second time does nothing."""
        await self._held.aclose()

    async def listen(self) -> None:
        """Turn everything it tells into events, to its end."""
        told: LegEvent | None = None
        while not isinstance(told, LegEnded):
            told = await self.leg.next()
            if isinstance(told, TransferAsked):
                await self.leg.report(Progress.FAILED)  # they have not got the caller yet
            self._hear(told)

    def _hear(self, told: LegEvent) -> None:
        match told:
            case PhoneRings():
                self._log.rang()
            case PhoneAnswered():
                self.is_taken_up = True
                self._log.taken_up()
                self._post(self._taken_up)
            case KeyPressed(key) if key in KEYS:
                self._post(KEYS[key])
            case PhoneHolds() | PhoneResumes():
                self.holds = isinstance(told, PhoneHolds)
            case LegEnded(why, detail) if why is not Ended.STOPPED:
                self.detail = detail
                put_down = self.is_taken_up and why is not Ended.PBX_RESTARTED
                self._post(Event.COLLEAGUE_LEFT if put_down else NEVER_TAKEN_UP[why])


def target(extension: Extension) -> Target:
    """Where this extension is rung."""
    return Target(extension.digits, Behind.HERE if extension.reached is Reached.HERE else Behind.TRUNK)
