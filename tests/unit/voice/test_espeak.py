"""The real espeak-ng, the emergency voice, as `script/setup` installs it."""

import numpy as np
import pytest

from telephony.errors import NoVoice
from telephony.voice.engine import VoiceRefused
from telephony.voice.espeak import Espeak
from telephony.voice.sound import ACTIVE_DBFS, PEAK_DBFS, active_level, prepare
from telephony.voice.tongues import ENGLISH


def test_it_speaks_polish_and_the_same_twice() -> None:
    engine = Espeak()
    samples, rate = engine.synth("Dzień dobry, Urząd Miasta.", "pl", 1.0)
    again, _ = engine.synth("Dzień dobry, Urząd Miasta.", "pl", 1.0)
    assert 1.0 < len(samples) / rate < 4.0
    assert np.array_equal(samples, again)


def test_its_prompts_are_levelled_too() -> None:
    audio = prepare(*Espeak().synth("Proszę wybrać sprawę.", "pl", 1.0))
    sound = np.frombuffer(audio.sln16, dtype="<i2").astype(np.float64) / 32768
    assert active_level(sound, 16000) == pytest.approx(
        ACTIVE_DBFS, abs=3
    )  # its peaks are high: level may yield
    assert 20 * np.log10(np.max(np.abs(sound))) <= PEAK_DBFS + 0.01


def test_it_knows_its_version() -> None:
    assert Espeak().version[0].isdigit()


def test_the_pace_is_a_setting() -> None:
    slow, fast = (len(Espeak().synth("Proszę wybrać sprawę.", "pl", rate)[0]) for rate in (0.7, 1.4))
    assert slow > 1.4 * fast


def test_it_speaks_english() -> None:
    engine = Espeak(ENGLISH)
    assert engine.voices == ("en",)
    samples, rate = engine.synth("For English, press eight.", "en", 1.0)
    assert 0.8 < len(samples) / rate < 3.0


def test_a_text_is_never_an_option() -> None:
    samples, _ = Espeak().synth("--help -v en", "pl", 1.0)
    assert len(samples)


def test_other_voices_are_refused() -> None:
    with pytest.raises(VoiceRefused, match="Natan"):
        Espeak().synth("Dzień dobry.", "Natan", 1.0)


def test_a_closed_engine_is_no_voice() -> None:
    engine = Espeak()
    engine.close()
    with pytest.raises(NoVoice, match="closed"):
        engine.synth("Dzień dobry.", "pl", 1.0)
