"""One SIP message (RFC 3261 §7): bytes in, headers to look at, bytes out."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote

from tests.phones.sip.sdp import audio_at

Headers = tuple[tuple[str, str], ...]
"""Names and values in the order in which they are sent."""

URI = re.compile(r"<([^>]+)>|(sips?:[^;>\s]+)")
USER = re.compile(r"sips?:([^@;>]+)@")
TAG = re.compile(r";tag=([^;>\s]+)")


@dataclass(frozen=True, slots=True)
class Message:
    """One SIP message: its first line, its headers in order, its body."""

    first: str
    headers: Headers
    body: str = ""

    @classmethod
    def parse(cls, datagram: bytes) -> Self:
        """Take a datagram apart; names of headers are long forms in what Asterisk sends."""
        head, _, body = datagram.decode(errors="replace").partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return cls(first, tuple((name.strip(), value.strip()) for name, _, value in pairs), body)

    def to_bytes(self) -> bytes:
        """The datagram, with the length of its body."""
        lines = [self.first, *(f"{name}: {value}" for name, value in self.headers)]
        length = f"Content-Length: {len(self.body.encode())}"
        return "\r\n".join([*lines, length, "", self.body]).encode()

    def all(self, name: str) -> list[str]:
        """Every header of this name."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next(iter(self.all(name)), "")

    @property
    def status(self) -> int:
        """200, 486, ... of a response; 0 of a request."""
        return int(self.first.split()[1]) if self.first.startswith("SIP/2.0 ") else 0

    @property
    def method(self) -> str:
        """INVITE, BYE, ... of a request; of a response, what it responds to."""
        return self.get("CSeq").split()[-1]

    @property
    def number(self) -> int:
        """The request's number within its dialog (CSeq)."""
        return int(self.get("CSeq").split()[0])

    @property
    def call_id(self) -> str:
        """Which call it belongs to."""
        return self.get("Call-ID")

    @property
    def transaction(self) -> tuple[str, str]:
        """The same for a request, for each repetition of it, and for all its responses (RFC 3261 §17)."""
        found = re.search(r";branch=([^;\s]+)", self.get("Via"))
        return found[1] if found else "", self.method

    @property
    def dialled(self) -> str:
        """The user part of a request's URI: the number that was dialled."""
        found = USER.search(self.first)
        return unquote(found[1]) if found else ""

    @property
    def audio_port(self) -> int:
        """Where the sender of the SDP in it wants its audio."""
        return audio_at(self.body)[1]


def uri_in(header: str) -> str:
    """The address in a From, To or Contact header, without a display name and the header's own parameters."""
    found = URI.search(header)
    return (found[1] or found[2]) if found else ""


def tag_in(header: str) -> str:
    """The tag of a From or To header, or nothing."""
    found = TAG.search(header)
    return found[1] if found else ""
