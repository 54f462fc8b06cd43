"""The audio of the benchmark's parties, and when two of them hear each other."""

import struct
from pathlib import Path

import pytest

from benchmarks.accepting import hearing
from benchmarks.audio import CITIZENS_MARK, PHONES_MARK, key_in, write_capture
from benchmarks.dialogs import trace
from benchmarks.wiretap import Packet, read_packet
from tests.unit.benchmarks.sip import ASTERISK, CITIZEN, PHONE, a_call


def captured(path: Path) -> list[tuple[float, bytes]]:
    """The frames of a capture file, with their moments."""
    content, at, frames = path.read_bytes(), 24, []
    while at < len(content):
        seconds, microseconds, length, _ = struct.unpack_from("<IIII", content, at)
        frames.append((seconds + microseconds / 1e6, content[at + 16 : at + 16 + length]))
        at += 16 + length
    return frames


def test_a_capture_has_fifty_packets_a_second_and_the_key_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "one.pcap"
    write_capture(path, seconds=2.0, mark=CITIZENS_MARK, keys=((0.3, "1"),))
    packets = [read_packet(at, frame) for at, frame in captured(path)]
    assert len(packets) == 100
    assert [round(packet.at * 50) for packet in packets] == list(range(100))
    keys = [packet for packet in packets if key_in(packet.payload)]
    assert keys[0].at == pytest.approx(0.3)
    read = [key_in(packet.payload) for packet in keys]
    assert {one and one[:2] for one in read} == {(15 * 160, 1)}, "one key: the same moment in all its packets"
    assert [bool(one and one[2]) for one in read] == [False] * 4 + [True] * 3
    audio = [packet.payload for packet in packets if not key_in(packet.payload)]
    assert {payload[12:] for payload in audio} == {bytes([CITIZENS_MARK]) * 160}
    numbers = [struct.unpack_from("!H", packet.payload, 2)[0] for packet in packets]
    assert numbers == list(range(100))


def rtp(at: float, port: int, mark: int, *, to: tuple[str, int]) -> Packet:
    """A packet of audio that Asterisk sends from this port."""
    return Packet(at, (ASTERISK[0], port), (to[0], 20000), bytes([0x80, 8]) + bytes(10) + bytes([mark]) * 160)


def key(at: float, *, ends: bool) -> Packet:
    """A packet of key 1 that the phone sends."""
    event = struct.pack("!BBH", 1, 0x8A if ends else 0x0A, 800)
    return Packet(at, (PHONE[0], 20000), (ASTERISK[0], 61004), bytes([0x80, 101]) + bytes(10) + event)


def test_both_hear_each_other_when_the_later_of_them_does() -> None:
    audio = [
        rtp(101.4, 61000, 0x11, to=CITIZEN),
        key(101.50, ends=False),
        key(101.60, ends=True),
        key(101.62, ends=True),
        rtp(101.64, 61004, CITIZENS_MARK, to=PHONE),
        rtp(101.65, 61000, PHONES_MARK, to=CITIZEN),
        rtp(101.67, 61000, PHONES_MARK, to=CITIZEN),
    ]
    packets = sorted([*a_call(), *audio], key=lambda packet: packet.at)
    heard = hearing(trace(packets).calls, packets)
    assert heard == {"601000001": pytest.approx(0.03)}


def test_who_hears_nobody_has_no_figure() -> None:
    packets = sorted([*a_call(), key(101.6, ends=True)], key=lambda packet: packet.at)
    assert hearing(trace(packets).calls, packets) == {"601000001": None}
