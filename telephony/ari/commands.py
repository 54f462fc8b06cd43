"""The commands that we give to Asterisk, typed; each is one operation of the API description that aioari has read.

Every one may raise `Gone`, `AriRefused` or `PbxAway` (see `telephony.ari.errors`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aioari.client import Client

from telephony.ari.http import AriHttp, Reply
from telephony.ari.operations import Operation
from telephony.ari.parsing import USED
from telephony.ari.snapshots import (
    CALL_VARIABLE,
    BridgeSnapshot,
    ChannelSnapshot,
    EndpointSnapshot,
    Malformed,
    PbxInfo,
    number,
)
from telephony.errors import PbxAway
from telephony.values import HangUpCause, Progress

TALK = "mixing,dtmf_events"
"""A plain `mixing` bridge of two becomes native_rtp, and RFC 4733 keys pass it without an event."""

REASONS: Mapping[HangUpCause, Mapping[str, str]] = {
    HangUpCause.NORMAL: {"reason": "normal"},
    HangUpCause.BUSY: {"reason": "busy"},
    HangUpCause.CONGESTION: {"reason": "congestion"},
    HangUpCause.UNKNOWN_NUMBER: {"reason_code": "1"},
    HangUpCause.NO_ANSWER: {"reason": "no_answer"},
    HangUpCause.ANSWERED_ELSEWHERE: {"reason_code": "26"},
}
"""How ARI is told our causes; 26 makes a ringing phone show no missed call (Q.850, RFC 3326)."""

TRANSFERS, BY_US = "PJSIP_TRANSFER_HANDLING()", "ari-only"
"""Set on a channel: its phone's REFER is taken (202) and told to us, and Asterisk itself moves nobody."""

STATES: Mapping[Progress, str] = {
    Progress.RINGING: "channel_progress",
    Progress.ANSWERED: "channel_answered",
    Progress.FAILED: "channel_unavailable",
}
"""What the phone is told of its REFER: nothing yet (Asterisk sends no NOTIFY of progress), 200, or 503."""


