"""Ringing phones from the fake Asterisk: the network between it and them."""

from collections.abc import Mapping
from typing import Any

from telephony.values import Behind, HangUpCause
from tests.fakes.asterisk.handset import Handset
from tests.fakes.asterisk.parts import Channel, Says
from tests.fakes.asterisk.switch import Switch

FINAL = {
    486: (17, "BUSY"),
    603: (21, "NOANSWER"),
    480: (19, "NOANSWER"),
    404: (1, "NOANSWER"),
    503: (34, "CONGESTION"),
}
"""SIP status to Q.850 cause and Dial status, as Asterisk 22 reports them."""


class RungParty(Handset):
    """A phone, as the network sees it."""

    number: str
    registered: bool
    behind: Behind | None
    """Where it can be reached; None: at both places."""

    def invite(self, channel: Channel, number: str, name: str) -> None:
        """An INVITE with this caller's number and name (empty if anonymous) arrives."""


class Network:
    """Places outgoing calls, and hears what the phones say to them."""

    def __init__(self, switch: Switch) -> None:
        self.phones: dict[str, RungParty] = {}
        self._switch = switch

    def originate(self, channel_id: str, query: Mapping[str, str], variables: Mapping[str, str]) -> Channel:
        """Ring; 500 if there is nobody to be rung, as Asterisk says at once."""
        if channel_id in self._switch.channels:
            raise Says(409, "Channel with given unique ID already exists")
        shown = self._originator(query)
        number, _, trunk = query["endpoint"].removeprefix("PJSIP/").partition("@")
        phone = self.phones.get(number)
        where = Behind.TRUNK if trunk else Behind.HERE
        if phone is None or not phone.registered or phone.behind not in (None, where):
            raise Says(500, "Allocation failed")
        app = query["app"]
        channel = Channel(
            id=channel_id,
            name=f"PJSIP/{number}-{len(self._switch.sockets.sent):08x}",
            party=phone,
            rung=True,
            state="Down",
            context="from-phones",
            exten="s",
            owner=app,
            args=query.get("appArgs", "").split(","),
            variables=dict(variables),
        )
        self._switch.channels[channel_id] = channel
        self._dial(channel, "")
        phone.invite(channel, *shown)
        return channel

    def rings(self, channel: Channel) -> None:
        """180."""
        if not (channel.over or channel.up or channel.rang):
            channel.rang = True
            channel.state = "Ringing"
            self._switch.tell_of(channel, "ChannelStateChange")
            self._dial(channel, "RINGING")

    def progresses(self, channel: Channel) -> None:
        """183, which a PBX may send instead of 180."""
        if not (channel.over or channel.up or channel.rang):
            channel.rang = True
            self._dial(channel, "PROGRESS")

    def answers(self, channel: Channel) -> None:
        """200. With nobody connected as the application, Asterisk puts down again at once."""
        if channel.over or channel.up:
            return
        channel.state = "Up"
        if not self._switch.sockets.hears(channel.owner):
            self._switch.end(channel, HangUpCause.NORMAL)
            return
        self._switch.tell_of(channel, "ChannelStateChange")
        self._dial(channel, "ANSWER")
        channel.app = channel.owner
        self._switch.tell_of(channel, "StasisStart", args=channel.args)

    def refuses(self, channel: Channel, status: int) -> None:
        """A final answer that is not 200."""
        if channel.over:
            return
        if status == 302:
            self._forwards(channel)
            return
        cause, dial = FINAL[status]
        self._switch.tell_of(channel, "ChannelHangupRequest", cause=cause, tech_cause=status)
        self._dial(channel, dial)
        self._switch.end(channel, None, cause=cause, tech_cause=status)

    def hangs_up(self, channel: Channel) -> None:
        """BYE."""
        if not channel.over:
            self._switch.tell_of(channel, "ChannelHangupRequest", cause=16)
            self._switch.end(channel, None)

    def _forwards(self, channel: Channel) -> None:
        """302: Asterisk would follow by itself; our configuration leads that nowhere, so no channel is made."""
        self._switch.tell_of(channel, "ChannelHangupRequest", cause=23, tech_cause=302)
        self._dial(channel, "CANCEL", forward="999")
        self._switch.end(channel, None, cause=23, tech_cause=302)

    def _dial(self, channel: Channel, status: str, **more: Any) -> None:
        self._switch.tell(channel.owner, "Dial", dialstatus=status, peer=channel.shown(), **more)

    def _originator(self, query: Mapping[str, str]) -> tuple[str, str]:
        if "originator" not in query:
            return "", ""
        caller = self._switch.channels.get(query["originator"])
        if caller is None:
            raise Says(400, "Provided originator channel was not found")
        if caller.presentation.startswith("prohib"):
            return "", ""
        return caller.number, caller.caller_name
