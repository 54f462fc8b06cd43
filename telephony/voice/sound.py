"""From an engine's or a studio's samples to a clip for the telephone: trim, level, fade, resample, encode.

Target: -20 dBFS of active speech, peaks not over -3 dBFS, 60 ms of silence before and 180 ms after, as
measured against Asterisk's own prompts (-18.5 dBFS). Two files: `.alaw` at 8 kHz, which the Polish network
takes without transcoding (ITU-T G.711), and `.sln16`, raw little-endian 16-bit at 16 kHz, from which
Asterisk makes wideband codecs.
"""

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from telephony.voice.engine import Samples

Floats = npt.NDArray[np.float64]

PIPELINE = "1"
"""Changed whenever this module would make other bytes of the same samples: it is part of a clip's name."""

ACTIVE_DBFS = -20.0
PEAK_DBFS = -3.0
LEAD = 0.060
TAIL = 0.180
FADE = 0.005

_FRAME = 0.010
_SPEECH_BELOW_LOUDEST = 35.0  # dB: quieter frames at the ends are no speech
_SPEECH_MARGIN = 0.020  # seconds kept before and after: soft consonants
_ACTIVE_BELOW_LOUDEST = 25.0  # dB: quieter frames inside are pauses, and do not count for the level
_SILENCE = -60.0  # dBFS: nothing here at all


@dataclass(frozen=True, slots=True)
class Audio:
    """One clip, ready to be written: A-law bytes at 8 kHz and raw 16-bit bytes at 16 kHz."""

    alaw: bytes
    sln16: bytes

    @property
    def seconds(self) -> float:
        """How long it plays: A-law is one byte a sample."""
        return len(self.alaw) / 8000


def prepare(samples: Samples, rate: int) -> Audio:
    """Make a clip of speech samples at any rate: trimmed, levelled, faded, at 8 and 16 kHz."""
    speech = trimmed(samples.astype(np.float64) / 32768.0, rate)
    speech = faded(speech, rate)
    speech = np.concatenate([silence(LEAD, rate), speech, silence(TAIL, rate)])
    wide, narrow = _resampled(speech, rate, 16000), _resampled(speech, rate, 8000)
    gain = _gain(wide, narrow)
    return Audio(
        alaw=_as_alaw(as_int16(narrow * gain)),
        sln16=as_int16(wide * gain).astype("<i2").tobytes(),
    )


def trimmed(samples: Floats, rate: int) -> Floats:
    """Cut the silence at both ends off; nothing but silence is left as it is."""
    levels = _levels(samples, rate)
    if not levels.size or levels.max() < _SILENCE:
        return samples
    loud = np.flatnonzero(levels > max(levels.max() - _SPEECH_BELOW_LOUDEST, _SILENCE))
    frame, margin = int(rate * _FRAME), int(rate * _SPEECH_MARGIN)
    return samples[max(0, int(loud[0]) * frame - margin) : (int(loud[-1]) + 1) * frame + margin]


def active_level(samples: Floats, rate: int) -> float:
    """The level of the speech in dBFS, pauses left out (in the manner of ITU-T P.56)."""
    levels = _levels(samples, rate)
    if not levels.size or levels.max() < _SILENCE:
        return -np.inf
    active = levels[levels > levels.max() - _ACTIVE_BELOW_LOUDEST]
    return float(10 * np.log10(np.mean(10 ** (active / 10))))


def silence(seconds: float, rate: int) -> Floats:
    """That much of nothing."""
    return np.zeros(round(seconds * rate))


def read_wav(content: bytes) -> tuple[Samples, int]:
    """The samples of a WAV file of any rate and width, channels mixed to one. Raises ValueError if it is none."""
    try:
        data, rate = soundfile.read(io.BytesIO(content), dtype="float64", always_2d=True)
    except soundfile.SoundFileError as error:
        raise ValueError(f"not a sound file: {error}") from None
    if not data.size:
        raise ValueError("a sound file without sound")
    return as_int16(data.mean(axis=1)), int(rate)


def levelled(samples: Floats, rate: int) -> Floats:
    """The same at the level of our clips, unless that would clip a peak: so that parts can be put together."""
    level = active_level(samples, rate)
    if level == -np.inf:
        return samples
    loudest = float(np.max(np.abs(samples)))
    return samples * min(10 ** ((ACTIVE_DBFS - level) / 20), 1.0 / loudest)


def faded(samples: Floats, rate: int) -> Floats:
    """5 ms in and out, so that a cut never clicks."""
    length = min(int(rate * FADE), len(samples) // 2)
    ramp = np.linspace(0.0, 1.0, length, endpoint=False)
    shaped = samples.copy()
    shaped[:length] *= ramp
    shaped[len(shaped) - length :] *= ramp[::-1]
    return shaped


def as_int16(samples: Floats) -> Samples:
    """Samples of signed 16 bit, of ones between -1 and 1."""
    return np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)


def _levels(samples: Floats, rate: int) -> Floats:
    """The level of each 10 ms frame, in dBFS (RMS); the last, short one is padded."""
    frame = int(rate * _FRAME)
    padded = np.pad(samples, (0, -len(samples) % frame))
    power = np.mean(padded.reshape(-1, frame) ** 2, axis=1)
    return np.asarray(10 * np.log10(power + 1e-12), dtype=np.float64)


def _resampled(samples: Floats, rate: int, wanted: int) -> Floats:
    return np.asarray(soxr.resample(samples, rate, wanted, quality="VHQ"), dtype=np.float64)


def _gain(wide: Floats, narrow: Floats) -> float:
    """One factor for both files: to the active level, unless a peak of either forbids it."""
    level = active_level(wide, 16000)
    if level == -np.inf:
        return 1.0
    peak = max(float(np.max(np.abs(wide))), float(np.max(np.abs(narrow))))
    return float(min(10 ** ((ACTIVE_DBFS - level) / 20), 10 ** (PEAK_DBFS / 20) / peak))


def _as_alaw(samples: Samples) -> bytes:
    raw = io.BytesIO()
    soundfile.write(raw, samples, 8000, format="RAW", subtype="ALAW")
    return raw.getvalue()
