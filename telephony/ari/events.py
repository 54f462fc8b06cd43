"""ARI's events as frozen values: parsed once, at the border.

Only the types that we use; `parse` gives None for all others, and for a message that lacks what its
type needs. `about` is the id by which the event finds the one concerned.
https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/Asterisk_REST_Data_Models/
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telephony.ari.snapshots import ChannelSnapshot, Malformed, inner, number, text


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


def parse(message: Mapping[str, Any]) -> Event | None:
    """The event in an ARI message, or None if it is of no use to us."""
    make = _MAKERS.get(message.get("type", ""))
    if make is None:
        return None
    try:
        return make(message)
    except Malformed:
        return None


def _channel(message: Mapping[str, Any], field: str = "channel") -> str:
    return ChannelSnapshot.of(message.get(field)).id


def _start(message: Mapping[str, Any]) -> Event:
    args = message.get("args")
    words = tuple(str(arg) for arg in args) if isinstance(args, list) else ()
    return StasisStart(ChannelSnapshot.of(message.get("channel")), words)


def _destroyed(message: Mapping[str, Any]) -> Event:
    return ChannelDestroyed(_channel(message), number(message, "cause"), number(message, "tech_cause"))


def _hangup(message: Mapping[str, Any]) -> Event:
    cause, tech_cause = number(message, "cause"), number(message, "tech_cause")
    return HangupRequest(_channel(message), cause, tech_cause, message.get("soft") is True)


def _state(message: Mapping[str, Any]) -> Event:
    channel = ChannelSnapshot.of(message.get("channel"))
    return StateChange(channel.id, channel.state)


def _dial(message: Mapping[str, Any]) -> Event:
    forwarded = message.get("forwarded")
    return Dial(
        _channel(message, "peer"),
        text(message, "dialstatus"),
        bool(message.get("forward") or forwarded),
        ChannelSnapshot.of(forwarded).id if forwarded else "",
    )


def _dtmf(message: Mapping[str, Any]) -> Event:
    return Dtmf(_channel(message), text(message, "digit"))


def _transfer(message: Mapping[str, Any]) -> Event:
    to, by = inner(message, "refer_to"), inner(message, "referred_by")
    consulted = to.get("connected_channel")
    return Transfer(
        _channel(by, "source_channel"),
        text(inner(to, "requested_destination"), "destination"),
        ChannelSnapshot.of(consulted).id if consulted else "",
        echo=bool(message.get("state")),
    )


def _playback(message: Mapping[str, Any]) -> tuple[str, datetime | None, str]:
    playback = message.get("playback")
    if not isinstance(playback, Mapping) or not playback.get("id"):
        raise Malformed
    return text(playback, "id"), _time(message), text(playback, "state")


def _time(message: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(text(message, "timestamp"))
    except ValueError:
        return None


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Event]] = {
    "StasisStart": _start,
    "StasisEnd": lambda message: StasisEnd(_channel(message)),
    "ChannelDestroyed": _destroyed,
    "ChannelHangupRequest": _hangup,
    "ChannelStateChange": _state,
    "Dial": _dial,
    "ChannelDtmfReceived": _dtmf,
    "ChannelHold": lambda message: Hold(_channel(message)),
    "ChannelUnhold": lambda message: Unhold(_channel(message)),
    "ChannelTransfer": _transfer,
    "PlaybackStarted": lambda message: PlaybackStarted(*_playback(message)[:2]),
    "PlaybackContinuing": lambda message: PlaybackContinuing(*_playback(message)[:2]),
    "PlaybackFinished": lambda message: PlaybackFinished(
        *_playback(message)[:2], _playback(message)[2] == "failed"
    ),
    "ApplicationReplaced": lambda message: ApplicationReplaced(text(message, "application")),
}

USED = tuple(_MAKERS)
"""The types that we let Asterisk send; `RESTResponse` must join them should commands go over the socket."""
