"""An address on the network at which phones are: one phone's own, or one that many share (the city, another PBX).

Who shares an address is told apart by the number that is dialled, and later by the Call-ID.
"""

import asyncio
import socket
from typing import ClassVar, Protocol

from tests.phones.sip.message import Message

Address = tuple[str, int]
"""Host and UDP port."""


class Taker(Protocol):
    """Who is at the address."""

    number: str
    """Its number; it is reached by every number that ends so."""

    def takes(self, message: Message) -> None:
        """A message came for it."""


class Wire:
    """One UDP socket that speaks SIP with one server."""

    _open: ClassVar[dict[Address, "Wire"]] = {}

    def __init__(self, address: Address, server: Address) -> None:
        """Use `at`, which shares the address."""
        self.address, self.server = address, server
        self._takers: list[Taker] = []
        self._calls: dict[str, Taker] = {}
        self._loop = asyncio.get_running_loop()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(address)
        self._loop.add_reader(self._socket, self._receive)

    @classmethod
    def at(cls, address: Address, server: Address) -> "Wire":
        """The wire at this address, made if nobody is there yet."""
        if address not in cls._open:
            cls._open[address] = cls(address, server)
        return cls._open[address]

    def join(self, taker: Taker) -> None:
        """Somebody is there from now on."""
        self._takers.append(taker)

    def leave(self, taker: Taker) -> None:
        """Somebody is there no more; the last one closes the socket."""
        self._takers.remove(taker)
        self._calls = {call: owner for call, owner in self._calls.items() if owner is not taker}
        if not self._takers:
            del self._open[self.address]
            self._loop.remove_reader(self._socket)
            self._socket.close()

    def send(self, message: Message, taker: Taker) -> None:
        """Send a message to the server; what else belongs to its call is for this taker."""
        self._calls[message.call_id] = taker
        try:
            self._socket.sendto(message.to_bytes(), self.server)
        except OSError:
            return  # the server is away (ICMP), or the buffer is full: lost, as on any network

    def _receive(self) -> None:
        while True:
            try:
                datagram = self._socket.recv(65535)
            except BlockingIOError:
                return
            except OSError:
                continue  # an ICMP error for something we sent
            message = Message.parse(datagram)
            taker = self._calls.get(message.call_id) or self._dialled(message)
            if taker is not None:
                self._calls[message.call_id] = taker
                taker.takes(message)

    def _dialled(self, message: Message) -> Taker | None:
        """Whoever has the number that was dialled, the longest one first; one of two alike is enough."""
        fit = [one for one in self._takers if message.dialled.endswith(one.number)]
        return max(fit, key=lambda one: len(one.number), default=None)
