"""What was loud and is no known sentence is music if it is a piece of the loop, and unknown otherwise."""

import numpy as np
import pytest

from tests.demo.evidence import Kind
from tests.demo.listening import Music, sounds_in
from tests.phones.g711 import RATE, Codec, Samples, decode, encode, tone
from tests.phones.hearing import Heard


def noise(seed: int, seconds: float) -> Samples:
    return np.random.default_rng(seed).normal(0, 2000, round(seconds * RATE)).astype(np.int16)


def pause(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), dtype=np.int16)


LOOP = noise(1, 6.0)
MUSIC = Music(LOOP)


def through_the_network(samples: Samples) -> Samples:
    return decode(encode(samples, Codec.PCMA), Codec.PCMA)


@pytest.mark.parametrize("start", [0.0, 1.7, 5.5])
def test_music_is_known_from_any_place_of_its_loop(start: float) -> None:
    round_and_round = np.concatenate([LOOP, LOOP])
    window = round_and_round[round(start * RATE) : round((start + 1) * RATE)]

    assert MUSIC.plays_in(through_the_network(window))


def test_other_sounds_are_no_music() -> None:
    assert not MUSIC.plays_in(noise(2, 1.0))
    assert not MUSIC.plays_in(tone(440, 1.0))
    assert not MUSIC.plays_in(pause(1.0))


def test_everything_in_order_with_its_time() -> None:
    recording = np.concatenate([pause(1), noise(3, 2), pause(1), LOOP[: 3 * RATE], pause(1), tone(1000, 1)])
    heard = [
        Heard("greeting", at=1.0, seconds=2.0, score=1.0, whole=True, text="Dzień dobry."),
    ]

    found = sounds_in(recording, heard, MUSIC, offset=-0.5)

    assert [one.kind for one in found] == [Kind.LINE, Kind.MUSIC, Kind.UNKNOWN]
    assert [one.at for one in found] == pytest.approx([0.5, 3.5, 7.5], abs=0.15)
    assert [one.until for one in found] == pytest.approx([2.5, 6.5, 8.5], abs=0.15)


def test_who_speaks_is_known_by_the_name() -> None:
    heard = [Heard("said.anna", at=0.0, seconds=1.0, score=1.0, whole=False, text="Dzień dobry.")]

    (found,) = sounds_in(noise(3, 1), heard, MUSIC, offset=0.0)

    assert (found.kind, found.name, found.whole) == (Kind.PERSON, "said.anna", False)


def test_the_rest_of_a_sentence_that_was_cut_is_nothing_new() -> None:
    heard = [Heard("menu.entry.1", at=0.0, seconds=0.6, score=1.0, whole=False)]

    (found,) = sounds_in(np.concatenate([noise(3, 0.9), pause(1)]), heard, MUSIC, offset=0.0)

    assert found.name == "menu.entry.1"


def test_silence_is_no_sound() -> None:
    assert sounds_in(pause(3), [], MUSIC, offset=0.0) == ()
    assert sounds_in(pause(0), [], MUSIC, offset=0.0) == ()
