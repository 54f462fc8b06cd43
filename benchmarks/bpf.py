"""Which packets the kernel copies for us: classic BPF programs, assembled here.

Nearly all packets of a call are audio. To look at each of them in Python would cost more than the call itself, so
the kernel chooses: all SIP to or from one port; and, where a measurement needs it, keys (RFC 4733) and marked audio.
https://www.kernel.org/doc/html/latest/networking/filter.html
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

LOAD_BYTE, LOAD_HALF, LOAD_WORD = 0x30, 0x28, 0x20
LOAD_BYTE_X, LOAD_HALF_X, LOAD_IP_HEADER = 0x50, 0x48, 0xB1
EQUALS, AND, RETURN = 0x15, 0x54, 0x06
PACKET_TYPE = 0xFFFFF004
"""SKF_AD_OFF + SKF_AD_PKTTYPE: on lo each packet is seen twice, leaving and arriving."""
OUTGOING = 4
IP, UDP = 0x0800, 17
ETHERNET, UDP_HEADER, RTP_HEADER = 14, 8, 12

TAKE, DROP = "take", "drop"
WHOLE, HEAD = 0xFFFF, 80
"""So many bytes of a packet are copied."""


@dataclass(frozen=True, slots=True)
class Line:
    """One instruction; `then` and `otherwise` are labels to jump to, empty for the next line."""

    code: int
    value: int = 0
    then: str = ""
    otherwise: str = ""
    label: str = ""


def sip_of(port: int, *, audio_marks: Sequence[int] = ()) -> bytes:
    """All SIP to or from this UDP port. With `audio_marks`, keys too, and audio that begins with one of these bytes.

    Of audio only what Asterisk sends from 127.0.0.1 is taken: what a party hears.
    """
    x = ETHERNET
    marks = [Line(EQUALS, mark, then="from here") for mark in audio_marks]
    audio = [
        Line(LOAD_BYTE_X, x + UDP_HEADER + 1, label="audio"),
        Line(AND, 0x7F),
        Line(EQUALS, 101, then="head"),
        Line(LOAD_BYTE_X, x + UDP_HEADER + RTP_HEADER),
        *marks,
        Line(RETURN, 0),
        Line(LOAD_WORD, ETHERNET + 12, label="from here"),
        Line(EQUALS, 0x7F000001, then="head", otherwise=DROP),
        Line(RETURN, HEAD, label="head"),
    ]
    return assemble(
        [
            Line(LOAD_WORD, PACKET_TYPE),
            Line(EQUALS, OUTGOING, then=DROP),
            Line(LOAD_HALF, 12),
            Line(EQUALS, IP, otherwise=DROP),
            Line(LOAD_BYTE, ETHERNET + 9),
            Line(EQUALS, UDP, otherwise=DROP),
            Line(LOAD_IP_HEADER, ETHERNET),
            Line(LOAD_HALF_X, x),
            Line(EQUALS, port, then=TAKE),
            Line(LOAD_HALF_X, x + 2),
            Line(EQUALS, port, then=TAKE, otherwise="audio" if audio_marks else DROP),
            *(audio if audio_marks else ()),
            Line(RETURN, WHOLE, label=TAKE),
            Line(RETURN, 0, label=DROP),
        ]
    )


def assemble(lines: Sequence[Line]) -> bytes:
    """Return the program as the kernel wants it: 8 bytes an instruction, jumps counted from the next one."""
    at = {line.label: number for number, line in enumerate(lines) if line.label}

    def jump(label: str, number: int) -> int:
        return at[label] - number - 1 if label else 0

    return b"".join(
        struct.pack("HBBI", line.code, jump(line.then, number), jump(line.otherwise, number), line.value)
        for number, line in enumerate(lines)
    )
