"""Events: typed at the border; what is unknown or broken is no event."""

from datetime import UTC, datetime
from typing import Any

import pytest

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
from telephony.ari.parsing import USED, parse
from telephony.ari.snapshots import BridgeSnapshot, ChannelSnapshot, Malformed, PbxInfo

CHANNEL: dict[str, Any] = {
    "id": "halo5060-1795364340.0",
    "name": "PJSIP/city-00000000",
    "state": "Ring",
    "caller": {"name": "Łoś", "number": "+48601234567"},
    "dialplan": {
        "context": "from-city",
        "exten": "447327600",
        "app_name": "Stasis",
        "app_data": "halo,447327600",
    },
    "channelvars": {"CALLERID(pres)": "allowed_not_screened", "HALO_CALL": ""},
}
PLAYBACK = {"id": "p1", "media_uri": "sound:/x", "target_uri": "channel:c", "state": "done"}
AT = "2026-11-22T16:17:05.686+0000"
THEN = datetime(2026, 11, 22, 16, 17, 5, 686000, UTC)
ID = CHANNEL["id"]
CLERK, CONSULTED = CHANNEL | {"id": "halo-leg-42c316ec-1"}, CHANNEL | {"id": "halo-leg-42c316ec-3"}
REFERRED_BY = {
    "source_channel": CLERK,
    "connected_channel": CHANNEL,
    "bridge": {"id": "halo-talk-42c316ec-2"},
}
BLIND = {"requested_destination": {"destination": "202"}}
ATTENDED = {
    "requested_destination": {
        "destination": "202",
        "protocol_id": "7395d11341b2",
        "additional_protocol_params": [
            {"parameter_name": "from", "parameter_value": "f507395"},
            {"parameter_name": "to", "parameter_value": "6db3fab8-ddee-47bc-bd9f-0baea89f366a"},
        ],
    },
    "destination_channel": CHANNEL | {"id": "halo11000-1795374200.11"},
    "connected_channel": CONSULTED,
    "bridge": {"id": "halo-talk-42c316ec-4"},
}
"""REFERs as a real Asterisk tells of them; the channels are shortened."""

MESSAGES: list[tuple[dict[str, Any], Event]] = [
    ({"type": "StasisEnd", "channel": CHANNEL}, StasisEnd(ID)),
    (
        {"type": "ChannelDestroyed", "cause": 17, "tech_cause": 486, "channel": CHANNEL},
        ChannelDestroyed(ID, 17, 486),
    ),
    ({"type": "ChannelDestroyed", "cause": 16, "channel": CHANNEL}, ChannelDestroyed(ID, 16, 0)),
    ({"type": "ChannelHangupRequest", "channel": CHANNEL}, HangupRequest(ID, 0, 0, soft=False)),
    (
        {"type": "ChannelHangupRequest", "soft": True, "cause": 32, "channel": CHANNEL},
        HangupRequest(ID, 32, 0, soft=True),
    ),
    ({"type": "ChannelHangupRequest", "soft": True, "cause": 4, "channel": CHANNEL}, PbxStops()),
    ({"type": "ChannelStateChange", "channel": CHANNEL | {"state": "Ringing"}}, StateChange(ID, "Ringing")),
    (
        {"type": "Dial", "peer": CHANNEL, "dialstatus": "RINGING", "forward": "", "dialstring": "1001"},
        Dial(ID, "RINGING", redirected=False, forwarded=""),
    ),
    (
        {
            "type": "Dial",
            "peer": CHANNEL,
            "dialstatus": "CANCEL",
            "forward": "1001",
            "forwarded": CHANNEL | {"id": "7.2"},
        },
        Dial(ID, "CANCEL", redirected=True, forwarded="7.2"),
    ),
    ({"type": "ChannelDtmfReceived", "digit": "#", "duration_ms": 120, "channel": CHANNEL}, Dtmf(ID, "#")),
    ({"type": "ChannelHold", "musicclass": "default", "channel": CHANNEL}, Hold(ID)),
    ({"type": "ChannelUnhold", "channel": CHANNEL}, Unhold(ID)),
    (
        {"type": "ChannelTransfer", "refer_to": BLIND, "referred_by": REFERRED_BY},
        Transfer("halo-leg-42c316ec-1", "202", "", echo=False),
    ),
    (
        {"type": "ChannelTransfer", "refer_to": BLIND, "referred_by": {"source_channel": CLERK}},
        Transfer("halo-leg-42c316ec-1", "202", "", echo=False),
    ),
    (
        {"type": "ChannelTransfer", "refer_to": ATTENDED, "referred_by": REFERRED_BY},
        Transfer("halo-leg-42c316ec-1", "202", "halo-leg-42c316ec-3", echo=False),
    ),
    (
        {
            "type": "ChannelTransfer",
            "refer_to": BLIND,
            "referred_by": REFERRED_BY,
            "state": "channel_declined",
        },
        Transfer("halo-leg-42c316ec-1", "202", "", echo=True),
    ),
    ({"type": "PlaybackStarted", "timestamp": AT, "playback": PLAYBACK}, PlaybackStarted("p1", THEN)),
    ({"type": "PlaybackContinuing", "timestamp": AT, "playback": PLAYBACK}, PlaybackContinuing("p1", THEN)),
    (
        {"type": "PlaybackFinished", "timestamp": AT, "playback": PLAYBACK},
        PlaybackFinished("p1", THEN, failed=False),
    ),
    (
        {"type": "PlaybackFinished", "playback": PLAYBACK | {"state": "failed"}},
        PlaybackFinished("p1", None, failed=True),
    ),
    ({"type": "ApplicationReplaced", "application": "halo"}, ApplicationReplaced("halo")),
]


