"""Listening to loopback: the packets of calls, each with the kernel's own time stamp.

SIPp's clock ticks every 4 ms and starts when SIPp has read the packet; the kernel's stamp is of the moment at which the
packet was on the wire. Needs root (CAP_NET_RAW).
"""

import ctypes
import socket
import struct
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Self

SO_ATTACH_FILTER, SO_TIMESTAMPNS, SO_RCVBUFFORCE = 26, 35, 33
SOL_PACKET, PACKET_STATISTICS = 263, 6
ETH_P_ALL = 0x0003
ROOM = 64 * 1024 * 1024
"""Bytes that the kernel keeps for us while Python looks elsewhere."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One UDP datagram. `at` is seconds of the machine's clock; addresses are as they are written, "127.0.0.2"."""

    at: float
    source: tuple[str, int]
    target: tuple[str, int]
    payload: bytes


class Wiretap:
    """Takes down what its BPF `program` lets through, from entering the block to leaving it."""

    def __init__(self, program: bytes) -> None:
        self._raw: list[tuple[float, bytes]] = []
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)  # deaf until it is bound
        self._socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, ROOM)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        kept = ctypes.create_string_buffer(program)
        wanted = struct.pack("HP", len(program) // 8, ctypes.addressof(kept))
        self._socket.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, wanted)
        self._socket.settimeout(0.2)
        self._ending = threading.Event()
        self._listener = threading.Thread(target=self._listen, name="wiretap", daemon=True)
        self.missed = 0
        """Packets that the kernel had no room for: with any of these, nothing that was counted is true."""

    def __enter__(self) -> Self:
        self._socket.bind(("lo", ETH_P_ALL))
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._listener.join()
        _, self.missed = struct.unpack("II", self._socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
        self._socket.close()

    @property
    def packets(self) -> list[Packet]:
        """What was heard, in the order of time."""
        return [read_packet(at, frame) for at, frame in self._raw]

    def _listen(self) -> None:
        receive, keep = self._socket.recvmsg, self._raw.append
        while True:
            try:
                frame, notes, _, _ = receive(65536, 64)
            except TimeoutError:
                if self._ending.is_set():
                    return
                continue
            seconds, nanoseconds = struct.unpack("qq", notes[0][2])
            keep((seconds + nanoseconds / 1e9, frame))


def read_packet(at: float, frame: bytes) -> Packet:
    """Read an Ethernet frame that holds IPv4 and UDP."""
    header = 14 + 4 * (frame[14] & 0x0F)
    source_port, target_port = struct.unpack_from("!HH", frame, header)
    source = (socket.inet_ntoa(frame[26:30]), source_port)
    target = (socket.inet_ntoa(frame[30:34]), target_port)
    return Packet(at, source, target, frame[header + 8 :])
