"""The fake Asterisk's inside: who is connected to whom, and the events that tell of it.

Orders of events, causes and refusals are those that were seen on Asterisk 22.10 (and are held by the
contract suite on a real one). Whoever acts here is a telephone; what ARI may do is in `commands`.
"""

from itertools import count
from typing import Any

from telephony.values import HangUpCause, NumberShown
from tests.fakes.asterisk.devices import Devices
from tests.fakes.asterisk.parts import Bridge, Channel, Party, Playback, Says
from tests.fakes.asterisk.socket import Sockets
from tests.fakes.asterisk.transfers import Transfers
from tests.fakes.memory.bell import Bell

BY_US = {"cause": 32, "soft": True}
"""How ChannelHangupRequest looks when ARI asked for it."""
BY_STOPPING = {"cause": 4, "soft": True}
"""How it looks when Asterisk is stopped in order: `core stop now`, `core restart now`, SIGTERM."""

NO_CHANNEL, NOT_IN_STASIS = "Channel not found", "Channel not in Stasis application"


class Switch:
    """Channels, bridges, playbacks of one Asterisk, and its event sockets."""

    def __init__(self) -> None:
        self.sockets = Sockets()
        self.bell = Bell()
        """Rung at every change: all actors wait on it."""
        self.channels: dict[str, Channel] = {}
        self.bridges: dict[str, Bridge] = {}
        self.playbacks: dict[str, Playback] = {}
        self.devices = Devices(self.channels)
        self.starts = 1
        self.transfers = Transfers(self.tell)
        self._numbers = count(1)

    # ---- finding

    def channel(self, channel_id: str) -> Channel:
        """The channel, or 404."""
        try:
            return self.channels[channel_id]
        except KeyError:
            raise Says(404, NO_CHANNEL) from None

    def bridge(self, bridge_id: str) -> Bridge:
        """The bridge, or 404."""
        try:
            return self.bridges[bridge_id]
        except KeyError:
            raise Says(404, "Bridge not found") from None

    # ---- telling

    def tell(self, app: str, kind: str, **fields: Any) -> None:
        """Send an event to an application, and wake whoever waits."""
        if app:
            self.sockets.send(app, {"type": kind, **fields})
        self.bell.ring()

    def tell_of(self, channel: Channel, kind: str, **fields: Any) -> None:
        """Send an event about a channel to the application that it belongs to."""
        self.tell(channel.owner, kind, channel=channel.shown(), **fields)

    # ---- citizens

    def arrives(
        self,
        app: str,
        party: Party,
        *,
        number: str,
        name: str,
        shown: NumberShown,
        dialled: str,
        phone: str = "",
    ) -> Channel | None:
        """A call comes in by the dialplan; None if the application is not there (STASISSTATUS=FAILED).

        `phone` is the endpoint of a registered phone of ours that calls; empty: it comes from the city.
        """
        if not self.sockets.hears(app):
            return None
        serial = next(self._numbers)
        channel = Channel(
            id=f"1780000000.{serial}",
            name=f"PJSIP/{phone or 'city'}-{serial:08x}",
            party=party,
            rung=False,
            state="Ring",
            number="" if shown is NumberShown.ABSENT else number,
            caller_name=name,
            context="from-phones" if phone else "from-city",
            exten=dialled,
            app=app,
            owner=app,
            args=[dialled, "phone", phone] if phone else [dialled],
        )
        if shown is NumberShown.WITHHELD:  # From anonymous, and an identity that the trunk trusts (RFC 3325)
            channel.presentation = "prohib_not_screened"
        self.channels[channel.id] = channel
        self.tell_of(channel, "StasisStart", args=channel.args)
        return channel

    def leaves(self, channel: Channel) -> None:
        """A citizen puts down: BYE, which shows no cause; or CANCEL before the answer."""
        if channel.over:
            return
        self.tell_of(channel, "ChannelHangupRequest", **({} if channel.up else {"cause": 127}))
        self.end(channel, None)

    # ---- the end of things

    def hang_up(self, channel: Channel, told: HangUpCause) -> None:
        """ARI ended a channel that is in Stasis, or whose ringing nobody answered yet."""
        if channel.over:
            return
        self.tell_of(channel, "ChannelHangupRequest", **BY_US)
        if channel.rung and not channel.up:
            self.tell(channel.owner, "Dial", dialstatus="NOANSWER", peer=channel.shown())
        elsewhere = told is HangUpCause.ANSWERED_ELSEWHERE
        gave_up = told is HangUpCause.NO_ANSWER and not channel.up
        cause = 26 if elsewhere else 19 if gave_up else 16
        self.end(channel, told, cause=cause, tech_cause=480 if gave_up else 0)

    def end(
        self, channel: Channel, told: HangUpCause | None, *, cause: int = 16, tech_cause: int = 0
    ) -> None:
        """Take a channel away, in Asterisk's order: playbacks, bridge, StasisEnd, and what was rung."""
        channel.over = True
        channel.party.microphone.turn_off()
        for playback in tuple(channel.queue):
            self.finish(playback, "failed")
        self.part(channel)
        del self.channels[channel.id]
        self.transfers.forgets(channel)
        if channel.app:
            self.tell_of(channel, "StasisEnd")
        if channel.rung:
            why = {"cause": cause, "cause_txt": "", **({"tech_cause": tech_cause} if tech_cause else {})}
            self.tell_of(channel, "ChannelDestroyed", **why)
        channel.party.hears_the_end(channel, told)
        self.bell.ring()

    def stops(self) -> None:
        """Asterisk is stopped in order: it puts everybody down, one after another, before it goes."""
        for channel in tuple(self.channels.values()):
            self.stops_with(channel)

    def stops_with(self, channel: Channel) -> None:
        """This is the next one whom an Asterisk puts down that stops."""
        self.tell_of(channel, "ChannelHangupRequest", **BY_STOPPING)
        self.end(channel, HangUpCause.NORMAL)

    def vanish(self) -> None:
        """Asterisk dies: everything is gone, and nobody is told."""
        for channel in tuple(self.channels.values()):
            channel.owner = ""
            self.end(channel, HangUpCause.CONGESTION)
        self.bridges.clear()
        for playback in tuple(self.playbacks.values()):
            self.finish(playback, "failed")
        self.starts += 1

    # ---- bridges

    def join(self, channel: Channel, bridge: Bridge) -> None:
        """Move a channel into a bridge, from another one or from none."""
        self.part(channel)
        channel.bridge = bridge
        bridge.channels.append(channel)
        self.tell_of(channel, "ChannelEnteredBridge", bridge=bridge.shown())

    def part(self, channel: Channel) -> None:
        """Take a channel out of its bridge, if it is in one."""
        bridge, channel.bridge = channel.bridge, None
        if bridge is not None:
            bridge.channels.remove(channel)
            self.tell_of(channel, "ChannelLeftBridge", bridge=bridge.shown())

    def finish(self, playback: Playback, state: str) -> None:
        """A playback is to end now, in this state."""
        if not playback.over.done():
            playback.over.set_result(state)