@pytest.mark.parametrize(("message", "event"), MESSAGES, ids=[str(row[0]["type"]) for row in MESSAGES])
def test_a_message_becomes_its_event(message: dict[str, Any], event: Event) -> None:
    assert parse(message) == event


def test_a_call_begins_with_everything_we_need_to_know() -> None:
    event = parse({"type": "StasisStart", "args": ["447327600"], "channel": CHANNEL})
    assert isinstance(event, StasisStart)
    assert event.args == ("447327600",)
    assert event.about == ID
    assert event.channel == ChannelSnapshot(
        id=ID,
        name="PJSIP/city-00000000",
        state="Ring",
        caller_number="+48601234567",
        caller_name="Łoś",
        presentation="allowed_not_screened",
        exten="447327600",
        dialplan_app="Stasis",
        dialplan_data="halo,447327600",
    )
    assert event.channel.stasis == ("halo", "447327600")


@pytest.mark.parametrize("kind", USED)
@pytest.mark.parametrize(
    "rest",
    [
        {},
        {"channel": {}, "playback": {}, "peer": {}, "refer_to": {}, "referred_by": {"source_channel": {}}},
        {"channel": 5, "peer": [], "refer_to": 5, "referred_by": []},
    ],
)
def test_a_message_without_its_parts_is_no_event(kind: str, rest: dict[str, Any]) -> None:
    if kind != "ApplicationReplaced":
        assert parse({"type": kind, **rest}) is None


@pytest.mark.parametrize("message", [{}, {"type": None}, {"type": "ChannelVarset"}, {"type": "SomethingNew"}])
def test_what_we_do_not_use_is_no_event(message: dict[str, Any]) -> None:
    assert parse(message) is None


def test_a_channel_outside_stasis_has_no_application() -> None:
    assert ChannelSnapshot(id="1", dialplan_app="Dial", dialplan_data="halo").stasis == ()


def test_a_bridge_and_its_channels() -> None:
    assert BridgeSnapshot.of({"id": "b", "channels": ["1", "2"]}) == BridgeSnapshot("b", ("1", "2"))


def test_which_asterisk_it_is() -> None:
    answer = {"system": {"version": "22.10.1"}, "status": {"startup_time": AT}}
    assert PbxInfo.of(answer) == PbxInfo("22.10.1", AT)


@pytest.mark.parametrize("answer", [None, [], {}, {"system": {}}])
def test_what_is_not_asterisk(answer: object) -> None:
    with pytest.raises(Malformed):
        PbxInfo.of(answer)
