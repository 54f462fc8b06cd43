"""What finds a gap in a talk: it must not take a tone for silence, nor silence for a tone."""

import numpy as np
import pytest

from tests.chaos.people import longest_silence
from tests.phones.g711 import RATE, Samples


def tone(seconds: float) -> Samples:
    wave: Samples = (1600 * np.sin(np.arange(round(seconds * RATE)) * 0.5)).astype(np.int16)
    return wave


def nothing(seconds: float) -> Samples:
    return np.full(round(seconds * RATE), 8, dtype=np.int16)


@pytest.mark.parametrize(
    ("heard", "seconds"),
    [
        ([tone(2.0)], 0.0),
        ([tone(1.0), nothing(0.5), tone(1.0)], 0.5),
        ([nothing(0.3), tone(0.5), nothing(0.7), tone(0.5), nothing(0.2)], 0.7),
        ([nothing(2.0)], 2.0),
        ([tone(1.0), nothing(1.5)], 1.5),
        ([], 0.0),
    ],
)
def test_the_longest_silence(heard: list[Samples], seconds: float) -> None:
    recording = np.concatenate([np.zeros(0, dtype=np.int16), *heard])
    assert longest_silence(recording) == pytest.approx(seconds, abs=0.03)
