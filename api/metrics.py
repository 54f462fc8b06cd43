"""Prometheus metrics: a registry per service (so that tests and several services live side by side).

Outcomes are counted when their fact is stated, not when it is committed: a service whose database is away
still counts. Restarting the service starts the counters anew, as Prometheus expects.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from callflows.facts import (
    CallArrived,
    CallEnded,
    CommandAnswered,
    Fact,
    QueueLeft,
    StoryFailed,
    TooManyCalls,
    TransferEnded,
)
from callflows.often import TooMany
from callflows.outcomes import CallOutcome, Outcome
from callflows.ports import Journal

QUEUE_SECONDS = (5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600)
RING_SECONDS = (2, 4, 6, 8, 10, 12, 15, 20, 25, 30, 45, 60)
DONE, REFUSED = "done", "refused"
SIGN_INS = ("ok", "wrong", "delayed")
REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """All that is counted and measured in one running service."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own = self.registry
        self._arrived = Counter("halo_calls_arrived", "Calls that reached the line.", registry=own)
        self._calls = Counter("halo_calls", "Calls that are over, by outcome.", ["outcome"], registry=own)
        self._transfers = Counter(
            "halo_transfers",
            "Attempts at a transfer that are decided, by outcome.",
            ["outcome"],
            registry=own,
        )
        self._rang = Histogram(
            "halo_ring_seconds",
            "How long a colleague's phone rang, by outcome.",
            ["outcome"],
            buckets=RING_SECONDS,
            registry=own,
        )
        self._limited = Counter(
            "halo_calls_limited",
            "Calls that were over a limit of the hall, by which.",
            ["why"],
            registry=own,
        )
        self._failed = Counter("halo_stories_failed", "Calls that our own mistake ended.", registry=own)
        self._queued = Histogram(
            "halo_queue_seconds",
            "How long callers waited for a clerk, by why they wait no longer.",
            ["why"],
            buckets=QUEUE_SECONDS,
            registry=own,
        )
        self._commands = Counter(
            "halo_commands",
            "Commands from screens and phones that were answered, by result.",
            ["result"],
            registry=own,
        )
        self._requests = Histogram(
            "halo_request_seconds",
            "How long requests of the API took.",
            ["method", "path", "status"],
            buckets=REQUEST_SECONDS,
            registry=own,
        )
        self._sign_ins = Counter(
            "halo_sign_ins", "Attempts to sign in to the pages, by result.", ["result"], registry=own
        )
        for entered in SIGN_INS:
            self._sign_ins.labels(entered)
        for outcome in CallOutcome:
            self._calls.labels(outcome.value)
        for ended in Outcome:
            self._transfers.labels(ended.value)
        for why in TooMany:
            self._limited.labels(why.value)
        for result in (DONE, REFUSED):
            self._commands.labels(result)

    def count(self, fact: Fact) -> None:
        """Count what this fact says."""
        match fact:
            case CallArrived():
                self._arrived.inc()
            case CallEnded(outcome=outcome):
                self._calls.labels(outcome.value).inc()
            case TransferEnded(outcome=ended, ring_seconds=seconds):
                self._transfers.labels(ended.value).inc()
                if seconds > 0:
                    self._rang.labels(ended.value).observe(seconds)
            case QueueLeft(why=why, seconds=seconds):
                self._queued.labels(why).observe(seconds)
            case CommandAnswered(done=done):
                self._commands.labels(DONE if done else REFUSED).inc()
            case TooManyCalls(why=why):
                self._limited.labels(why).inc()
            case StoryFailed():
                self._failed.inc()

    def sign_in(self, result: str) -> None:
        """Count an attempt to sign in to the pages: one of SIGN_INS."""
        self._sign_ins.labels(result).inc()

    def request(self, *, method: str, path: str, status: int, seconds: float) -> None:
        """Note one request; `path` is the pattern of the route, so that there are few of them."""
        self._requests.labels(method, path, str(status)).observe(seconds)

    def watch(self, name: str, what: str, value: Callable[[], float]) -> None:
        """Show a value that is read anew at each scrape."""
        Gauge(name, what, registry=self.registry).set_function(value)

    def watch_each(self, name: str, what: str, label: str, values: Callable[[], Mapping[str, float]]) -> None:
        """Show several values, told apart by a label, that are read anew at each scrape."""
        self.registry.register(_Several(name, what, label, values))

    def watch_count(self, name: str, what: str, value: Callable[[], float]) -> None:
        """Show a number that only grows (`name` without "_total"), read anew at each scrape."""
        self.registry.register(_CountedElsewhere(name, what, value))

    def exposition(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self.registry)


@dataclass(frozen=True, slots=True)
class _CountedElsewhere(Collector):
    """A counter whose number somebody else keeps."""

    name: str
    what: str
    value: Callable[[], float]

    def collect(self) -> Iterator[Metric]:
        family = CounterMetricFamily(self.name, self.what)
        family.add_metric([], self.value())
        yield family


@dataclass(frozen=True, slots=True)
class _Several(Collector):
    """Gauges whose values somebody else keeps."""

    name: str
    what: str
    label: str
    values: Callable[[], Mapping[str, float]]

    def collect(self) -> Iterator[Metric]:
        family = GaugeMetricFamily(self.name, self.what, labels=[self.label])
        for word, value in self.values().items():
            family.add_metric([word], value)
        yield family


class Counts(Protocol):
    """Somebody who wants to see every fact when it is stated."""

    def __call__(self, fact: Fact, /) -> None:
        """Look at it, quickly, and never fail."""


class CountingJournal:
    """A journal that shows each fact, on its way to the real one, to whoever counts."""

    def __init__(self, journal: Journal, *counts: Counts) -> None:
        self._journal = journal
        self._counts = counts

    def state(self, fact: Fact) -> None:
        """Hand the fact on, then have it counted."""
        self._journal.state(fact)
        for count in self._counts:
            count(fact)
