"""Told apart in one moment: silence, a tone, and hold music."""

import numpy as np
import pytest

from hold_music import loop
from tests.phones.ear import WINDOW
from tests.phones.g711 import RATE, Samples, tone
from tests.phones.moment import Moment
from tests.phones.tones import TONE, VOICES
from tests.unit.phones.sounds import SILENCE, through_the_network, word

LENGTH = round(WINDOW * RATE)


def moments(samples: Samples) -> list[Moment]:
    """A recording looked at every 50 ms."""
    return [Moment(samples[at : at + LENGTH]) for at in range(0, len(samples) - LENGTH, LENGTH // 8)]


@pytest.mark.parametrize("hz", [400, 503, 701, 1100, 1741, 2500])
def test_a_tone_is_no_music(hz: int) -> None:
    (heard,) = moments(through_the_network(tone(hz, WINDOW + 0.01, level=TONE)))
    assert heard.has_tone(hz)
    assert not heard.has_tone(hz + 40)
    assert heard.is_one_tone


def test_silence_is_neither() -> None:
    for heard in (Moment(SILENCE[:0]), *moments(through_the_network(SILENCE))):
        assert heard.is_quiet
        assert not heard.has_tone(400)
        assert not heard.is_one_tone


def test_hold_music_is_never_quiet_and_never_one_tone() -> None:
    every_second = loop()[::2] * 32767
    for heard in moments(through_the_network(every_second.astype(np.int16))):
        assert not heard.is_quiet
        assert not heard.is_one_tone


def test_words_over_a_tone_are_more_than_the_tone() -> None:
    said = np.concatenate([word(seed) for seed in range(4)])
    both = said + tone(700, len(said) / RATE, level=TONE)
    assert not any(heard.is_one_tone for heard in moments(through_the_network(both.astype(np.int16))))


def test_no_voice_is_made_out_in_hold_music() -> None:
    every_second = loop()[::2] * 32767
    heard = moments(through_the_network(every_second.astype(np.int16)))
    assert not [hz for hz in VOICES if any(one.has_trace_of(hz) for one in heard)]


@pytest.mark.parametrize("hz", [VOICES[0], 1500, VOICES[-1]])
def test_a_voice_is_made_out_under_hold_music(hz: int) -> None:
    music = (loop()[::2] * 32767).astype(np.int16)
    both = music + tone(hz, len(music) / RATE, level=TONE)
    assert all(one.has_trace_of(hz) for one in moments(through_the_network(both)))
