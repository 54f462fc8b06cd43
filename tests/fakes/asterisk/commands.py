"""What ARI may ask of the fake Asterisk: one method for each operation of the declarations.

Each takes the parameters of the path and the query, and the body; returns what is answered, None for 204;
raises `Says` to refuse.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telephony.values import HangUpCause
from tests.fakes.asterisk.originate import Network
from tests.fakes.asterisk.parts import Bridge, Channel, Says
from tests.fakes.asterisk.sounds import Sounds
from tests.fakes.asterisk.switch import NO_CHANNEL, NOT_IN_STASIS, Switch

BY_CODE = {"1": HangUpCause.UNKNOWN_NUMBER, "26": HangUpCause.ANSWERED_ELSEWHERE}
"""Q.850 causes that our code asks for."""

TOLD = {
    "normal": HangUpCause.NORMAL,
    "busy": HangUpCause.BUSY,
    "congestion": HangUpCause.CONGESTION,
    "no_answer": HangUpCause.NO_ANSWER,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as the journal keeps it; `status` is what it was answered with."""

    operation: str
    at: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    status: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One request on its way to a command."""

    at: Mapping[str, str]
    query: Mapping[str, str]
    body: Any


class Commands:
    """The operations, by `resource_nickname`."""

    def __init__(self, switch: Switch, sounds: Sounds, network: Network) -> None:
        self._switch = switch
        self._sounds = sounds
        self._network = network

    # ---- channels

    async def channels_list(self, ask: Ask) -> Any:
        """All channels."""
        return [channel.shown() for channel in self._switch.channels.values()]

    async def channels_get(self, ask: Ask) -> Any:
        """One channel."""
        return self._channel(ask).shown()

    async def channels_originateWithId(self, ask: Ask) -> Any:  # noqa: N802 - ARI's own names, here and below
        """Ring a phone."""
        variables = (ask.body or {}).get("variables", {})
        return self._network.originate(ask.at["channelId"], ask.query, variables).shown()

    async def channels_hangup(self, ask: Ask) -> Any:
        """End a channel."""
        reason = ask.query.get("reason", "normal")
        told = BY_CODE.get(ask.query.get("reason_code", "")) or TOLD.get(reason)
        if told is None:
            raise Says(400, "Invalid Reason for Hangup Provided")
        self._switch.hang_up(self._channel(ask), told)

    async def channels_continueInDialplan(self, ask: Ask) -> Any:  # noqa: N802
        """Give it back to the dialplan: its fallback has it."""
        channel = self._in_stasis(ask)
        self._switch.tell_of(channel, "StasisEnd")
        channel.app = channel.owner = ""
        channel.party.falls_back()
        self._switch.bell.ring()

    async def channels_answer(self, ask: Ask) -> Any:
        """Pick up; waits for a running playback."""
        channel = self._in_stasis(ask)
        await self._when_free(channel)
        if not channel.up:
            channel.state = "Up"
            self._switch.tell_of(channel, "ChannelStateChange")
            channel.party.hears_an_answer(channel)
            self._switch.bell.ring()

    async def channels_ring(self, ask: Ask) -> Any:
        """180 to the caller."""
        channel = self._in_stasis(ask)
        if not channel.up:
            channel.party.hears_that_it_rings()
            self._switch.bell.ring()

    async def channels_transfer_progress(self, ask: Ask) -> Any:
        """Tell a phone how its REFER goes; of no effect if it has asked for nothing."""
        self._switch.transfers.progress(self._channel(ask), ask.query["states"])

    async def channels_setChannelVar(self, ask: Ask) -> Any:  # noqa: N802
        """Set a variable; waits for a running playback."""
        channel = self._channel(ask)
        await self._when_free(channel)
        channel.variables[ask.query["variable"]] = ask.query.get("value", "")

    async def channels_playWithId(self, ask: Ask) -> Any:  # noqa: N802
        """Play to one party."""
        media = ask.query["media"].split(",")
        return self._sounds.play_to(self._in_stasis(ask), ask.at["playbackId"], media).shown()

    async def channels_startMoh(self, ask: Ask) -> Any:  # noqa: N802
        """Music for one party: it goes on in a bridge, and a playback ends it for good."""
        self._in_stasis(ask).music = True
        self._switch.bell.ring()

    async def channels_stopMoh(self, ask: Ask) -> Any:  # noqa: N802
        """No more music."""
        self._in_stasis(ask).music = False
        self._switch.bell.ring()

    async def channels_rtpstatistics(self, ask: Ask) -> Any:
        """Packets received from this party."""
        channel = self._channel(ask)
        return {"channel_uniqueid": channel.id, "rxcount": channel.party.microphone.sent, "txcount": 0}

    # ---- bridges

    async def bridges_list(self, ask: Ask) -> Any:
        """All bridges."""
        return [bridge.shown() for bridge in self._switch.bridges.values()]

    async def bridges_get(self, ask: Ask) -> Any:
        """One bridge."""
        return self._bridge(ask).shown()

    async def bridges_createWithId(self, ask: Ask) -> Any:  # noqa: N802
        """Make one."""
        if ask.at["bridgeId"] in self._switch.bridges:
            raise Says(409, "Bridge with the same id already exists")
        bridge = Bridge(ask.at["bridgeId"], ask.query.get("type", "mixing"))
        self._switch.bridges[bridge.id] = bridge
        return bridge.shown()

    async def bridges_destroy(self, ask: Ask) -> Any:
        """Take it away; who was in it is alone."""
        bridge = self._bridge(ask)
        for channel in tuple(bridge.channels):
            self._switch.part(channel)
        for playback in tuple(bridge.playing):
            self._switch.finish(playback, "failed")
        del self._switch.bridges[bridge.id]
        self._switch.bell.ring()

    async def bridges_addChannel(self, ask: Ask) -> Any:  # noqa: N802
        """Move channels in; waits for a running playback. Says 400 where everything else says 404."""
        bridge, wanted = self._bridge(ask), ask.query["channel"].split(",")
        if any(one not in self._switch.channels for one in wanted):
            raise Says(400, NO_CHANNEL)
        channels = [self._switch.channel(one) for one in wanted]
        if any(not channel.app for channel in channels):
            raise Says(422, NOT_IN_STASIS)
        for channel in channels:
            await self._when_free(channel)
            if channel.over:
                raise Says(422, NOT_IN_STASIS)
            self._switch.join(channel, bridge)

    async def bridges_removeChannel(self, ask: Ask) -> Any:  # noqa: N802
        """Take a channel out."""
        bridge, channel = self._bridge(ask), self._switch.channel(ask.query["channel"])
        if channel.bridge is not bridge:
            raise Says(422, "Channel not in this bridge")
        self._switch.part(channel)

    async def bridges_playWithId(self, ask: Ask) -> Any:  # noqa: N802
        """Play to all in it."""
        bridge, media = self._bridge(ask), ask.query["media"].split(",")
        return self._sounds.play_to_bridge(bridge.id, ask.at["playbackId"], media).shown()

    # ---- the rest

    async def playbacks_get(self, ask: Ask) -> Any:
        """One playback."""
        playback = self._switch.playbacks.get(ask.at["playbackId"])
        if playback is None:
            raise Says(404, "Playback not found")
        return playback.shown()

    async def playbacks_stop(self, ask: Ask) -> Any:
        """Silence it."""
        playback = self._switch.playbacks.get(ask.at["playbackId"])
        if playback is None:
            raise Says(404, "Playback not found")
        self._switch.finish(playback, "done")

    async def applications_get(self, ask: Ask) -> Any:
        """Whether an application is known."""
        name = ask.at["applicationName"]
        if not self._switch.sockets.hears(name):
            raise Says(404, "Application not found")
        ours = [channel.id for channel in self._switch.channels.values() if channel.app == name]
        return {"name": name, "channel_ids": ours, "bridge_ids": [], "endpoint_ids": [], "device_names": []}

    async def applications_filter(self, ask: Ask) -> Any:
        """Choose the event types."""
        allowed = frozenset(one["type"] for one in (ask.body or {}).get("allowed", []))
        self._switch.sockets.filter(ask.at["applicationName"], allowed)
        return {"name": ask.at["applicationName"]}

    async def endpoints_listByTech(self, ask: Ask) -> Any:  # noqa: N802
        """All phones that register here."""
        return list(self._switch.devices.endpoints())

    async def asterisk_getInfo(self, ask: Ask) -> Any:  # noqa: N802
        """Who it is, and since when it runs."""
        up_since = f"2026-11-23T08:00:{self._switch.starts:02d}.000+0100"
        return {"system": {"version": "22.10.1"}, "status": {"startup_time": up_since}}

    async def asterisk_getModule(self, ask: Ask) -> Any:  # noqa: N802
        """Every module runs here."""
        return {"name": ask.at["moduleName"], "status": "Running"}

    def _channel(self, ask: Ask) -> Channel:
        return self._switch.channel(ask.at["channelId"])

    def _bridge(self, ask: Ask) -> Bridge:
        return self._switch.bridge(ask.at["bridgeId"])

    def _in_stasis(self, ask: Ask) -> Channel:
        channel = self._channel(ask)
        if not channel.app:
            raise Says(409, NOT_IN_STASIS)
        return channel

    async def _when_free(self, channel: Channel) -> None:
        """A playback holds up other commands to its channel, unless that is in a bridge."""
        await self._switch.bell.until(lambda: channel.bridge is not None or not channel.queue or channel.over)
