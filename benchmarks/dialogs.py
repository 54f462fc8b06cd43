"""From packets to calls: when each thing happened to each citizen's call, and what went wrong.

A call has two SIP dialogs: the citizen's with Asterisk, and Asterisk's with the phone. They are brought together by the
citizen's number, which the phone is shown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.wiretap import Packet

CITY, PHONES = "127.0.0.2", "127.0.0.3"
"""Whence citizens call, and where the phones are: behind the hall's other PBX."""

_NUMBER = re.compile(rb"^From:[^\r\n]*<sip:\+?(\d+)@", re.M | re.I)
_CALL_ID = re.compile(rb"^Call-ID: *([^\r\n]+)", re.M | re.I)
_CSEQ = re.compile(rb"^CSeq: *(\d+) +(\w+)", re.M | re.I)
_AUDIO = re.compile(rb"^m=audio (\d+) ", re.M)


@dataclass(slots=True)
class Traced:
    """One citizen's call as the wire saw it: moments in seconds, None for what never happened."""

    number: str
    asked: float | None = None
    """The INVITE."""
    answered: float | None = None
    rung: float | None = None
    """The INVITE to the phone."""
    taken: float | None = None
    """The phone's 200."""
    put_down: float | None = None
    """The citizen's BYE."""
    released: float | None = None
    """The 200 to it."""
    phone_told: float | None = None
    """The BYE to the phone."""
    phone_released: float | None = None
    refused: list[str] = field(default_factory=list)
    """Final answers that are no 200."""
    cut_off: bool = False
    """Asterisk hung up first: neither of the two wanted that."""
    hears_from: int = 0
    """Asterisk's audio port towards the citizen."""
    phone_hears_from: int = 0

    @property
    def went_well(self) -> bool:
        """Whether everything happened that makes a call, and nothing else."""
        needed = (self.asked, self.answered, self.rung, self.taken, self.put_down, self.released)
        gone = (self.phone_told, self.phone_released)
        return None not in (*needed, *gone) and not self.refused and not self.cut_off


@dataclass(frozen=True, slots=True)
class Trace:
    """All calls of a step."""

    calls: list[Traced]
    retransmissions: int
    """SIP messages that were sent once more, by whomever."""


def trace(packets: Iterable[Packet]) -> Trace:
    """Read the SIP of a step; what is no SIP is passed over."""
    calls: dict[str, Traced] = {}
    of_dialog: dict[bytes, tuple[Traced, bool]] = {}
    seen: set[tuple[object, ...]] = set()
    again = 0
    for packet in packets:
        payload = packet.payload
        call_id, cseq = _CALL_ID.search(payload), _CSEQ.search(payload)
        if call_id is None or cseq is None or cseq[2] == b"OPTIONS":
            continue
        first = payload.split(b"\r\n", 1)[0]
        identity = (packet.source, packet.target, call_id[1], cseq[1], cseq[2], first)
        again += identity in seen and cseq[2] != b"ACK"
        fresh = identity not in seen
        seen.add(identity)
        if call_id[1] not in of_dialog:
            number = _NUMBER.search(payload)
            if number is None or cseq[2] != b"INVITE":
                continue
            of_citizen = packet.source[0] == CITY
            call = calls.setdefault(number[1].decode(), Traced(number[1].decode()))
            of_dialog[call_id[1]] = (call, of_citizen)
        if fresh:
            call, of_citizen = of_dialog[call_id[1]]
            (_of_citizen if of_citizen else _of_phone)(call, packet, first, cseq[2])
    return Trace(list(calls.values()), again)


def _of_citizen(call: Traced, packet: Packet, first: bytes, method: bytes) -> None:
    from_citizen = packet.source[0] == CITY
    status = _status(first)
    if status is None and method == b"INVITE":
        call.asked = packet.at
    elif status is None and method == b"BYE":
        if from_citizen:
            call.put_down = packet.at
        else:
            call.cut_off = True
    elif status == 200 and method == b"INVITE":
        call.answered = packet.at
        call.hears_from = _port(packet.payload)
    elif status == 200 and method == b"BYE":
        call.released = packet.at
    elif status is not None and status > 200:
        call.refused.append(str(status))


def _of_phone(call: Traced, packet: Packet, first: bytes, method: bytes) -> None:
    status = _status(first)
    if status is None and method == b"INVITE":
        call.rung = packet.at
        call.phone_hears_from = _port(packet.payload)
    elif status is None and method == b"BYE":
        call.phone_told = packet.at
    elif status == 200 and method == b"INVITE":
        call.taken = packet.at
    elif status == 200 and method == b"BYE":
        call.phone_released = packet.at
    elif status is not None and status > 200:
        call.refused.append(f"phone {status}")


def _status(first: bytes) -> int | None:
    return int(first[8:11]) if first.startswith(b"SIP/2.0 ") else None


def _port(payload: bytes) -> int:
    found = _AUDIO.search(payload)
    return int(found[1]) if found else 0
