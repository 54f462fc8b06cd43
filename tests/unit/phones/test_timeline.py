"""The timeline lays packets where they belong: by their RTP time, tied to the clock."""

import numpy as np
import pytest

from tests.phones.g711 import PACKET, RATE, Samples
from tests.phones.timeline import Timeline

NOISE: Samples = np.random.default_rng(7).integers(1, 9000, RATE).astype(np.int16)
STARTED = 1000.0
TIMES = [0, 123456, 2**32 - 400]


def sent(
    timeline: Timeline, samples: Samples, *, time: int, at: float, ssrc: int = 1, jitter: float = 0.0
) -> None:
    """Lay a stretch of audio packet by packet; every other one comes late by `jitter` seconds."""
    for number in range(len(samples) // PACKET):
        piece = samples[number * PACKET : (number + 1) * PACKET]
        late = jitter if number % 2 else 0.0
        arrives = STARTED + at + (number + 1) * PACKET / RATE + late
        timeline.put(piece, time=(time + number * PACKET) % 2**32, ssrc=ssrc, at=arrives)


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("jitter", [0.0, 0.02, 0.3])
def test_jitter_tears_nothing(time: int, jitter: float) -> None:
    timeline = Timeline(STARTED)
    sent(timeline, NOISE, time=time, at=1.0, jitter=jitter)
    assert np.array_equal(timeline.audio(RATE, 2 * RATE), NOISE)


@pytest.mark.parametrize("time", TIMES)
def test_silence_between_two_stretches(time: int) -> None:
    """The sender's clock went on while it sent nothing."""
    timeline = Timeline(STARTED)
    sent(timeline, NOISE, time=time, at=0.0)
    sent(timeline, NOISE, time=(time + 3 * RATE) % 2**32, at=3.0)
    assert np.array_equal(timeline.audio(3 * RATE, 4 * RATE), NOISE)
    assert not timeline.audio(RATE, 3 * RATE).any()


@pytest.mark.parametrize(("time", "ssrc"), [(RATE, 1), (77, 2)])
def test_a_stream_that_jumps_is_laid_where_it_arrives(time: int, ssrc: int) -> None:
    """Its RTP time stood still during the pause, or somebody else sends now."""
    timeline = Timeline(STARTED)
    sent(timeline, NOISE, time=0, at=0.0)
    sent(timeline, NOISE, time=time, at=2.5, ssrc=ssrc)
    assert np.array_equal(timeline.audio(round(2.5 * RATE), round(3.5 * RATE)), NOISE)


def test_a_lost_packet_is_a_hole() -> None:
    timeline = Timeline(STARTED)
    sent(timeline, NOISE[:1600], time=0, at=0.0)
    sent(timeline, NOISE[1760:], time=1760, at=0.22)
    heard = timeline.audio(0, RATE - PACKET)
    assert np.array_equal(heard[:1600], NOISE[:1600])
    assert not heard[1600:1760].any()
    assert np.array_equal(heard[1760:], NOISE[1760 : RATE - PACKET])


def test_the_end_is_final_a_little_after_it_was_silent() -> None:
    timeline = Timeline(STARTED)
    sent(timeline, NOISE, time=0, at=0.0)
    assert timeline.length(STARTED + 1.1) == RATE
    assert timeline.length(STARTED + 1.3) == RATE
    assert timeline.length(STARTED + 3.0) == pytest.approx(2.9 * RATE)
    assert not timeline.audio(RATE, 3 * RATE).any()


def test_longer_than_expected() -> None:
    timeline = Timeline(STARTED)
    sent(timeline, NOISE, time=0, at=200.0)
    assert np.array_equal(timeline.audio(200 * RATE, 201 * RATE), NOISE)


def test_what_comes_after_a_moment_was_final_is_laid_behind_it() -> None:
    """A stream that runs late, and pauses for an instant: whoever listens has been told that it was silent."""
    timeline = Timeline(STARTED)
    sent(timeline, NOISE[:4000], time=0, at=0.0)
    sent(timeline, NOISE[4000:4160], time=4000, at=0.85)
    final = timeline.length(STARTED + 0.94)
    assert final == pytest.approx(0.84 * RATE)
    sent(timeline, NOISE[4160:], time=4160, at=0.9)
    assert np.array_equal(timeline.audio(final, final + RATE - 4160), NOISE[4160:])
