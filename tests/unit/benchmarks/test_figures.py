"""The arithmetic of the benchmark: what is called a p99 was really seen."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from benchmarks.figures import Spread, percentile, ratio


def test_a_percentile_is_a_sample_that_was_seen() -> None:
    assert percentile([5.0, 1.0, 3.0], 50) == 3.0
    assert percentile(list(map(float, range(1, 101))), 99) == 99.0
    assert percentile(list(map(float, range(1, 1001))), 99) == 990.0
    assert percentile([7.0], 99) == 7.0
    assert percentile([2.0, 9.0], 0) == 2.0
    assert math.isnan(percentile([], 99))


@given(some.lists(some.floats(0, 1e6), min_size=1), some.floats(0.1, 100))
def test_no_more_than_the_rest_lie_beyond_a_percentile(samples: list[float], percent: float) -> None:
    found = percentile(samples, percent)
    assert found in samples
    assert sum(sample > found for sample in samples) <= len(samples) * (1 - percent / 100) + 1e-9


def test_a_ratio_to_nothing_is_no_number() -> None:
    assert ratio(3, 2) == 1.5
    assert math.isnan(ratio(3, 0))


@pytest.mark.parametrize(("count", "enough"), [(999, False), (1000, True)])
def test_a_p99_wants_a_thousand_samples(count: int, enough: bool) -> None:
    spread = Spread.of([0.001 * number for number in range(count)])
    assert spread.is_a_p99 is enough
    assert spread.worst == pytest.approx(count - 1)
