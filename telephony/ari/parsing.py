"""From an ARI message to one of our events: parsed once, at the border.

`parse` gives None for types that we do not use, and for a message that lacks what its type needs.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telephony.ari.events import (
    ApplicationReplaced,
    ChannelDestroyed,
    Dial,
    Dtmf,
    Event,
    HangupRequest,
    Hold,
    PbxStops,
    PlaybackContinuing,
    PlaybackFinished,
    PlaybackStarted,
    StasisEnd,
    StasisStart,
    StateChange,
    Transfer,
    Unhold,
)
from telephony.ari.snapshots import ChannelSnapshot, Malformed, inner, number, text

SHUTDOWN = 4
"""`AST_SOFTHANGUP_SHUTDOWN`: of a soft request Asterisk tells a flag of its own, and no Q.850 cause."""


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
    """The id of a channel, of which nothing else is of use: most events are read for that alone."""
    channel = message.get(field)
    if not isinstance(channel, Mapping) or not channel.get("id"):
        raise Malformed
    return text(channel, "id")


def _start(message: Mapping[str, Any]) -> Event:
    args = message.get("args")
    words = tuple(str(arg) for arg in args) if isinstance(args, list) else ()
    return StasisStart(ChannelSnapshot.of(message.get("channel")), words)


def _destroyed(message: Mapping[str, Any]) -> Event:
    return ChannelDestroyed(_channel(message), number(message, "cause"), number(message, "tech_cause"))


def _hangup(message: Mapping[str, Any]) -> Event:
    cause, tech_cause = number(message, "cause"), number(message, "tech_cause")
    soft = message.get("soft") is True
    channel = _channel(message)
    return PbxStops() if soft and cause == SHUTDOWN else HangupRequest(channel, cause, tech_cause, soft)


def _state(message: Mapping[str, Any]) -> Event:
    return StateChange(_channel(message), text(inner(message, "channel"), "state"))


def _dial(message: Mapping[str, Any]) -> Event:
    forwarded = message.get("forwarded")
    return Dial(
        _channel(message, "peer"),
        text(message, "dialstatus"),
        bool(message.get("forward") or forwarded),
        _channel(message, "forwarded") if forwarded else "",
    )


def _dtmf(message: Mapping[str, Any]) -> Event:
    return Dtmf(_channel(message), text(message, "digit"))


def _transfer(message: Mapping[str, Any]) -> Event:
    to, by = inner(message, "refer_to"), inner(message, "referred_by")
    consulted = to.get("connected_channel")
    return Transfer(
        _channel(by, "source_channel"),
        text(inner(to, "requested_destination"), "destination"),
        _channel(to, "connected_channel") if consulted else "",
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
