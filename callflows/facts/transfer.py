"""The facts of one try at bringing a caller to somebody."""

from dataclasses import dataclass

from callflows.facts.fact import AttemptId, Fact
from callflows.outcomes import Instead, Outcome, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptFact(Fact):
    """A fact about one try at one candidate."""

    attempt: AttemptId


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAttempted(AttemptFact):
    """A candidate was chosen: who, why, and which number will be rung. `order` counts from 1 in a call."""

    order: int
    matter: str
    unit: str
    unit_name: str
    person: str
    person_name: str
    target: str
    why: str
    way: Way = Way.LINE
    by: str = ""
    """Who wanted it: the person's id; empty for the line itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAnnounced(AttemptFact):
    """The caller was told to whom they are being connected (bylaw §6.4), to the end of the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRang(AttemptFact):
    """The colleague's phone said that it rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTakenUp(AttemptFact):
    """The colleague's phone was answered, by whom or what we do not know yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueTold(AttemptFact):
    """The colleague, and nobody else, was told something: who is handed over, why, and the keys."""

    prompts: tuple[str, ...]
    played: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccepted(AttemptFact):
    """The colleague pressed 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionPlayed(AttemptFact):
    """The caller heard who took the call: name and unit (bylaw §6.1)."""

    person: str
    played: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesConnected(AttemptFact):
    """Both legs are in one bridge; `leg` is the colleague's, by which our next process knows it again."""

    leg: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferEnded(AttemptFact):
    """The attempt has its outcome, stated once. For a proven one that is when the proof stands, mid-talk."""

    outcome: Outcome
    ring_seconds: float
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEnded(AttemptFact):
    """The two no longer talk; `by` is "caller", "colleague", "pbx" or "handed_over"."""

    seconds: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultBegan(AttemptFact):
    """Whoever has the caller talks to the colleague, while the caller hears music; `leg` is the colleague's."""

    leg: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultEnded(AttemptFact):
    """They no longer talk without the caller; `by` is "host", "colleague", "caller" or "pbx"."""

    seconds: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftMeanwhile(AttemptFact):
    """Whoever handed the caller over did not wait for the outcome (a blonde transfer)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenInstead(AttemptFact):
    """What the caller got instead of this attempt's success."""

    instead: Instead
