"""A handset: the ear, the mouth and the keypad of a citizen or a phone, over RTP of our own.

SIP is spoken elsewhere (by SIPp, by `tests.phones.sip`); the SDP carries the port of a Handset. It records
all it receives, and every 20 ms sends what it was told to: silence, a tone, a clip, a key press, or nothing.
"""

import asyncio
import random
import socket
import struct
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, repeat

import numpy as np

from tests.phones.g711 import PACKET, RATE, Codec, Samples, decode, encode, tone
from tests.phones.rtp import KeyEvent, Packet, key_press, parse, parse_key
from tests.phones.timeline import Timeline
from tests.phones.tones import TONE

TICK = PACKET / RATE
LATE = 10
"""Packets we catch up on after a stall; more would only make noise in the other's jitter buffer."""

SO_TIMESTAMPNS = 35
"""Linux: the kernel says when a datagram arrived, so a busy event loop tears nothing (socket(7))."""

TIMESPEC = struct.Struct("@ll")
ANCILLARY = socket.CMSG_SPACE(TIMESPEC.size)
SILENCE: Samples = np.zeros(PACKET, dtype=np.int16)


@dataclass(frozen=True, slots=True)
class KeyHeard:
    """A key that the other side pressed (RFC 4733); `at` is seconds since the recording began."""

    key: str
    at: float


@dataclass(slots=True)
class _Press:
    events: Iterator[KeyEvent]
    done: asyncio.Future[None]
    time: int = -1


