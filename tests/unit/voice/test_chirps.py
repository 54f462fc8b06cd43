"""The bursts that stand in for speech in tests: told apart by correlation, after A-law too."""

import io

import numpy as np
import pytest
import soundfile

from telephony.voice.engine import Samples, VoiceRefused
from telephony.voice.sound import prepare
from tests.fakes.chirps import RATE, ChirpEngine, burst

TEXTS = [f"Zdanie numer {number}." for number in range(25)]


def over_the_telephone(text: str) -> Samples:
    """A text's clip as a telephone plays it from the A-law bytes."""
    audio = prepare(*ChirpEngine().synth(text, "chirp", 1.0))
    samples, _ = soundfile.read(
        io.BytesIO(audio.alaw), channels=1, samplerate=8000, format="RAW", subtype="ALAW", dtype="int16"
    )
    return np.asarray(samples, dtype=np.int16)


def likeness(one: Samples, other: Samples) -> float:
    """The highest normalised cross-correlation at any shift."""
    left, right = one.astype(np.float64), other.astype(np.float64)
    peak = np.max(np.abs(np.correlate(left, right, mode="full")))
    return float(peak / np.sqrt(np.sum(left**2) * np.sum(right**2)))


def test_the_same_text_gives_the_same_burst() -> None:
    assert np.array_equal(burst("Dzień dobry."), burst("Dzień dobry."))


def test_a_burst_is_short_and_loud_enough() -> None:
    for text in TEXTS:
        samples = burst(text)
        assert 0.149 <= len(samples) / RATE <= 0.251
        level = 20 * np.log10(np.sqrt(np.mean((samples / 32768) ** 2)))
        assert level == pytest.approx(-20, abs=0.5)


def test_a_burst_keeps_to_the_telephones_band() -> None:
    power = np.abs(np.fft.rfft(burst("Dzień dobry.").astype(np.float64))) ** 2
    pitch = np.fft.rfftfreq(len(burst("Dzień dobry.")), 1 / RATE)
    assert power[(pitch < 290) | (pitch > 3410)].sum() < 0.01 * power.sum()


def test_no_two_sound_alike_and_each_sounds_like_itself() -> None:
    clean = {text: prepare(burst(text), RATE) for text in TEXTS}
    heard = {text: over_the_telephone(text) for text in TEXTS}
    for text in TEXTS:
        wide = np.frombuffer(clean[text].sln16, dtype="<i2")[
            ::2
        ]  # nothing is above 3400 Hz: no filter needed
        assert likeness(heard[text], np.asarray(wide, dtype=np.int16)) > 0.95
        assert max(likeness(heard[text], heard[other]) for other in TEXTS if other != text) < 0.5


def test_the_engine_remembers_what_it_was_asked() -> None:
    engine = ChirpEngine()
    engine.synth("raz", "chirp", 1.0)
    engine.synth("dwa", "chirp", 2.0)
    assert engine.spoken == ["raz", "dwa"]
    with pytest.raises(VoiceRefused):
        engine.synth("trzy", "Natan", 1.0)
