"""The small words of telephony: ids, callers, targets, what is spoken, and how things ended.

Everything here is a frozen value. Parse at the border, and hand on only these.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NewType

CallId = NewType("CallId", str)
"""One citizen's contact, from INVITE to wrap-up. Ours, and used in every log line and fact."""

LegId = NewType("LegId", str)
"""One party's connection. Ours, chosen before we ask Asterisk for the leg."""

PromptName = NewType("PromptName", str)
"""The name of a prompt; a studio recording `<name>.wav` replaces what the engine would say."""


class NumberShown(Enum):
    """What the network told us of the caller's number."""

    SHOWN = "shown"
    WITHHELD = "withheld"
    """The caller asked for privacy: the number may be known, and must not be shown (RFC 3323, RFC 3325)."""
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as far as the network says.

    `number` is raw, as it arrived, stripped of control characters; empty unless `shown` is SHOWN.
    """

    number: str = ""
    name: str = ""
    shown: NumberShown = NumberShown.ABSENT


class Arrival(Enum):
    """How a call came to us."""

    NEW = "new"
    RESUMED = "resumed"
    """It was already on the line when we (re)connected: greet again, briefly."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the line found when it had connected: whose calls are on it, and since when this Asterisk runs."""

    calls: frozenset[CallId]
    pbx_since: datetime | None
    """Timezone-aware; None if Asterisk does not say."""

    def is_of_an_earlier_pbx(self, call: CallId) -> bool:
        """Whether that call ended with an Asterisk before this one.

        Its id is its channel's, in which Asterisk writes the second of its beginning ("1763850000.17", with a system
        name before it: "hall-1763850000.17"); compared by Asterisk's own clock, not by ours.
        """
        second, dot, _ = call.rpartition("-")[2].partition(".")
        if self.pbx_since is None or not dot or not second.isdecimal():
            return False
        return int(second) < int(self.pbx_since.timestamp())


class Behind(Enum):
    """Where a number is reached."""

    HERE = "here"
    """A phone registered at our Asterisk: it shows RINGING within 2 s, or is dead."""
    TRUNK = "trunk"
    """Behind another PBX or the network: 10 s of patience, and 183 counts as ringing."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ring: a dialable number (an extension, or E.164), and where it is reached."""

    number: str
    behind: Behind = Behind.HERE


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that is in another language than the rest: from character `start` up to `end`."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Words:
    """Something to be spoken: the prompt's name, the very words, and their language (BCP 47).

    The text is already words ("siedem, trzy, dwa"), never figures or abbreviations. `spans` are the parts in another
    language, in order and apart (a Polish name in an English sentence): each is said by that language's voice.
    """

    name: PromptName
    text: str
    language: str = "pl"
    spans: tuple[Span, ...] = ()


class Played(Enum):
    """How a playback ended."""

    WHOLE = "whole"
    CUT = "cut"
    """Stopped: by a key, or by us."""
    FAILED = "failed"
    """Some of it was never heard (file missing, engine silent); the call goes on."""


class Ended(Enum):
    """Why a rung leg is no more, in our own words; never the hang-up cause alone."""

    BUSY = "busy"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    """The phone itself gave up after ringing (480, 408)."""
    UNREACHABLE = "unreachable"
    """Not registered, unknown, dead (no RINGING in time), congested, or forwards elsewhere (302)."""
    HUNG_UP = "hung_up"
    """Answered, and later put down by that party."""
    STOPPED = "stopped"
    """By us."""
    PBX_RESTARTED = "pbx_restarted"


@dataclass(frozen=True, slots=True)
class PhoneRings:
    """The rung phone says that it rings (180, or 183 behind a trunk)."""


@dataclass(frozen=True, slots=True)
class PhoneAnswered:
    """The rung phone was answered, by a person or by a voicemail: nobody knows yet."""


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key on the rung phone: one of 0-9, *, #, A-D."""

    key: str


@dataclass(frozen=True, slots=True)
class LegEnded:
    """The rung leg is gone. `detail` is for the log and the record ("603", "no ringing in 2 s")."""

    why: Ended
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PhoneHolds:
    """The party pressed their phone's own hold key (re-INVITE `sendonly` or `inactive`, RFC 3264 §8.4).

    Whoever is in a bridge with them hears music from now on, by Asterisk's own doing.
    """


@dataclass(frozen=True, slots=True)
class PhoneResumes:
    """The party took the call back from their phone's hold."""


@dataclass(frozen=True, slots=True)
class TransferAsked:
    """The party used their phone's own transfer key (REFER, RFC 3515), which by itself moves nothing here.

    `to` is the user part of Refer-To: digits, or nonsense. `consulted` is the leg of whom they have been talking to
    in a second call (Refer-To with Replaces, RFC 3891); None for a blind transfer. The phone waits for `Leg.report`.
    """

    to: str
    consulted: LegId | None = None


LegEvent = PhoneRings | PhoneAnswered | KeyPressed | PhoneHolds | PhoneResumes | TransferAsked | LegEnded
"""What a rung leg can tell. `LegEnded` comes exactly once, and last."""


class PhoneSeen(Enum):
    """What Asterisk says that a phone registered here is doing."""

    FREE = "free"
    IN_USE = "in_use"
    """Ringing, calling, talking or on hold."""
    GONE = "gone"
    """Not registered, or it does not answer when it is asked whether it lives: it cannot be rung."""
    UNKNOWN = "unknown"
    """Not a phone of ours, behind a trunk, or we are not connected."""


class Progress(Enum):
    """What a phone that asked for a transfer (`TransferAsked`) is told of it (NOTIFY `sipfrag`, RFC 3515 §2.4.5)."""

    RINGING = "ringing"
    ANSWERED = "answered"
    """The last word: it worked."""
    FAILED = "failed"
    """The last word: it did not, and the party still has the caller."""


@dataclass(frozen=True, slots=True)
class AudioFlow:
    """RTP packets received so far from each side of a talk (1 packet is 20 ms)."""

    from_caller: int
    from_colleague: int


class HangUpCause(Enum):
    """What we tell the network when we end a call."""

    NORMAL = "normal"
    BUSY = "busy"
    CONGESTION = "congestion"
    UNKNOWN_NUMBER = "unknown_number"
    """Nobody has what was dialled (404; Q.850 cause 1)."""
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """A phone that rang shows no missed call (RFC 3326, cause=200)."""
    NO_ANSWER = "no_answer"
