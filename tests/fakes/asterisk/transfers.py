"""A phone's own transfer key at the fake Asterisk: REFER, and what it is told of it (NOTIFY).

As seen on Asterisk 22.10 with PJSIP_TRANSFER_HANDLING()=ari-only: it tells the application and moves nobody; it
echoes each answer of ours; and it tells once more of an asking that had no final answer when its phone goes.
"""

from collections.abc import Callable
from typing import Any

from telephony.values import Progress
from tests.fakes.asterisk.parts import Channel, Says

HANDLING, OURS = "PJSIP_TRANSFER_HANDLING()", "ari-only"

STATES = {
    "channel_progress": (Progress.RINGING, "channel_progress"),
    "channel_answered": (Progress.ANSWERED, "channel_answered"),
    "channel_unavailable": (Progress.FAILED, "channel_declined"),
    "channel_declined": (Progress.FAILED, "channel_declined"),
}
"""What each state that ARI may name means to the phone, and how it is echoed."""


class Transfers:
    """Takes REFERs and answers them; `tell` sends an event to an application."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell

    def refers(self, channel: Channel, to: str, second: Channel | None) -> None:
        """REFER of this channel's phone, blind or (with its `second` call) attended."""
        mine = channel.variables.get(HANDLING) == OURS
        assert mine, f"Asterisk would carry out the REFER of {channel.party.who} behind our back"
        refer_to: dict[str, Any] = {"requested_destination": {"destination": to}}
        if second is not None:
            refer_to["requested_destination"] |= {
                "protocol_id": f"{second.id}@phone",
                "additional_protocol_params": [
                    {"parameter_name": "from", "parameter_value": second.id},
                    {"parameter_name": "to", "parameter_value": second.id},
                ],
            }
            refer_to["destination_channel"] = second.shown()
            refer_to |= _with(second)
        channel.asked_for = refer_to
        self._transfer(channel, refer_to)

    def progress(self, channel: Channel, state: str) -> None:
        """ARI says how it goes."""
        if state not in STATES:
            raise Says(400, "Invalid transfer state")
        refer_to = channel.asked_for
        if refer_to is None:
            return
        progress, echo = STATES[state]
        if progress is not Progress.RINGING:
            channel.asked_for = None
        self._transfer(channel, refer_to, state=echo)
        channel.party.is_told_of_transfer(progress)

    def forgets(self, channel: Channel) -> None:
        """The phone has gone; what it asked for, and was given no final answer to, is told once more."""
        if channel.asked_for is not None:
            self._transfer(channel, channel.asked_for)

    def _transfer(self, channel: Channel, refer_to: dict[str, Any], **more: str) -> None:
        referred_by = {"source_channel": channel.shown(), **_with(channel)}
        self._tell(channel.owner, "ChannelTransfer", refer_to=refer_to, referred_by=referred_by, **more)


def _with(channel: Channel) -> dict[str, Any]:
    """Whom a channel is with, as ChannelTransfer tells it: nothing, if it is alone."""
    bridge = channel.bridge
    if bridge is None:
        return {}
    others = [other.shown() for other in bridge.channels if other is not channel]
    return {"bridge": bridge.shown(), **({"connected_channel": others[0]} if others else {})}
