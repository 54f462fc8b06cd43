"""Free ports that stay free: each test process owns a block of them.

Asking the kernel for any free port and using it a moment later is a race when several workers do it. So a
process claims a block of 1000 ports below the ephemeral range, and keeps the claim until it ends: the claim
is an abstract Unix socket, which two processes can't both bind, which vanishes with its owner, and which is
counted per network namespace just as ports are. Inside its block a process hands ports out in turn, each
tried by binding it, in case somebody outside these tests uses it.
"""

import itertools
import socket
from functools import cache

_FIRST, _BLOCK, _BLOCKS = 10000, 1000, 22
_SINGLES = 400
_RANGE = 200
"""A block: 400 ports handed out one by one, in turn, and three ranges of 200 for an Asterisk's audio."""


class PortBlock:
    """The ports of this process."""

    def __init__(self) -> None:
        self._claim, first = _claimed()
        self._singles = itertools.cycle(range(first, first + _SINGLES))
        self._ranges = list(range(first + _SINGLES, first + _BLOCK - _RANGE + 1, _RANGE))

    def single(self, kind: socket.SocketKind) -> int:
        """The next port on which a socket of this kind can be bound, on every address."""
        for port in itertools.islice(self._singles, _SINGLES):
            if _bindable(port, kind):
                return port
        raise RuntimeError("all ports of this test process are in use")

    def take_range(self) -> tuple[int, int]:
        """First and last of 200 UDP ports for audio, until given back."""
        if not self._ranges:
            raise RuntimeError("one test process can run three Asterisks at once, not more")
        first = self._ranges.pop()
        return first, first + _RANGE - 1

    def give_back(self, taken: tuple[int, int]) -> None:
        """The range is free again."""
        self._ranges.append(taken[0])


@cache
def port_block() -> PortBlock:
    """This process's block, claimed when first needed."""
    return PortBlock()


def free_udp_port() -> int:
    """A UDP port that nobody else will be given for the next 400 askings."""
    return port_block().single(socket.SOCK_DGRAM)


def free_tcp_port() -> int:
    """A TCP port that nobody else will be given for the next 400 askings."""
    return port_block().single(socket.SOCK_STREAM)


def _claimed() -> tuple[socket.socket, int]:
    for number in range(_BLOCKS):
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            claim.bind(f"\0halo-test-ports-{number}")
        except OSError:
            claim.close()
            continue
        return claim, _FIRST + number * _BLOCK
    raise RuntimeError(f"{_BLOCKS} test processes already run on this machine: no block of ports is left")


def _bindable(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            # As servers do: else a port would count as taken for a minute after its last connection.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError:
            return False
    return True
