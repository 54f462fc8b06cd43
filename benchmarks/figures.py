"""The arithmetic of measuring: percentiles that were really seen, ratios, and how certain a p99 is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FOR_A_P99 = 1000
"""Samples behind a 99th percentile that may be called one: ten of them lie beyond it."""


def percentile(samples: Sequence[float], percent: float) -> float:
    """Return the smallest sample that at least `percent` of all do not exceed (nearest rank): one that was seen.

    NaN if there is none.
    """
    if not samples:
        return math.nan
    ordered = sorted(samples)
    rank = math.ceil(percent / 100 * len(ordered))
    return ordered[max(rank, 1) - 1]


def ratio(one: float, other: float) -> float:
    """Return one ÷ other; NaN where that means nothing."""
    return one / other if other > 0 else math.nan


@dataclass(frozen=True, slots=True)
class Spread:
    """How some durations are spread, in milliseconds."""

    count: int
    p50: float
    p99: float
    worst: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """The spread of durations that are given in seconds."""
        milliseconds = [1000 * one for one in seconds]
        return cls(
            len(milliseconds),
            percentile(milliseconds, 50),
            percentile(milliseconds, 99),
            max(milliseconds, default=math.nan),
        )

    @property
    def is_a_p99(self) -> bool:
        """Whether there are samples enough for its p99 to be believed."""
        return self.count >= FOR_A_P99
