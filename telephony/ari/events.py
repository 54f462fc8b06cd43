"""ARI's events as frozen values, of the types that we use; `telephony.ari.parsing` makes them.

`about` is the id by which the event finds the one concerned.
https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/Asterisk_REST_Data_Models/
"""

from dataclasses import dataclass
from datetime import datetime

from telephony.ari.snapshots import ChannelSnapshot


@dataclass(frozen=True, slots=True)
class StasisStart:
    """A channel has come under our control: a citizen's call, or a phone of ours that was answered."""

    channel: ChannelSnapshot
    args: tuple[str, ...]

    @property
    def about(self) -> str:
        """The channel's id."""
        return self.channel.id


@dataclass(frozen=True, slots=True)
class StasisEnd:
    """A channel has left our control. For one that came by the dialplan this is the last we hear of it."""

    about: str


@dataclass(frozen=True, slots=True)
class ChannelDestroyed:
    """A channel that we originated is no more. `tech_cause` is the SIP status, 0 if there was none."""

    about: str
    cause: int
    tech_cause: int


@dataclass(frozen=True, slots=True)
class HangupRequest:
    """Somebody puts down: the first sign of it. `cause` 0 on a caller's BYE; `soft` when by a command."""

    about: str
    cause: int
    tech_cause: int
    soft: bool


@dataclass(frozen=True, slots=True)
class PbxStops:
    """Asterisk is stopped or restarted in order, and puts everybody down before; told once for each channel of ours.

    It comes as a soft ChannelHangupRequest whose cause is `AST_SOFTHANGUP_SHUTDOWN` of Asterisk's `channel.h`.
    """

    about: str = ""
    """Nobody alone: it is the line's own business."""


@dataclass(frozen=True, slots=True)
class StateChange:
    """A channel's state: "Ringing", "Up" and others."""

    about: str
    state: str


@dataclass(frozen=True, slots=True)
class Dial:
    """How our asking of a phone goes: "", "RINGING", "PROGRESS", "ANSWER", "BUSY"...

    `forwarded` is the channel that Asterisk makes by itself when a phone sends 302; `redirected` that it did.
    """

    about: str
    status: str
    redirected: bool
    forwarded: str


@dataclass(frozen=True, slots=True)
class Dtmf:
    """A key, whichever way it came (RFC 4733 or SIP INFO)."""

    about: str
    key: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A phone's own hold key (re-INVITE `sendonly` or `inactive`); told once, however often it is repeated."""

    about: str


@dataclass(frozen=True, slots=True)
class Unhold:
    """The phone took the call back from its own hold."""

    about: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A phone's own transfer key (REFER), which Asterisk leaves to us.

    `to` is the user part of Refer-To; `consulted` the channel of whom the phone has been talking to in a second
    call (Replaces), or empty. `echo`: it is but a repetition of what we ourselves told the phone.
    """

    about: str
    to: str
    consulted: str
    echo: bool


@dataclass(frozen=True, slots=True)
class PlaybackStarted:
    """One file of a playback begins; there is one such event for each file."""

    about: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PlaybackContinuing:
    """One file of a playback is over (played or missing: Asterisk does not say) and the next follows."""

    about: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PlaybackFinished:
    """A playback is over; `failed` speaks of the last file only."""

    about: str
    at: datetime | None
    failed: bool


@dataclass(frozen=True, slots=True)
class ApplicationReplaced:
    """Another process has connected under our application's name: no event reaches us any more."""

    about: str


Event = (
    StasisStart
    | StasisEnd
    | ChannelDestroyed
    | HangupRequest
    | PbxStops
    | StateChange
    | Dial
    | Dtmf
    | Hold
    | Unhold
    | Transfer
    | PlaybackStarted
    | PlaybackContinuing
    | PlaybackFinished
    | ApplicationReplaced
)