class Handset:
    """RTP on one UDP port. Everything happens on the event loop; `close` leaves nothing behind."""

    def __init__(self, host: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.setblocking(False)
        self._socket.bind((host, 0))
        self.host: str = host
        self.port: int = self._socket.getsockname()[1]
        self.codec = Codec.PCMA
        self.key_type = 101
        self.keys_heard: list[KeyHeard] = []
        self.sent = 0
        self.recording = Timeline(self._loop.time())
        self._talks_to: tuple[str, int] | None = None
        self._says: Iterator[Samples] | None = repeat(SILENCE)
        self._rests = False
        self._meanwhile: Iterator[Samples] | None = None
        self._presses: deque[_Press] = deque()
        self._ssrc, self._sequence, self._time = random.getrandbits(32), random.getrandbits(15), 0
        self._last_key: tuple[int, int] | None = None
        self._loop.add_reader(self._socket, self._receive)
        self._next = self._loop.time()
        self._timer = self._loop.call_at(self._next, self._tick)

    def close(self) -> None:
        """Stop sending and receiving; unfinished key presses are cancelled."""
        self._timer.cancel()
        self._loop.remove_reader(self._socket)
        self._socket.close()
        for press in self._presses:
            if not press.done.done():
                press.done.set_exception(ConnectionError("the handset was put away while a key was pressed"))

    def records_anew(self) -> Timeline:
        """Start a new recording, and forget whom we talked to: the next call on the same phone."""
        self.recording = Timeline(self._loop.time())
        self.keys_heard = []
        self._talks_to = None
        self._rests = False
        return self.recording

    def catches_up(self) -> None:
        """Record what has arrived and was not looked at yet; nothing more comes once it is put away."""
        if self._socket.fileno() >= 0:
            self._receive()

    def talks_to(self, host: str, port: int, *, codec: Codec = Codec.PCMA, key_type: int = 101) -> None:
        """Send to this address from now on, as the other side's SDP asked."""
        self._talks_to = (host, port)
        self.codec, self.key_type = codec, key_type

    def says_nothing(self) -> None:
        """Send silence: packets flow, and nothing is said."""
        self._says = repeat(SILENCE)

    def mutes(self) -> None:
        """Send no packets at all, as a phone behind a broken network."""
        self._says = None

    def rests(self, *, playing: int = 0) -> None:
        """Send no audio until `wakes`: on hold, or the call is over; or a tone of so many Hz instead of music."""
        self._rests = True
        self._meanwhile = cycle(_packets(tone(playing, 1.0, level=TONE))) if playing else None

    def wakes(self) -> None:
        """Go on saying what was said before it rested."""
        self._rests = False

    def speaks(self, hz: int) -> None:
        """Send a steady tone, on and on."""
        self._says = cycle(_packets(tone(hz, 1.0, level=TONE)))

    def plays(self, clip: Samples) -> None:
        """Send a clip once, then silence."""
        self._says = chain(_packets(clip), repeat(SILENCE))

    async def presses(self, keys: str, *, seconds: float = 0.1, gap: float = 0.08) -> None:
        """Press keys one after another as RFC 4733 events, and return when the last was let go and sent."""
        for number, key in enumerate(keys):
            if number:
                await self._after(gap)
            press = _Press(key_press(key, seconds), self._loop.create_future())
            self._presses.append(press)
            await press.done

    async def _after(self, seconds: float) -> None:
        passed: asyncio.Future[None] = self._loop.create_future()
        timer = self._loop.call_later(seconds, passed.set_result, None)
        try:
            await passed
        finally:
            timer.cancel()

    def _tick(self) -> None:
        now = self._loop.time()
        if now - self._next > LATE * TICK:
            missed = int((now - self._next) / TICK) - LATE
            self._next += missed * TICK
            self._time += missed * PACKET
        while self._next <= now:
            self._send()
            self._time += PACKET
            self._next += TICK
        self._timer = self._loop.call_at(self._next, self._tick)

    def _send(self) -> None:
        if self._talks_to is None:
            return
        says = self._meanwhile if self._rests else self._says
        if self._presses:
            self._send_key(self._presses[0])
        elif says is not None:
            payload = encode(next(says), self.codec)
            self._send_packet(Packet(self.codec.value, self._sequence, self._time, self._ssrc, payload))

    def _send_key(self, press: _Press) -> None:
        event = next(press.events, None)
        if event is None:
            self._presses.popleft()
            if not press.done.done():
                press.done.set_result(None)
            return
        first, press.time = press.time < 0, self._time if press.time < 0 else press.time
        packet = Packet(self.key_type, self._sequence, press.time, self._ssrc, event.to_bytes(), marker=first)
        self._send_packet(packet)

    def _send_packet(self, packet: Packet) -> None:
        self._sequence += 1
        try:
            self._socket.sendto(packet.to_bytes(), self._talks_to or ("", 0))
        except OSError:
            return  # the other side closed its port (ICMP), or the buffer is full: lost, as on any network
        self.sent += 1

    def _receive(self) -> None:
        while True:
            try:
                datagram, ancillary, _, source = self._socket.recvmsg(2048, ANCILLARY)
            except BlockingIOError:
                return
            except OSError:
                continue  # an ICMP error for something we sent
            packet = parse(datagram)
            if packet is None:
                continue
            if self._talks_to is None:
                self._talks_to = source
            self._take(packet, self._loop.time() - _age(ancillary))

    def _take(self, packet: Packet, at: float) -> None:
        if packet.payload_type in (Codec.PCMA.value, Codec.PCMU.value):
            samples = decode(packet.payload, Codec(packet.payload_type))
            self.recording.put(samples, time=packet.time, ssrc=packet.ssrc, at=at)
        elif packet.payload_type == self.key_type:
            self._take_key(packet, at)

    def _take_key(self, packet: Packet, at: float) -> None:
        event = parse_key(packet.payload)
        if event and event.ended and self._last_key != (packet.ssrc, packet.time):
            self._last_key = (packet.ssrc, packet.time)
            self.keys_heard.append(KeyHeard(event.key, at - self.recording.started))


def _packets(samples: Samples) -> list[Samples]:
    """Samples cut into packets, the last one filled with silence."""
    filled = np.concatenate([samples, np.zeros(-len(samples) % PACKET, dtype=np.int16)])
    return list(filled.reshape(-1, PACKET))


def _age(ancillary: list[tuple[int, int, bytes]]) -> float:
    """How many seconds ago the kernel received the datagram; 0 where it does not say."""
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = TIMESPEC.unpack(content[: TIMESPEC.size])
            return max(0.0, time.time() - float(seconds) - float(nanoseconds) / 1e9)
    return 0.0
