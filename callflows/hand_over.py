"""Hand a caller over to somebody competent, and never leave before it worked (bylaw §6.4).

One candidate after another is tried by the verified transfer; the caller is told each time. When nobody
takes it, we go back to the caller (`callflows.back_to_caller`).
"""

import uuid

from callflows.back_to_caller import Failure, back_to_caller
from callflows.conversation import Conversation
from callflows.facts import AttemptId, MatterChosen, NobodyToRing
from callflows.outcomes import Instead
from callflows.subject import Subject, subject_of
from callflows.transfer.attempt import Attempt
from callflows.transfer.log import AttemptLog
from callflows.wish import Wish
from directory.model import MatterId, UnitId
from directory.resolve import Candidate, Resolution, resolve

SHORTEST_RING = 3.0
"""Seconds: with less of the common limit left, another phone is not worth ringing."""


async def hand_over(talk: Conversation, chosen: MatterId | UnitId) -> None:
    """Bring the caller to somebody competent for this, or tell them honestly what to do instead."""
    subject = subject_of(talk.hall, chosen)
    _matter_chosen(talk, subject)
    resolution = resolve(talk.hall, chosen, talk.now())
    search = Search(talk, subject, resolution)
    if await search.somebody_talked():
        return
    if await back_to_caller(talk, subject, resolution, search.failure) is Wish.CLERK:
        await to_the_desk(talk)


async def to_the_desk(talk: Conversation) -> None:
    """Bring the caller to the clerks; until they have a queue, that is the desk's own line."""
    await hand_over(talk, talk.hall.desk)


class Search:
    """The candidates of one subject, tried in their order, within the limits of the hall's policy."""

    def __init__(self, talk: Conversation, subject: Subject, resolution: Resolution) -> None:
        self.failure: Failure | None = None
        """The last attempt and how it failed; None while nobody was rung."""
        self._talk = talk
        self._subject = subject
        self._candidates = resolution.candidates[: talk.policy.candidates]
        self._why_none = resolution.why_none
        self._ring_left = talk.policy.ring_in_all

    async def somebody_talked(self) -> bool:
        """Try one after another; True once a talk took place and is over."""
        if not self._candidates:
            self._nobody()
        for order, candidate in enumerate(self._candidates, start=1):
            if order > 1:
                if self._ring_left < SHORTEST_RING:
                    break
                await self._try_the_next()
            if await self._attempt(order, candidate):
                return True
        return False

    async def _attempt(self, order: int, candidate: Candidate) -> bool:
        talk = self._talk
        log = AttemptLog(talk, AttemptId(uuid.uuid4().hex))
        log.attempted(order, self._subject.matter_id, candidate)
        ring = min(talk.policy.ring, self._ring_left)
        attempt = Attempt(talk, candidate, log, matter=self._subject.spoken, ring=ring)
        self.failure = Failure(log, await attempt.run())
        self._ring_left -= log.ring_seconds
        return attempt.talked

    async def _try_the_next(self) -> None:
        assert self.failure is not None
        with self._talk.waiting("the next candidate"):
            await self._talk.say(self._talk.wording.trying_the_next(self.failure.outcome))
        self.failure.log.given(Instead.NEXT_CANDIDATE)

    def _nobody(self) -> None:
        talk, subject = self._talk, self._subject
        talk.state(
            NobodyToRing(
                call=talk.id,
                at=talk.now(),
                matter=subject.matter_id,
                unit=subject.unit_id,
                why=self._why_none,
            )
        )


def _matter_chosen(talk: Conversation, subject: Subject) -> None:
    talk.state(
        MatterChosen(
            call=talk.id,
            at=talk.now(),
            matter=subject.matter_id,
            title=subject.matter.title if subject.matter else "",
            unit=subject.unit_id,
            unit_name=subject.unit.name if subject.unit else "",
        )
    )
