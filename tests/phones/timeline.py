"""A recording: RTP packets laid out on one continuous 8 kHz timeline, with silence where nothing came.

Packets are laid by their RTP time, not by when they arrived, so jitter does not tear a sentence apart.
The RTP time is tied to the clock at the first packet, and again whenever the stream jumps: another sender,
or a difference that jitter cannot explain. What was final stays as it was: who has listened to it never looks again.
"""

import numpy as np

from tests.phones.g711 import RATE, Samples

JITTER = round(0.06 * RATE)
"""A jump of the RTP time is believed as long as it lands this near to the time of arrival."""

DELAY = round(0.4 * RATE)
"""An unbroken stream is believed even if it comes this late: a busy machine, not a pause."""

SETTLED = round(0.1 * RATE)
"""In a pause, how far behind the clock a moment is final."""


class Timeline:
    """Audio received since `started` (seconds on the event loop's clock)."""

    def __init__(self, started: float) -> None:
        self.started = started
        self.packets = 0
        self._audio: Samples = np.zeros(RATE * 30, dtype=np.int16)
        self._end = 0
        self._final = 0
        self._ssrc: int | None = None
        self._time = 0
        self._position = 0
        self._samples = 0

    def put(self, samples: Samples, *, time: int, ssrc: int, at: float) -> None:
        """Lay one packet's audio: `time` is its RTP time, `at` when it arrived on the loop's clock."""
        arrived = max(0, round((at - self.started) * RATE) - len(samples))
        passed = _signed(time - self._time)
        position = self._position + passed
        allowed = DELAY if passed == self._samples else JITTER
        if ssrc != self._ssrc or position < 0 or abs(position - arrived) > allowed:
            position = arrived
        elif passed == self._samples:
            position = max(position, self._final)  # so late that the moment was taken for a pause
        self.packets += 1
        self._ssrc, self._time, self._position, self._samples = ssrc, time, position, len(samples)
        self._lay(samples, position)

    def length(self, now: float) -> int:
        """How many samples are final at `now`: silence counts too, a little later than sound."""
        clock = round((now - self.started) * RATE)
        self._final = max(self._final, self._end if clock - self._end <= DELAY else clock - SETTLED)
        return self._final

    def audio(self, start: int, end: int) -> Samples:
        """The samples from `start` up to `end`, silence where nothing was received."""
        if end <= self._end:
            return self._audio[start:end]
        heard = self._audio[start : max(start, self._end)]
        return np.concatenate([heard, np.zeros(end - start - len(heard), dtype=np.int16)])

    def _lay(self, samples: Samples, position: int) -> None:
        end = position + len(samples)
        while end > len(self._audio):
            self._audio = np.concatenate([self._audio, np.zeros_like(self._audio)])
        self._audio[position:end] = samples
        self._end = max(self._end, end)


def _signed(difference: int) -> int:
    """A difference of two RTP times, which wrap at 32 bits, as a signed number of samples."""
    return (difference + 0x80000000) % 0x100000000 - 0x80000000
