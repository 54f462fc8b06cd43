"""SIP as it is on the wire: a socket, messages one by one, and every header to look at.

For the facts about our Asterisk's configuration only; stories use the actors of `tests/phones`.
Blocking, with deadlines; what does not arrive in time is an AssertionError that shows what did arrive.
"""

import secrets
import select
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from tests.pbx.ports import free_udp_port
from tests.phones.sip.message import Message, tag_in

SECONDS = 5.0
_PCMA, _KEYS = 8, 101


@dataclass(slots=True)
class Party:
    """One address that speaks SIP with Asterisk, and has a socket for audio."""

    host: str
    pbx_port: int
    user: str = "citizen"
    port: int = 0
    """Of SIP; any free one if none is named."""
    got: list[Message] = field(default_factory=list)
    sip: socket.socket = field(init=False)
    audio: socket.socket = field(init=False)
    _cseq: int = 0
    _replied: set[str] = field(default_factory=set)
    """The Call-IDs of INVITEs that had an answer of ours."""
    _own: str = field(default_factory=lambda: secrets.token_hex(4))
    """In every id: what this party sends is never taken for another's, or for a retransmission."""

    def __post_init__(self) -> None:
        self.sip, self.audio = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        self.sip.bind((self.host, self.port or free_udp_port()))
        self.audio.bind((self.host, free_udp_port()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._declines_what_is_open()
        self.sip.close()
        self.audio.close()

    @property
    def address(self) -> str:
        """host:port of this party's SIP."""
        return "{}:{}".format(*self.sip.getsockname())

    @property
    def sdp(self) -> str:
        """An offer or answer of A-law and telephone events at this party's audio socket."""
        return "\r\n".join(
            [
                "v=0",
                f"o=- 1 1 IN IP4 {self.host}",
                "s=-",
                f"c=IN IP4 {self.host}",
                "t=0 0",
                f"m=audio {self.audio.getsockname()[1]} RTP/AVP {_PCMA} {_KEYS}",
                f"a=rtpmap:{_PCMA} PCMA/8000",
                f"a=rtpmap:{_KEYS} telephone-event/8000",
                "",
            ]
        )

    def send(self, first: str, headers: Mapping[str, str], body: str = "") -> None:
        """Send one message to Asterisk."""
        if body:
            headers = {"Content-Type": "application/sdp", **headers}
        lines = [first, *(f"{name}: {value}" for name, value in headers.items())]
        text = "\r\n".join([*lines, f"Content-Length: {len(body.encode())}", "", body])
        self.sip.sendto(text.encode(), ("127.0.0.1", self.pbx_port))

    def request(
        self,
        method: str,
        call: str,
        *,
        to: str = "",
        extra: Mapping[str, str] | None = None,
        body: str = "",
        tag: str = "",
        target: str = "",
        sender: str = "",
    ) -> None:
        """Send a request of a dialog named `call`; ACK keeps the number of its INVITE."""
        self._cseq += method not in ("ACK", "CANCEL")
        call = f"{call}-{self._own}"
        headers = {
            "Via": f"SIP/2.0/UDP {self.address};rport;branch=z9hG4bK-{call}-{self._cseq}",
            "Max-Forwards": "70",
            "From": f"{sender or f'<sip:{self.user}@{self.host}>'};tag={call}",
            "To": f"<{self.line(to)}>" + (f";tag={tag}" if tag else ""),
            "Call-ID": call,
            "CSeq": f"{self._cseq} {method}",
            "Contact": f"<sip:{self.user}@{self.address}>",
        }
        self.send(f"{method} {target or self.line(to)} SIP/2.0", {**headers, **(extra or {})}, body)

    def line(self, number: str) -> str:
        """Asterisk's address, for this number or for none."""
        return f"sip:{number}@127.0.0.1:{self.pbx_port}" if number else f"sip:127.0.0.1:{self.pbx_port}"

    def reply(
        self, request: Message, status: str, *, extra: Mapping[str, str] | None = None, body: str = ""
    ) -> None:
        """Answer a request of Asterisk's."""
        if request.first.startswith("INVITE "):
            self._replied.add(request.get("Call-ID"))
        to = request.get("To")
        headers = {
            "Via": request.get("Via"),
            "From": request.get("From"),
            "To": to if ";tag=" in to or status.startswith("100") else f"{to};tag=mine",
            "Call-ID": request.get("Call-ID"),
            "CSeq": request.get("CSeq"),
            "Contact": f"<sip:{self.user}@{self.address}>",
        }
        self.send(f"SIP/2.0 {status}", {**headers, **(extra or {})}, body)

    def next(self, wanted: Callable[[Message], bool], seconds: float = SECONDS) -> Message:
        """The next message that is wanted; others are kept in `got` and passed over."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and select.select([self.sip], [], [], left)[0]:
            message = Message.parse(self.sip.recv(65535))
            self.got.append(message)
            if wanted(message):
                return message
        raise AssertionError(f"not within {seconds} s; came: {[message.first for message in self.got]}")

    def final(self, method: str = "INVITE", seconds: float = SECONDS) -> Message:
        """The final response to our request."""
        return self.next(lambda message: message.status >= 200 and message.method == method, seconds)

    def asked(self, method: str, seconds: float = SECONDS) -> Message:
        """The next request of this method."""
        return self.next(lambda message: message.first.startswith(f"{method} "), seconds)

    def calls(
        self,
        number: str,
        call: str,
        *,
        extra: Mapping[str, str] | None = None,
        sender: str = "",
        seconds: float = SECONDS,
    ) -> Message:
        """INVITE, wait for the final response, and acknowledge it."""
        self.request("INVITE", call, to=number, extra=extra, body=self.sdp, sender=sender)
        answer = self.final(seconds=seconds)
        self.acknowledges(number, call, answer, sender=sender)
        return answer

    def acknowledges(self, number: str, call: str, answer: Message, *, sender: str = "") -> None:
        """ACK, which ends the handshake of an INVITE."""
        self.request("ACK", call, to=number, tag=tag_in(answer.get("To")), sender=sender)

    def hangs_up(self, number: str, call: str, answer: Message) -> None:
        """BYE, and its response."""
        self.request("BYE", call, to=number, tag=tag_in(answer.get("To")))
        self.final("BYE")

    def _declines_what_is_open(self) -> None:
        """Else Asterisk repeats an INVITE for 32 s, and whoever has the address next takes it (RFC 3261 §17.1.1)."""
        self.invites_so_far()
        for message in self.got:
            if message.first.startswith("INVITE ") and message.get("Call-ID") not in self._replied:
                self.reply(message, "480 Temporarily Unavailable")

    def answers(self, invite: Message) -> None:
        """Take a call."""
        self.reply(invite, "200 OK", body=self.sdp)
        self.asked("ACK")

    def invites_so_far(self) -> list[str]:
        """Every number for which an INVITE has come until now; waits for none."""
        while select.select([self.sip], [], [], 0)[0]:
            self.got.append(Message.parse(self.sip.recv(65535)))
        first = (message.first.split() for message in self.got)
        return [words[1].removeprefix("sip:").split("@")[0] for words in first if words[0] == "INVITE"]

    def listens(self, packets: int, seconds: float = SECONDS) -> bytes:
        """The A-law of so many RTP packets, as they come."""
        deadline, heard = time.monotonic() + seconds, b""
        for _ in range(packets):
            ready = select.select([self.audio], [], [], max(0.0, deadline - time.monotonic()))[0]
            assert ready, f"only {len(heard)} bytes of audio came within {seconds} s"
            packet = self.audio.recv(2048)
            assert packet[1] & 0x7F == _PCMA, f"payload type {packet[1] & 0x7F}"
            heard += packet[12:]
        return heard

    def hears(self, clip: bytes, seconds: float = SECONDS) -> None:
        """Listen until the clip was heard whole and unchanged: every byte of it, so it was not transcoded."""
        deadline, heard = time.monotonic() + seconds, b""
        while clip not in heard:
            heard += self.listens(1, deadline - time.monotonic())

    def says(self, payload: bytes, port: int, *, number: int) -> None:
        """Send the RTP packet of this number, 20 ms of A-law, to Asterisk's port."""
        header = struct.pack("!BBHII", 0x80, _PCMA, number, number * 160, 4711)
        self.audio.sendto(header + payload, ("127.0.0.1", port))


def is_heard(speaker: Party, port: int, listener: Party) -> bool:
    """Whether what one party says (to Asterisk's port) reaches the other, unchanged, within 2 s."""
    said = bytes(range(160))
    for number in range(100):
        speaker.says(said, port, number=number)
        deadline = time.monotonic() + 0.02
        while select.select([listener.audio], [], [], max(0.0, deadline - time.monotonic()))[0]:
            if listener.audio.recv(2048)[12:] == said:
                return True
    return False
