"""Audio of many telephones through one socket: who it is for is known by Asterisk's own port.

Every 20 ms each telephone that talks sends one packet: its voice, or the key that it presses. What arrives is looked
up in the sounds that are known. One socket and one timer for all: a handset of its own for each would cost more than
the service that is measured.
"""

import asyncio
import socket
import struct
from collections import deque
from collections.abc import Iterator
from typing import Protocol

from tests.phones.g711 import PACKET, RATE, Codec
from tests.phones.rtp import HEADER, MARKER, VERSION, KeyEvent, key_press
from tests.soak.sounds import Sounds

TICK = PACKET / RATE
ROOM = 8 << 20
"""Bytes for what has arrived and was not looked at yet."""

KEY_TYPE, KEY_SECONDS, KEY_GAP = 101, 0.06, 3
"""Keys: their payload type, how long each is held, and how many packets of voice come between two."""

_SEQUENCE_AND_TIME = struct.Struct("!HI")


class Ear(Protocol):
    """Who wants to know what is heard."""

    def hears(self, what: str) -> None:
        """A packet of this sound has arrived."""


class Mouth:
    """What one telephone sends to one port of Asterisk."""

    def __init__(self, port: int, voice: bytes, ear: Ear) -> None:
        self.port, self.ear = port, ear
        self.mute = False
        self._packet = bytearray(HEADER.pack(VERSION, Codec.PCMA.value, 0, 0, port) + voice)
        self._sequence = self._time = self._key_time = 0
        self._keys: deque[Iterator[KeyEvent] | None] = deque()

    def presses(self, keys: str) -> float:
        """Press keys one after another from now on; the seconds until the last is let go."""
        for key in keys:
            self._keys.append(key_press(key, KEY_SECONDS))
            self._keys.extend([None] * KEY_GAP)
        return len(keys) * (KEY_SECONDS + (KEY_GAP + 2) * TICK)

    def next(self) -> bytes | bytearray | None:
        """The next packet."""
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._time = (self._time + PACKET) & 0xFFFFFFFF
        while self._keys:
            key = self._keys[0]
            if key is None:
                self._keys.popleft()
                break
            event = next(key, None)
            if event is not None:
                return self._key(event)
            self._keys.popleft()
            self._key_time = 0
        if self.mute:
            return None
        _SEQUENCE_AND_TIME.pack_into(self._packet, 2, self._sequence, self._time)
        return self._packet

    def _key(self, event: KeyEvent) -> bytes:
        first, self._key_time = not self._key_time, self._key_time or self._time
        kind = KEY_TYPE | (MARKER if first else 0)
        return HEADER.pack(VERSION, kind, self._sequence, self._key_time, self.port) + event.to_bytes()


class Air:
    """The audio of all telephones at one host."""

    def __init__(self, host: str, server: str, sounds: Sounds) -> None:
        self.host, self._server, self._sounds = host, server, sounds
        self._loop = asyncio.get_running_loop()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
        self._socket.bind((host, 0))
        self.port: int = self._socket.getsockname()[1]
        self._mouths: dict[int, Mouth] = {}
        self._loop.add_reader(self._socket, self._receive)
        self._next = self._loop.time()
        self._timer = self._loop.call_at(self._next, self._tick)

    def close(self) -> None:
        """Send and receive no more."""
        self._timer.cancel()
        self._loop.remove_reader(self._socket)
        self._socket.close()

    def opens(self, port: int, voice: bytes, ear: Ear) -> Mouth:
        """From now on a telephone talks with this port of Asterisk."""
        mouth = self._mouths[port] = Mouth(port, voice, ear)
        return mouth

    def closes(self, mouth: Mouth) -> None:
        """It talks no more."""
        if self._mouths.get(mouth.port) is mouth:
            del self._mouths[mouth.port]

    def knows(self, voice: bytes, what: str) -> None:
        """This voice is recognised from now on."""
        self._sounds[voice] = what

    def forgets(self, voice: bytes) -> None:
        """It is not heard again."""
        self._sounds.pop(voice, None)

    def _tick(self) -> None:
        send, server = self._socket.sendto, self._server
        for port, mouth in self._mouths.items():
            packet = mouth.next()
            if packet is not None:
                try:
                    send(packet, (server, port))
                except OSError:
                    continue  # Asterisk has closed the port (ICMP): lost, as on any network
        self._next = max(self._next + TICK, self._loop.time() - 5 * TICK)
        self._timer = self._loop.call_at(self._next, self._tick)

    def _receive(self) -> None:
        receive, mouths, sounds = self._socket.recvfrom, self._mouths, self._sounds
        for _ in range(1000):
            try:
                packet, (_, port) = receive(2048)
            except BlockingIOError:
                return
            except OSError:
                continue  # an ICMP error for something we sent
            what = sounds.get(packet[12:])
            if what is not None and (mouth := mouths.get(port)) is not None:
                mouth.ear.hears(what)
