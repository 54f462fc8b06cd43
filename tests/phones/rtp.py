"""RTP on the wire (RFC 3550), and telephone keys inside it (RFC 4733): bytes in, values out, no sockets."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tests.phones.g711 import PACKET

KEYS = "0123456789*#ABCD"
"""Keys in the order of their event codes (RFC 4733 §3.2)."""

HEADER = struct.Struct("!BBHII")
EVENT = struct.Struct("!BBH")
VERSION = 0x80
MARKER = 0x80
END_BIT = 0x80
VOLUME = 10
"""Power of the key's tone, in -dBm0: what desk phones send."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One RTP packet. `time` is in samples (8 kHz) and starts anywhere; so does `sequence`."""

    payload_type: int
    sequence: int
    time: int
    ssrc: int
    payload: bytes
    marker: bool = False

    def to_bytes(self) -> bytes:
        """The datagram, without header extensions."""
        second = self.payload_type | (MARKER if self.marker else 0)
        sequence, time = self.sequence & 0xFFFF, self.time & 0xFFFFFFFF
        return HEADER.pack(VERSION, second, sequence, time, self.ssrc) + self.payload


def parse(datagram: bytes) -> Packet | None:
    """The packet in a datagram; None if it is something else (STUN, RTCP, noise)."""
    if len(datagram) < HEADER.size or datagram[0] >> 6 != 2:
        return None
    first, second, sequence, time, ssrc = HEADER.unpack_from(datagram)
    if 200 <= second <= 206:
        return None  # RTCP (RFC 5761 §4)
    start = HEADER.size + 4 * (first & 0x0F)
    if first & 0x10 and len(datagram) >= start + 4:
        start += 4 + 4 * int.from_bytes(datagram[start + 2 : start + 4], "big")
    end = len(datagram) - (datagram[-1] if first & 0x20 else 0)
    return Packet(second & 0x7F, sequence, time, ssrc, datagram[start:end], bool(second & MARKER))


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """The payload of one event packet: which key, for how many samples so far, and whether it was let go."""

    key: str
    samples: int
    ended: bool

    def to_bytes(self) -> bytes:
        """The four bytes of RFC 4733 §2.3."""
        flags = VOLUME | (END_BIT if self.ended else 0)
        return EVENT.pack(KEYS.index(self.key), flags, min(self.samples, 0xFFFF))


def parse_key(payload: bytes) -> KeyEvent | None:
    """The key event in a payload; None for other events (flash, fax tones) and short payloads."""
    if len(payload) < EVENT.size:
        return None
    code, flags, samples = EVENT.unpack_from(payload)
    return KeyEvent(KEYS[code], samples, bool(flags & END_BIT)) if code < len(KEYS) else None


def key_press(key: str, seconds: float) -> Iterator[KeyEvent]:
    """One key press, a packet for each 20 ms: the duration grows, and the last packet goes three times."""
    packets = max(1, round(seconds * 50))
    for number in range(1, packets):
        yield KeyEvent(key, number * PACKET, ended=False)
    for _ in range(3):
        yield KeyEvent(key, packets * PACKET, ended=True)