class Commands:
    """What may be said to Asterisk, once `operations` is there: aioari's client, initialised."""

    def __init__(self, http: AriHttp) -> None:
        self._http = http
        self.operations: Client | None = None
        self._known: dict[tuple[str, str], Operation] = {}

    def _operation(self, resource: str, name: str) -> Operation:
        """What Asterisk's description says of it, read once."""
        if self.operations is None:
            raise PbxAway("Asterisk has not answered yet.")
        described = self.operations.swagger.resources[resource].operations[name]
        operation = self._known[resource, name] = Operation.of(described.uri, described.json)
        return operation

    async def _ask(self, resource: str, name: str, **given: object) -> Reply:
        """Have it done."""
        operation = self._known.get((resource, name)) or self._operation(resource, name)
        return await self._http.send(*operation.asks(given))

    async def _list(self, resource: str) -> list[Any]:
        found = _read(await self._ask(resource, "list"))
        return found if isinstance(found, list) else []

    async def answer(self, channel: str) -> None:
        """Pick up. Waits for a running playback: stop it first."""
        await self._ask("channels", "answer", channelId=channel)

    async def sound_ringing(self, channel: str) -> None:
        """Tell a caller's phone that it rings (180), before it is answered."""
        await self._ask("channels", "ring", channelId=channel)

    async def hang_up(self, channel: str, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End a channel, ringing or up, with what the network is told."""
        await self._ask("channels", "hangup", channelId=channel, **REASONS[cause])

    async def send_on(self, channel: str) -> None:
        """Give a channel back to the dialplan, at the line after `Stasis`: the service is away."""
        await self._ask("channels", "continueInDialplan", channelId=channel)

    async def name_call(self, channel: str, call: str) -> None:
        """Write on a phone's channel for which call it is now, where our next process finds it."""
        await self._ask("channels", "setChannelVar", channelId=channel, variable=CALL_VARIABLE, value=call)

    async def keep_transfers(self, channel: str) -> None:
        """Have the REFERs of a phone that has called us told to us; those that we ring have it from the start."""
        await self._ask("channels", "setChannelVar", channelId=channel, variable=TRANSFERS, value=BY_US)

    async def report_transfer(self, channel: str, progress: Progress) -> None:
        """Tell a phone how its REFERs go, all that are open; without one it is of no effect."""
        await self._ask("channels", "transfer_progress", channelId=channel, states=STATES[progress])

    async def originate(
        self, channel: str, endpoint: str, *, app: str, args: str, call: str, caller: str | None, limit: float
    ) -> None:
        """Ring `endpoint` as `channel`, showing it the caller's number if `caller` (their channel) is given.

        Returns when Asterisk has begun; events may come before. HTTP 500: no such phone, or not registered.
        """
        shown = {"originator": caller} if caller is not None else {}
        await self._ask(
            "channels",
            "originateWithId",
            channelId=channel,
            endpoint=endpoint,
            app=app,
            appArgs=args,
            timeout=int(limit),
            variables={CALL_VARIABLE: call, TRANSFERS: BY_US},
            **shown,
        )

    async def play(self, channel: str, playback: str, media: Sequence[str]) -> None:
        """Play files one after another to one party; in a bridge too, then only this party hears them."""
        await self._ask("channels", "playWithId", channelId=channel, playbackId=playback, media=list(media))

    async def play_to_bridge(self, bridge: str, playback: str, media: Sequence[str]) -> None:
        """Play files one after another to everybody in a bridge, over their talk."""
        await self._ask("bridges", "playWithId", bridgeId=bridge, playbackId=playback, media=list(media))

    async def stop_playback(self, playback: str) -> None:
        """Silence a playback, at once."""
        await self._ask("playbacks", "stop", playbackId=playback)

    async def make_bridge(self, bridge: str) -> None:
        """Make an empty bridge in which two talk."""
        await self._ask("bridges", "createWithId", bridgeId=bridge, type=TALK)

    async def play_music(self, channel: str, music: str) -> None:
        """Music for one party until it is stopped, or something is played to them. In a bridge too: stop it before."""
        await self._ask("channels", "startMoh", channelId=channel, mohClass=music)

    async def stop_music(self, channel: str) -> None:
        """No music; of no effect if there is none."""
        await self._ask("channels", "stopMoh", channelId=channel)

    async def put_into_bridge(self, bridge: str, *channels: str) -> None:
        """Move channels into a bridge, from another one or from none. Waits for a running playback."""
        await self._ask("bridges", "addChannel", bridgeId=bridge, channel=",".join(channels))

    async def take_out_of_bridge(self, bridge: str, channel: str) -> None:
        """Take one channel out of a bridge: it stays up, in silence."""
        await self._ask("bridges", "removeChannel", bridgeId=bridge, channel=channel)

    async def end_bridge(self, bridge: str) -> None:
        """Part whoever is in a bridge and destroy it; their channels stay up, alone."""
        await self._ask("bridges", "destroy", bridgeId=bridge)

    async def packets_from(self, channel: str) -> int:
        """RTP packets received from this party since its channel began."""
        statistics = _read(await self._ask("channels", "rtpstatistics", channelId=channel))
        return number(statistics, "rxcount") if isinstance(statistics, Mapping) else 0

    async def channels(self) -> list[ChannelSnapshot]:
        """All channels of this Asterisk."""
        return [ChannelSnapshot.of(channel) for channel in await self._list("channels")]

    async def bridges(self) -> list[BridgeSnapshot]:
        """All bridges of this Asterisk."""
        return [BridgeSnapshot.of(bridge) for bridge in await self._list("bridges")]

    async def endpoints(self, technology: str) -> list[EndpointSnapshot]:
        """All endpoints of a technology ("PJSIP"): the trunks are among them."""
        found = _read(await self._ask("endpoints", "listByTech", tech=technology))
        return [EndpointSnapshot.of(one) for one in found] if isinstance(found, list) else []

    async def info(self) -> PbxInfo:
        """Which Asterisk it is, and since when it runs."""
        return await pbx_info(self._http)

    async def filter_events(self, app: str) -> None:
        """Have Asterisk send only the event types that we use: half of the client's work is reading.

        By hand: the description names the body of this one operation as a parameter, a key that Asterisk ignores.
        """
        wanted = json.dumps({"allowed": [{"type": one} for one in USED], "disallowed": []})
        await self._http.send("PUT", f"/ari/applications/{app}/eventFilter", wanted)


def _read(reply: Reply) -> Any:
    """What an answer says; None if it is no JSON."""
    try:
        return json.loads(reply.body)
    except ValueError:
        return None


async def pbx_info(http: AriHttp) -> PbxInfo:
    """Ask Asterisk who it is, without aioari. Raises PbxAway if something else answers."""
    reply = await http.send("GET", "/ari/asterisk/info")
    try:
        answer: Any = json.loads(reply.body)
        return PbxInfo.of(answer)
    except (ValueError, Malformed) as error:
        raise PbxAway("What answers is not Asterisk's ARI.") from error
