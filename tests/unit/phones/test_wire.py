"""Codings and packets: what the kit says on the wire, byte for byte."""

import io

import numpy as np
import pytest
import soundfile

from tests.phones.g711 import PACKET, Codec, decode, encode, tone
from tests.phones.rtp import KEYS, KeyEvent, Packet, key_press, parse, parse_key

ALL_CODES = bytes(range(256))


@pytest.mark.parametrize(("codec", "other"), [(Codec.PCMA, "ALAW"), (Codec.PCMU, "ULAW")])
def test_decodes_as_libsndfile_does(codec: Codec, other: str) -> None:
    theirs, _ = soundfile.read(
        io.BytesIO(ALL_CODES), format="RAW", subtype=other, samplerate=8000, channels=1, dtype="int16"
    )
    assert np.array_equal(decode(ALL_CODES, codec), theirs)


@pytest.mark.parametrize("codec", Codec)
def test_every_value_of_a_coding_survives(codec: Codec) -> None:
    values = decode(ALL_CODES, codec)
    assert np.array_equal(decode(encode(values, codec), codec), values)


def test_every_sample_has_a_code() -> None:
    every = np.arange(-32768, 32768).astype(np.int16)
    error = np.abs(decode(encode(every, Codec.PCMA), Codec.PCMA).astype(np.int32) - every)
    assert error[8000:-8000].max() <= 512
    assert error[32768 - 200 : 32768 + 200].max() <= 8


def test_a_packet_comes_back() -> None:
    packet = Packet(8, 65535, 2**32 - 160, 0xDEADBEEF, b"x" * PACKET, marker=True)
    assert parse(packet.to_bytes()) == packet


def test_extension_sources_and_padding_are_no_audio() -> None:
    plain = Packet(8, 1, 2, 3, b"audio").to_bytes()
    header = bytes([0x80 | 0x20 | 0x10 | 2]) + plain[1:12]
    datagram = header + b"c" * 8 + b"\xbe\xde\x00\x01" + b"eeee" + b"audio" + b"\x00\x00\x03"
    packet = parse(datagram)
    assert packet is not None
    assert packet.payload == b"audio"


@pytest.mark.parametrize("noise", [b"", b"\x80", bytes([0x80, 200]) + bytes(30), b"\x00\x01" + bytes(30)])
def test_what_is_no_rtp(noise: bytes) -> None:
    assert parse(noise) is None


@pytest.mark.parametrize("key", KEYS)
def test_a_key_press_is_rfc_4733(key: str) -> None:
    """The duration grows by 20 ms, the end is said three times with the same duration."""
    events = list(key_press(key, 0.1))
    assert [event.samples for event in events] == [160, 320, 480, 640, 800, 800, 800]
    assert [event.ended for event in events] == [False] * 4 + [True] * 3
    assert {parse_key(event.to_bytes()) for event in events} == set(events)


def test_other_events_are_no_keys() -> None:
    assert parse_key(bytes([16, 0x8A, 0, 160])) is None
    assert parse_key(b"\x01") is None
    assert parse_key(bytes([11, 0x8A, 0, 160])) == KeyEvent("#", 160, ended=True)


def test_a_tone_has_its_frequency() -> None:
    spectrum = np.abs(np.fft.rfft(tone(440, 1.0)))
    assert int(np.argmax(spectrum)) == 440
