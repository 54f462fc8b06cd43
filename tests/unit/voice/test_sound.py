"""From samples to a clip: trimmed, levelled, at two rates, the same bytes every time."""

import io

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.voice.engine import Samples
from telephony.voice.sound import (
    ACTIVE_DBFS,
    LEAD,
    PEAK_DBFS,
    TAIL,
    Audio,
    active_level,
    prepare,
    read_wav,
    trimmed,
)


def speech(rate: int, seconds: float = 1.0, level: float = 0.1, around: float = 0.5) -> Samples:
    """Something like speech: a hum that swells and fades, with silence around it."""
    at = np.arange(int(rate * seconds)) / rate
    hum = np.sin(2 * np.pi * 220 * at) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * at)) * level
    quiet = np.zeros(int(rate * around))
    samples: Samples = np.rint(np.concatenate([quiet, hum, quiet]) * 32767).astype(np.int16)
    return samples


def heard(audio: Audio) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.frombuffer(audio.sln16, dtype="<i2").astype(np.float64) / 32768


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 24000, 44100, 48000])
def test_from_any_rate_both_files_have_the_same_length(rate: int) -> None:
    audio = prepare(speech(rate), rate)
    assert abs(len(audio.sln16) - 4 * len(audio.alaw)) <= 8
    assert audio.seconds == pytest.approx(LEAD + 1.0 + TAIL, abs=0.06)


@pytest.mark.parametrize("level", [0.005, 0.05, 0.3, 0.99])
def test_quiet_and_loud_come_out_alike(level: float) -> None:
    audio = prepare(speech(24000, level=level), 24000)
    assert active_level(heard(audio), 16000) == pytest.approx(ACTIVE_DBFS, abs=0.5)


def test_a_peak_keeps_the_level_down() -> None:
    samples = speech(16000, level=0.02)
    samples[12000] = 32000
    audio = prepare(samples, 16000)
    assert 20 * np.log10(np.max(np.abs(heard(audio)))) <= PEAK_DBFS + 0.01
    assert active_level(heard(audio), 16000) < ACTIVE_DBFS


def test_the_silence_around_is_replaced_by_a_short_one() -> None:
    sound = heard(prepare(speech(16000, around=2.0), 16000))
    loud = np.flatnonzero(np.abs(sound) > 0.005)
    assert loud[0] / 16000 == pytest.approx(LEAD, abs=0.03)
    assert (len(sound) - loud[-1]) / 16000 == pytest.approx(TAIL, abs=0.05)


def test_pauses_inside_are_kept() -> None:
    samples = np.concatenate([speech(8000, 0.3, around=0.4), speech(8000, 0.3, around=0.4)])
    assert prepare(samples, 8000).seconds == pytest.approx(LEAD + 0.3 + 0.8 + 0.3 + TAIL, abs=0.06)


@pytest.mark.parametrize("nothing", [np.zeros(0, np.int16), np.zeros(8000, np.int16), np.zeros(3, np.int16)])
def test_silence_is_survived(nothing: Samples) -> None:
    audio = prepare(nothing, 8000)
    assert set(heard(audio)) == {0.0}
    assert audio.seconds >= LEAD + TAIL


def test_a_clip_begins_and_ends_without_a_click() -> None:
    square: Samples = np.full(8000, 12000, np.int16)
    sound = heard(prepare(square, 16000))
    assert np.max(np.abs(np.diff(sound))) < 0.05


def test_rendering_is_byte_identical_twice() -> None:
    samples = speech(24000)
    assert prepare(samples, 24000) == prepare(samples.copy(), 24000)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(10, 9000))
def test_any_noise_stays_within_the_peak(seed: int, length: int) -> None:
    noise = np.random.default_rng(seed).integers(-32768, 32767, length, dtype=np.int16, endpoint=True)
    audio = prepare(noise, 16000)
    assert np.max(np.abs(heard(audio))) <= 10 ** (PEAK_DBFS / 20) + 1e-3


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_trimming_leaves_the_speech(before: int, after: int) -> None:
    hum = speech(8000, 0.2, around=0.0).astype(np.float64) / 32768
    padded = np.concatenate([np.zeros(before * 8), hum, np.zeros(after * 8)])
    assert len(hum) * 0.9 <= len(trimmed(padded, 8000)) <= len(hum) + 8000 * 0.06


def wav(samples: np.ndarray[tuple[int, ...], np.dtype[np.float64]], rate: int, subtype: str) -> bytes:
    raw = io.BytesIO()
    soundfile.write(raw, samples, rate, format="WAV", subtype=subtype)
    return raw.getvalue()


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT", "ALAW"])
def test_a_studio_delivers_any_width(subtype: str) -> None:
    hum = np.sin(np.arange(4800) / 20) * 0.5
    samples, rate = read_wav(wav(hum, 48000, subtype))
    assert (rate, len(samples)) == (48000, 4800)
    assert np.max(np.abs(samples / 32768 - hum)) < 0.02


def test_stereo_becomes_mono() -> None:
    both = np.column_stack([np.full(100, 0.5), np.full(100, 0.25)])
    samples, _ = read_wav(wav(both, 44100, "PCM_16"))
    assert samples.shape == (100,)
    assert samples[50] / 32768 == pytest.approx(0.375, abs=1e-3)


@pytest.mark.parametrize("content", [b"", b"not audio at all", b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_sound_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="sound"):
        read_wav(content)


def test_a_sound_file_without_sound_is_refused() -> None:
    with pytest.raises(ValueError, match="without sound"):
        read_wav(wav(np.zeros(0), 8000, "PCM_16"))
