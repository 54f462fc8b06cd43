"""What audio is offered (SDP, RFC 4566): A-law, µ-law and keys at one port, and which way it flows (RFC 3264)."""

import re
from enum import Enum


class Flow(Enum):
    """Which way audio flows, as the sender of the SDP sees it; its own hold is `OUT` or `NONE`."""

    BOTH = "sendrecv"
    OUT = "sendonly"
    IN = "recvonly"
    NONE = "inactive"

    @property
    def answer(self) -> "Flow":
        """The same, as the other side sees it."""
        return {Flow.OUT: Flow.IN, Flow.IN: Flow.OUT}.get(self, self)


def session(host: str, port: int, flow: Flow = Flow.BOTH, *, version: int = 1) -> str:
    """The SDP of one audio stream; `version` grows with each change in a call."""
    lines = (
        "v=0",
        f"o=phone 1 {version} IN IP4 {host}",
        "s=-",
        f"c=IN IP4 {host}",
        "t=0 0",
        f"m=audio {port} RTP/AVP 8 0 101",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-16",
        "a=ptime:20",
        f"a={flow.value}",
        "",
    )
    return "\r\n".join(lines)


def flow_in(body: str) -> Flow:
    """Which way audio flows in an SDP that somebody sent; both ways if it does not say."""
    found = re.search(r"^a=(sendrecv|sendonly|recvonly|inactive)", body, re.M)
    return Flow(found[1]) if found else Flow.BOTH


def audio_at(body: str) -> tuple[str, int]:
    """Where the sender of an SDP wants its audio."""
    host = re.search(r"^c=IN IP4 (\S+)", body, re.M)
    port = re.search(r"^m=audio (\d+)", body, re.M)
    assert host is not None, body
    assert port is not None, body
    return host[1], int(port[1])
