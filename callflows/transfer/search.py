"""The search: one candidate after another by the verified transfer, within the limits of the hall's policy.

The caller is told each time. It ends with somebody who has the caller, or with the last failure.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callflows.conversation import Conversation
from callflows.facts import AttemptId
from callflows.host import Host
from callflows.outcomes import Instead, Outcome, Way
from callflows.restart.standing import OpenAttempt
from callflows.subject import Subject
from callflows.transfer.attempt import Attempt
from callflows.transfer.log import AttemptLog
from callflows.transfer.table import State
from callflows.transfer.wanted import Try
from directory.resolve import Candidate
from telephony.values import LegId

SHORTEST_RING = 3.0
"""Seconds: with less of the common limit left, another phone is not worth ringing."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The last attempt at a transfer: whom it tried, and how it ended."""

    log: AttemptLog
    outcome: Outcome
    candidate: Candidate


def _nobody_watches(_: State) -> None:
    """The line itself waits for the outcome."""


class Search:
    """Somebody for one caller, among these candidates, in their order.

    `by` is whoever has the caller and wants to hand them over; `watch` is told how it goes. `consulted` is the leg of
    the only candidate, whom the host's phone has asked already; or, with `goes_on`, whom the host is still asking, in
    an attempt that an earlier process began.
    """

    def __init__(
        self,
        talk: Conversation,
        subject: Subject,
        candidates: Sequence[Candidate],
        *,
        way: Way = Way.LINE,
        by: Host | None = None,
        watch: Callable[[State], None] = _nobody_watches,
        consulted: LegId | None = None,
        goes_on: OpenAttempt | None = None,
    ) -> None:
        self.failure: Failure | None = None
        """The last attempt and how it failed; None while nobody was rung."""
        self.host: Host | None = None
        """Whoever has the caller now."""
        self._talk, self._subject = talk, subject
        self._candidates = candidates[: talk.policy.candidates]
        self._way, self._by, self._watch, self._consulted = way, by, watch, consulted
        self._before = goes_on
        self._ring_left = talk.policy.ring_in_all
        self._attempt: Attempt | None = None
        """The one that is under way."""
        self._called_off = self._left = False

    async def somebody(self) -> Host | None:
        """Try one after another; whoever has the caller now, or None if nobody took them."""
        for candidate in self._candidates:
            if self.failure is not None and self._goes_on:
                await self._tell_of_the_next(self.failure)
            if not self._goes_on or await self._try(candidate):
                break
        return self.host

    def cancel(self) -> None:
        """Call it off: whoever rings stops, and nobody else is tried."""
        self._called_off = True
        if self._attempt is not None:
            self._attempt.cancel()

    def complete(self) -> None:
        """The consultation is over: the caller goes to the colleague."""
        if self._attempt is not None:
            self._attempt.complete()

    def host_left(self) -> None:
        """Whoever wanted it does not wait for the outcome: from now on it is the line's own transfer."""
        self._left = True
        if self._attempt is not None:
            self._attempt.host_left()
        if self._way is Way.CONSULTED:
            self._way = Way.HANDED_OVER

    @property
    def _goes_on(self) -> bool:
        """Whether another phone may be rung."""
        return not self._called_off and self._ring_left >= SHORTEST_RING

    async def _try(self, candidate: Candidate) -> bool:
        """Whether that was the end of the search."""
        talk = self._talk
        log = self._log_of(candidate)
        if self._left:
            log.left_meanwhile()
        wanted = Try(
            candidate=candidate,
            matter=self._subject.spoken,
            ring=min(talk.policy.ring, self._ring_left),
            way=self._way,
            by=self._by,
            consulted=self._consulted,
            goes_on=self._before is not None,
        )
        attempt = self._attempt = Attempt(talk, wanted, log, self._watch)
        outcome = await attempt.run()
        self._attempt, self.host = None, attempt.host
        self.failure = None if self.host else Failure(log, outcome, candidate)
        self._ring_left -= log.ring_seconds
        return self.host is not None or outcome is Outcome.CONSULTED

    def _log_of(self, candidate: Candidate) -> AttemptLog:
        if self._before is not None:
            return AttemptLog.of(self._talk, self._before)
        log = AttemptLog(self._talk, AttemptId(uuid.uuid4().hex))
        log.attempted(self._subject.matter_id, candidate, self._way, self._by.id if self._by else "")
        return log

    async def _tell_of_the_next(self, failure: Failure) -> None:
        with self._talk.waiting("the next candidate"):
            await self._talk.say(self._talk.wording.trying_the_next(failure.outcome))
        failure.log.given(Instead.NEXT_CANDIDATE)
