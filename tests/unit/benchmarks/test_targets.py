"""Targets against what was reached."""

from benchmarks.row import table
from benchmarks.stage import Way
from benchmarks.step import Step
from benchmarks.targets import highest_clean, rows


def step(way: Way, rate: float, *, cpu: float = 1.0, service: float = 0.0, failed: int = 0) -> Step:
    """A hundred calls."""
    return Step(
        way,
        rate,
        100,
        failed=failed,
        asterisk_cpu=cpu,
        service_cpu=service,
        answered=[0.004] * 100,
        gone=[0.02] * 100,
    )


def test_the_highest_clean_rate_has_only_clean_ones_below_it() -> None:
    steps = {
        (Way.SQLITE, 10.0): step(Way.SQLITE, 10),
        (Way.SQLITE, 50.0): step(Way.SQLITE, 50, failed=1),
        (Way.SQLITE, 100.0): step(Way.SQLITE, 100),
    }
    assert highest_clean(steps, Way.SQLITE) == 10
    assert highest_clean(steps, Way.DIALPLAN) == 0


def test_each_target_is_told_with_what_was_reached_and_on_what_it_stands() -> None:
    steps = {
        (Way.DIALPLAN, 10.0): step(Way.DIALPLAN, 10, cpu=1.0),
        (Way.SQLITE, 10.0): step(Way.SQLITE, 10, cpu=1.4, service=0.84),
    }
    found = {row.what: row for row in rows(steps, [0.05] * 1000, None)}
    assert found["sqlite: CPU of Asterisk per call ÷ dialplan"].kept
    missed = found["sqlite: CPU of the service ÷ CPU of Asterisk"]
    assert round(missed.reached, 3) == 0.6
    assert not missed.kept
    assert found["sqlite: highest clean rate ÷ dialplan"].kept
    assert found["last packet of the accept key → both hear each other, p99"].note == "1000 calls"
    told = table(list(found.values()))
    assert "| ≤ 0.5 | 0.6 | MISSED |" in told
    assert "100 calls, too few for a p99" in told


def test_rounds_of_a_step_count_as_one() -> None:
    both = step(Way.SQLITE, 10, service=0.5).and_then(step(Way.SQLITE, 10, service=1.5))
    assert both.calls == 200
    assert both.service_per_call == 10.0
    assert len(both.answered) == 200
