"""What the parties of a benchmark send: audio of one byte, which is recognised wherever it is heard, and keys.

It is written as capture files, which SIPp plays packet by packet: 50 packets a second, as a telephone sends them.
Between two A-law parties Asterisk passes the bytes on unchanged.
"""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

CITIZENS_MARK, PHONES_MARK = 0x2A, 0x3C
"""The byte of which all their audio consists (G.711 A-law): loud, and no prompt begins with it."""
FRAME = 160
"""Samples in a packet: 20 ms."""
KEY_EVENT = 101
"""The payload type of keys in our offers (RFC 4733)."""
KEY_FRAMES, LAST_WORDS = 5, 3
"""A key of 100 ms; its end is said three times."""


def write_capture(path: Path, *, seconds: float, mark: int, keys: Sequence[tuple[float, str]] = ()) -> None:
    """Write a capture of so many seconds of audio, with these keys at these seconds."""
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for number, (at, rtp) in enumerate(_packets(seconds, mark, keys)):
            frame = _frame(rtp, number)
            file.write(struct.pack("<IIII", int(at), round(at % 1 * 1e6), len(frame), len(frame)))
            file.write(frame)


def key_in(payload: bytes) -> tuple[int, int, bool] | None:
    """Read a key packet: its RTP timestamp, the key (10 is *, 11 is #), whether it says the end; else None."""
    if len(payload) < 16 or payload[1] & 0x7F != KEY_EVENT:
        return None
    (timestamp,) = struct.unpack_from("!I", payload, 4)
    return timestamp, payload[12], bool(payload[13] & 0x80)


def _packets(seconds: float, mark: int, keys: Sequence[tuple[float, str]]) -> Iterator[tuple[float, bytes]]:
    """RTP packets with the moments at which they are sent."""
    begins = {round(at * 50): key for at, key in keys}
    sequence, audio = 0, bytes([mark]) * FRAME
    frame, last = 0, round(seconds * 50)
    while frame < last:
        at, timestamp = frame / 50, frame * FRAME
        if frame in begins:
            event = "0123456789*#".index(begins[frame])
            for step in range(KEY_FRAMES + LAST_WORDS - 1):
                ended = step >= KEY_FRAMES - 1
                spoken = struct.pack(
                    "!BBH", event, 0x8A if ended else 0x0A, min(step + 1, KEY_FRAMES) * FRAME
                )
                yield at + step / 50, _rtp(KEY_EVENT, sequence, timestamp, spoken, marker=step == 0)
                sequence += 1
            frame += KEY_FRAMES + LAST_WORDS - 1
            continue
        yield at, _rtp(8, sequence, timestamp, audio, marker=frame == 0)
        sequence += 1
        frame += 1


def _rtp(kind: int, sequence: int, timestamp: int, payload: bytes, *, marker: bool) -> bytes:
    return struct.pack("!BBHII", 0x80, kind | 0x80 * marker, sequence, timestamp, 0x48414C4F) + payload


def _frame(rtp: bytes, number: int) -> bytes:
    """Ethernet, IPv4 and UDP around it; SIPp puts in the addresses."""
    udp = struct.pack("!HHHH", 6000, 6000, 8 + len(rtp), 0)
    home = bytes((127, 0, 0, 1))
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + len(rtp), number & 0xFFFF, 0, 64, 17, 0, home, home)
    return bytes(12) + b"\x08\x00" + ip + udp + rtp
