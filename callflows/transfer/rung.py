"""The rung phone in the table's words: what its leg tells becomes events, and why it is gone an outcome's cause."""

from collections.abc import Callable

from callflows.outcomes import Way
from callflows.transfer.log import AttemptLog
from callflows.transfer.table import Event
from directory.model import Extension, Reached
from directory.resolve import Candidate
from telephony.call import Leg
from telephony.values import (
    Behind,
    Ended,
    KeyPressed,
    LegEnded,
    LegEvent,
    PhoneAnswered,
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

ON_DUTY = (Way.QUEUE, Way.RECALL)
"""Ways by which a clerk's phone rings, who has logged on to take calls."""


def taking_up(candidate: Candidate, way: Way) -> Event:
    """What it means that this phone is answered."""
    if way in ON_DUTY:
        return Event.TAKEN_UP_ON_DUTY
    if candidate.person is None or candidate.person.accept_key:
        return Event.TAKEN_UP
    return Event.TAKEN_UP_WITHOUT_KEY


class RungPhone:
    """Listens to one leg, from its first ringing until the attempt lets go of it or it ends."""

    def __init__(self, leg: Leg, log: AttemptLog, taken_up: Event, post: Callable[[Event], None]) -> None:
        self.leg = leg
        self.is_taken_up = False
        self.detail = ""
        """What the network said of its end."""
        self._log, self._taken_up, self._post = log, taken_up, post

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
            case LegEnded(why, detail) if why is not Ended.STOPPED:
                self.detail = detail
                put_down = self.is_taken_up and why is not Ended.PBX_RESTARTED
                self._post(Event.COLLEAGUE_LEFT if put_down else NEVER_TAKEN_UP[why])


def target(extension: Extension) -> Target:
    """Where this extension is rung."""
    return Target(extension.digits, Behind.HERE if extension.reached is Reached.HERE else Behind.TRUNK)
