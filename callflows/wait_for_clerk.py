"""Wait for a clerk: music, where one stands, an honest wait, and a callback for those who would rather go.

Nobody waits into silence: when the last clerk goes off duty, or the hall closes, the caller is told so and
promised a callback.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum

from callflows.conversation import Conversation
from callflows.facts import PositionTold, QueueJoined, QueueLeft
from callflows.floor.offer import offer
from callflows.floor.ports import News, Place, Reservation, Wanting
from callflows.host import Host
from callflows.order_callback import order_callback, promise_a_callback
from callflows.race import first_of
from callflows.stopwatch import moment, since
from callflows.subject import Subject
from directory.hours import closing_time
from telephony.values import Ended, Words

CALLBACK_KEY = "2"
A_MOMENT = 0.01
"""Seconds: a timer may wake us a hair too early, and what is left of the wait is not worth another one."""

FIRST_MUSIC = 1.0
"""Seconds of music before the first word: who is offered to a clerk at once need not hear of a queue."""

BROKEN_OFF = "broken_off"
"""Why a wait is over that neither the caller nor we wanted to end: the PBX went, or the service had died."""

MOST_NOT_HEARD = 2
"""Clerks who were connected and put down because nobody was to be heard; the next one would not hear more."""


class Enough(Enum):
    """Why a caller waits no longer, though no clerk has them; the words of the record."""

    CALLBACK = "callback"
    CLOSED = "closed"
    NOBODY = "nobody"
    NOT_HEARD = "not_heard"


async def wait_for_clerk(talk: Conversation, subject: Subject, *, first: Words | None = None) -> Host | None:
    """Keep the caller company until a clerk has them; None if they got a callback instead.

    `first` is what they hear before anything else of the queue, instead of the welcome.

    Raises HungUp if the caller leaves.
    """
    wanting = Wanting(call=talk.id, arrived=talk.arrived, matter=subject.matter_id, language=talk.language)
    began, left = moment(), ""
    with talk.floor.queue(wanting) as place:
        _joined(talk, place, wanting)
        try:
            async with talk.call.on_hold():
                welcome = first or talk.wording.plain("queue.welcome")
                got = await Wait(talk, place, subject, welcome).until_somebody()
            left = got.value if isinstance(got, Enough) else "served"
        finally:
            left = left or ("left" if talk.call.ended is Ended.HUNG_UP else BROKEN_OFF)
            talk.state(QueueLeft(call=talk.id, at=talk.now(), why=left, seconds=since(began)))
    if isinstance(got, Host):
        return got
    await _instead(talk, subject, got)
    return None


TOLD = {
    Enough.CLOSED: "queue.closing",
    Enough.NOBODY: "queue.nobody",
    Enough.NOT_HEARD: "reason.not_proven",
}
"""What is said to whoever is sent away."""


Got = Reservation | News | Enough


class Wait:
    """One caller's time in the queue."""

    def __init__(self, talk: Conversation, place: Place, subject: Subject, first: Words) -> None:
        self._talk, self._place, self._subject, self._first = talk, place, subject, first
        self._began = moment()
        self._said_at: float | None = None
        self._hopes_until: float | None = None
        """When they would have a clerk, by what they were told first."""
        self._callback_offered = False
        self._not_heard = 0

    async def until_somebody(self) -> Host | Enough:
        """Ring one clerk after another as they become ready, and talk to the caller meanwhile."""
        ways: tuple[Callable[[], Awaitable[Got]], ...] = (self._place.next, self._company, self._closing)
        while True:
            got = await first_of(*ways)
            match got:
                case News():
                    return Enough.NOBODY
                case Enough():
                    return got
                case _:
                    host = await self._ring(got)
                    if host is not None:
                        return host
                    if self._not_heard >= MOST_NOT_HEARD:
                        return Enough.NOT_HEARD

    async def _ring(self, reservation: Reservation) -> Host | None:
        waited = moment() - self._began
        host = await offer(
            self._talk, reservation, self._subject, waited=waited, not_heard=self._was_not_heard
        )
        self._talk.waiting_for = "queue"
        return host

    def _was_not_heard(self) -> None:
        self._not_heard += 1

    async def _company(self) -> Enough:
        """Tell the caller now and then where they stand, until they want to be called back.

        The key means that only to who has heard of it: others press keys ahead, or out of impatience.
        """
        talk, policy = self._talk, self._talk.policy
        if self._said_at is None:
            await asyncio.sleep(FIRST_MUSIC)
        while True:
            silent = moment() - self._said_at if self._said_at is not None else policy.queue_says
            words = self._words() if silent > policy.queue_says - A_MOMENT else ()
            patience = policy.queue_says if words else policy.queue_says - silent
            with talk.waiting("queue"):
                wanted = await talk.wants(CALLBACK_KEY, *words, seconds=patience)
                if wanted and self._callback_offered:
                    return Enough.CALLBACK

    def _words(self) -> tuple[Words, ...]:
        talk, place = self._talk, self._place
        wording, expected = talk.wording, self._expected()
        words = [self._first] if self._said_at is None else []
        words.append(wording.position(place.position))
        if expected is not None:
            words.append(wording.expected_wait(expected))
        if moment() - self._began >= talk.policy.queue_callback:
            words.append(wording.plain("queue.callback"))
            self._callback_offered = True
        self._said_at = moment()
        talk.state(PositionTold(call=talk.id, at=talk.now(), position=place.position, expected=expected))
        return tuple(words)

    def _expected(self) -> float | None:
        """What is honest to say of the wait: no figure any more to who was told one, and waits longer than that."""
        expected = self._place.expected
        if self._hopes_until is None and expected is not None:
            self._hopes_until = moment() + expected
        late = self._hopes_until is not None and moment() > self._hopes_until
        return None if late else expected

    async def _closing(self) -> Enough:
        """Return when the hall closes."""
        talk = self._talk
        closes = closing_time(talk.hall, talk.now())
        if closes is None:
            return Enough.CLOSED
        await asyncio.sleep(max(0.0, (closes - talk.now()).total_seconds()))
        return Enough.CLOSED


async def _instead(talk: Conversation, subject: Subject, why: Enough) -> None:
    """A callback: agreed on with who asked for it, promised to who is sent away."""
    if why is Enough.CALLBACK:
        await order_callback(talk, matter=subject.matter_id, unit=subject.unit_id)
        return
    told = talk.wording.plain(TOLD[why])
    await promise_a_callback(talk, told, matter=subject.matter_id, unit=subject.unit_id)


def _joined(talk: Conversation, place: Place, wanting: Wanting) -> None:
    talk.waiting_for = "queue"
    talk.state(
        QueueJoined(
            call=talk.id,
            at=talk.now(),
            position=place.position,
            matter=wanting.matter,
            language=wanting.language,
        )
    )
