"""Metrics: what is counted, when, and that two services do not share a counter."""

from datetime import UTC, datetime
from pathlib import Path

from api.metrics import CountingJournal, Metrics
from api.tokens import Scope
from api.watchdog import Pulse
from api.watching import watch_folder, watch_pulse
from callflows.facts import (
    AttemptId,
    CallArrived,
    CallEnded,
    CommandAnswered,
    Fact,
    QueueLeft,
    StoryFailed,
    TransferEnded,
)
from callflows.outcomes import CallOutcome, Outcome
from telephony.values import CallId, NumberShown
from tests.api.conftest import Served
from tests.flows.clerks import ADAM

CALL, AT = CallId("c-1"), datetime(2026, 11, 24, 10, tzinfo=UTC)
FACTS: tuple[Fact, ...] = (
    CallArrived(call=CALL, at=AT, number="600123456", name="", shown=NumberShown.SHOWN, dialled="1"),
    TransferEnded(call=CALL, at=AT, attempt=AttemptId("a"), outcome=Outcome.NO_ANSWER, ring_seconds=20.0),
    TransferEnded(call=CALL, at=AT, attempt=AttemptId("b"), outcome=Outcome.UNREACHABLE, ring_seconds=0.0),
    CallEnded(call=CALL, at=AT, outcome=CallOutcome.CALLBACK, by="caller", waiting_for=""),
    StoryFailed(call=CALL, at=AT, error="ValueError"),
)


class Kept:
    """A journal that keeps what it is told."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def state(self, fact: Fact) -> None:
        self.facts.append(fact)


def lines(metrics: Metrics) -> list[str]:
    return metrics.exposition().decode().splitlines()


def test_facts_are_counted_by_outcome() -> None:
    metrics = Metrics()
    for fact in FACTS:
        metrics.count(fact)
    told = lines(metrics)
    assert "halo_calls_arrived_total 1.0" in told
    assert 'halo_calls_total{outcome="callback"} 1.0' in told
    assert 'halo_calls_total{outcome="transferred"} 0.0' in told
    assert 'halo_transfers_total{outcome="no_answer"} 1.0' in told
    assert 'halo_transfers_total{outcome="unreachable"} 1.0' in told
    assert 'halo_ring_seconds_bucket{le="15.0",outcome="no_answer"} 0.0' in told
    assert 'halo_ring_seconds_bucket{le="20.0",outcome="no_answer"} 1.0' in told
    assert not any('halo_ring_seconds_count{outcome="unreachable"}' in line for line in told)
    assert "halo_stories_failed_total 1.0" in told


def test_the_queue_and_commands_are_counted() -> None:
    metrics = Metrics()
    metrics.count(QueueLeft(call=CALL, at=AT, why="served", seconds=42.0))
    metrics.count(CommandAnswered(at=AT, command="1", what="paused", done=True))
    metrics.count(CommandAnswered(call=CALL, at=AT, command="2", what="hold", done=False, why="nie"))
    told = lines(metrics)
    assert 'halo_queue_seconds_bucket{le="30.0",why="served"} 0.0' in told
    assert 'halo_queue_seconds_bucket{le="45.0",why="served"} 1.0' in told
    assert 'halo_commands_total{result="done"} 1.0' in told
    assert 'halo_commands_total{result="refused"} 1.0' in told


async def test_the_floor_is_shown_by_presence(served: Served) -> None:
    served.desk.parts.house.floor.log_on(ADAM)
    async with served.client.get("/metrics", headers=served.headers(Scope.METRICS)) as answer:
        told = (await answer.text()).splitlines()
    assert 'halo_clerks{presence="ready"} 1.0' in told
    assert 'halo_clerks{presence="away"} 1.0' in told
    assert 'halo_clerks{presence="talking"} 0.0' in told
    assert "halo_queue_waiting 1.0" in told
    (oldest,) = (line for line in told if line.startswith("halo_queue_oldest_seconds "))
    assert float(oldest.split()[1]) >= 0


def test_no_metric_knows_a_number() -> None:
    metrics = Metrics()
    for fact in FACTS:
        metrics.count(fact)
    assert "600123456" not in metrics.exposition().decode()


def test_watched_values_are_read_at_each_scrape() -> None:
    metrics, value = Metrics(), [1.0]
    metrics.watch("halo_journal_waiting", "Facts not yet in the database.", lambda: value[0])
    metrics.watch_count("halo_ari_reconnects", "Times the event socket was opened again.", lambda: value[0])
    assert "halo_journal_waiting 1.0" in lines(metrics)
    value[0] = 7
    assert "halo_journal_waiting 7.0" in lines(metrics)
    assert "halo_ari_reconnects_total 7.0" in lines(metrics)


def test_the_pulse_and_the_folder_are_shown(tmp_path: Path) -> None:
    metrics, pulse = Metrics(), Pulse()
    watch_pulse(metrics, pulse)
    watch_folder(metrics, tmp_path)
    assert {"halo_loop_lag_seconds 0.0", "halo_spool_bytes 0.0"} <= set(lines(metrics))
    pulse.tick(due=1.0, now=1.5)
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "00000001.jsonl").write_bytes(b"a fact\n")
    told = lines(metrics)
    assert {"halo_loop_lag_seconds 0.5", "halo_spool_bytes 7.0"} <= set(told)
    (free,) = (line for line in told if line.startswith("halo_disk_free_bytes "))
    assert float(free.split()[1]) > 0


def test_two_services_count_apart() -> None:
    one, two = Metrics(), Metrics()
    one.count(FACTS[0])
    assert "halo_calls_arrived_total 0.0" in lines(two)


def test_the_counting_journal_hands_every_fact_on() -> None:
    metrics, kept = Metrics(), Kept()
    journal = CountingJournal(kept, metrics.count)
    for fact in FACTS:
        journal.state(fact)
    assert tuple(kept.facts) == FACTS
    assert "halo_calls_arrived_total 1.0" in lines(metrics)
