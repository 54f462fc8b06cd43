"""The record of one attempt: every step becomes a fact, the outcome exactly once."""

from datetime import datetime
from typing import Self, TypedDict

from callflows.conversation import Conversation
from callflows.facts import (
    AttemptId,
    ColleagueTold,
    ConsultBegan,
    ConsultEnded,
    GivenInstead,
    IntroductionPlayed,
    LeftMeanwhile,
    PartiesConnected,
    PhoneRang,
    PhoneTakenUp,
    TalkEnded,
    TransferAccepted,
    TransferAnnounced,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import PROVED, Instead, Outcome, Way
from callflows.restart.standing import OpenAttempt
from callflows.stopwatch import moment, since
from directory.resolve import Candidate
from telephony.values import CallId, LegId, Played, Words


class _About(TypedDict):
    call: CallId
    at: datetime
    attempt: AttemptId


class AttemptLog:
    """States the facts of one attempt, and keeps its stop-watches (ringing, consulting, talking), in seconds."""

    def __init__(self, conversation: Conversation, attempt: AttemptId) -> None:
        self.attempt = attempt
        self.ring_seconds = 0.0
        self._conversation = conversation
        self._rung_at: float | None = None
        self._connected_at: float | None = None
        self._consulted_at: float | None = None
        self._has_outcome = False

    @classmethod
    def of(cls, conversation: Conversation, tried: OpenAttempt) -> Self:
        """The record of an attempt that an earlier process began: its stop-watches go on."""
        log = cls(conversation, tried.attempt)
        log._has_outcome = tried.outcome is not None
        log._connected_at = _moment_of(tried.connected, conversation.now())
        log._consulted_at = _moment_of(tried.consulting, conversation.now())
        return log

    def attempted(self, matter: str, candidate: Candidate, way: Way, by: str) -> None:
        """A candidate was chosen, for this reason, in this way, and on whose wish (empty: the line's)."""
        person = candidate.person
        self._conversation.state(
            TransferAttempted(
                **self._about(),
                order=self._conversation.next_attempt(),
                matter=matter,
                unit=candidate.unit.id,
                unit_name=candidate.unit.name,
                person=person.id if person else "",
                person_name=person.name if person else "",
                target=candidate.extension.digits,
                why=candidate.why,
                way=way,
                by=by,
            )
        )

    def announced(self) -> None:
        """The caller knows to whom they are being connected."""
        self._conversation.state(TransferAnnounced(**self._about()))

    def ringing_began(self) -> None:
        """We asked the phone to ring: the stop-watch starts."""
        self._rung_at = moment()

    def rang(self) -> None:
        """The phone says that it rings."""
        self._conversation.state(PhoneRang(**self._about()))

    def taken_up(self) -> None:
        """The phone was answered: the ringing is over."""
        self._stop_ringing()
        self._conversation.state(PhoneTakenUp(**self._about()))

    def told(self, words: tuple[Words, ...], played: Played) -> None:
        """The colleague was told something."""
        prompts = tuple(word.name for word in words)
        self._conversation.state(ColleagueTold(**self._about(), prompts=prompts, played=played.value))

    def accepted(self) -> None:
        """Key 1."""
        self._conversation.state(TransferAccepted(**self._about()))

    def introduced(self, person: str, played: Played) -> None:
        """The caller heard who took the call."""
        self._conversation.state(IntroductionPlayed(**self._about(), person=person, played=played.value))

    @property
    def is_consulting(self) -> bool:
        """Whether whoever has the caller talks to the colleague."""
        return self._consulted_at is not None

    def consultation_began(self, leg: LegId) -> None:
        """Whoever has the caller talks to the colleague."""
        self._stop_ringing()
        self._consulted_at = moment()
        self._conversation.state(ConsultBegan(**self._about(), leg=leg))

    def consultation_ended(self, by: str) -> None:
        """They no longer talk without the caller; nothing if they never did."""
        if self._consulted_at is not None:
            seconds = since(self._consulted_at)
            self._consulted_at = None
            self._conversation.state(ConsultEnded(**self._about(), seconds=seconds, by=by))

    def left_meanwhile(self) -> None:
        """Whoever wanted the transfer does not wait for its outcome."""
        self._conversation.state(LeftMeanwhile(**self._about()))

    def connected(self, leg: LegId) -> None:
        """Both are in one bridge: the talk begins."""
        self._connected_at = moment()
        self._conversation.state(PartiesConnected(**self._about(), leg=leg))

    def concluded(self, outcome: Outcome, detail: str) -> None:
        """The attempt has its outcome."""
        self._stop_ringing()
        self._has_outcome = True
        self._conversation.state(
            TransferEnded(**self._about(), outcome=outcome, ring_seconds=self.ring_seconds, detail=detail)
        )
        if outcome not in PROVED:
            self.given(Instead.NOTHING)

    def broken_off(self, why: str) -> None:
        """It ended outside its table: called off, unless its outcome stands already."""
        if not self._has_outcome:
            self.concluded(Outcome.CANCELLED, why)

    def given(self, instead: Instead) -> None:
        """What the caller got instead of this attempt's success; the last word counts."""
        self._conversation.state(GivenInstead(**self._about(), instead=instead))

    def talk_ended(self, by: str) -> None:
        """The two no longer talk; nothing if they never did, for the caller left as they were being connected."""
        if self._connected_at is not None:
            seconds = since(self._connected_at)
            self._conversation.state(TalkEnded(**self._about(), seconds=seconds, by=by))

    def _stop_ringing(self) -> None:
        if self._rung_at is not None:
            self.ring_seconds, self._rung_at = since(self._rung_at), None

    def _about(self) -> _About:
        return {
            "call": self._conversation.id,
            "at": self._conversation.now(),
            "attempt": self.attempt,
        }


def _moment_of(then: datetime | None, now: datetime) -> float | None:
    """A time of day that has passed, on the stop-watch."""
    return moment() - (now - then).total_seconds() if then is not None else None
