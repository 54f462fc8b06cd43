"""What the metrics read from the running parts at each scrape."""

import asyncio
import shutil
from collections import Counter
from pathlib import Path

from api.http.events import Streams
from api.hygiene import Hygiene
from api.metrics import Metrics
from api.watchdog import Pulse
from callflows.floor.presence import Presence
from callflows.ports import House
from records.journal import Journal
from records.spool import SPOOL
from records.spool_reading import written
from telephony.ari.line import AriLine
from telephony.call import Line


def watch(metrics: Metrics, line: Line, journal: Journal, streams: Streams) -> None:
    """Let these metrics show the line, the journal and the streams."""
    metrics.watch("halo_line_ready", "Whether calls reach us: 1 or 0.", lambda: float(line.ready))
    metrics.watch(
        "halo_journal_waiting", "Facts stated and not yet committed.", lambda: journal.statistics.queued
    )
    metrics.watch(
        "halo_journal_oldest_seconds",
        "How long the oldest of them has been waiting.",
        lambda: journal.statistics.oldest_waits,
    )
    metrics.watch(
        "halo_journal_unspooled",
        "Of them, those that are only in memory: the disk refuses them.",
        lambda: journal.statistics.unspooled,
    )
    metrics.watch_count(
        "halo_journal_failures",
        "Tries at a transaction that failed: the database was away.",
        lambda: journal.statistics.failures,
    )
    metrics.watch_count("halo_journal_written", "Facts committed.", lambda: journal.statistics.written)
    metrics.watch_count(
        "halo_journal_rejected", "Facts that no database can keep.", lambda: journal.statistics.rejected
    )
    metrics.watch("halo_event_streams", "Readers of live events.", lambda: len(streams))
    metrics.watch("halo_tasks", "Tasks of the event loop.", lambda: float(len(asyncio.all_tasks())))
    if isinstance(line, AriLine):
        _watch_ari(metrics, line)


def watch_floor(metrics: Metrics, house: House) -> None:
    """Let these metrics show clerks by presence, and callers who wait for one."""

    def clerks() -> dict[str, float]:
        found = Counter(clerk.presence.word for clerk in house.floor.clerks())
        return {presence.word: float(found[presence.word]) for presence in Presence}

    def oldest() -> float:
        now = house.clock.now()
        return max(((now - caller.since).total_seconds() for caller in house.floor.waiting()), default=0.0)

    metrics.watch_each("halo_clerks", "Clerks of the hall, by presence.", "presence", clerks)
    metrics.watch(
        "halo_queue_waiting", "Callers who wait for a clerk.", lambda: float(len(house.floor.waiting()))
    )
    metrics.watch("halo_queue_oldest_seconds", "How long the one who waits longest has been waiting.", oldest)


def watch_hygiene(metrics: Metrics, hygiene: Hygiene) -> None:
    """Let these metrics show the open hygiene tasks of each unit, as they were at the last look."""

    def tasks() -> dict[str, float]:
        return {unit: float(number) for unit, number in hygiene.open.items()}

    metrics.watch_each(
        "halo_hygiene_tasks", "Numbers of the directory that seem wrong, by unit.", "unit", tasks
    )


def watch_pulse(metrics: Metrics, pulse: Pulse) -> None:
    """Let these metrics show how late the event loop comes to its ticks."""
    metrics.watch(
        "halo_loop_lag_seconds",
        "The longest that the event loop stood still in the last minute.",
        lambda: pulse.lag,
    )


def watch_folder(metrics: Metrics, state_dir: Path) -> None:
    """Let these metrics show what waits on disk, and how much room is left there."""
    metrics.watch(
        "halo_spool_bytes",
        "Facts on disk that wait for the database.",
        lambda: float(sum(written(state_dir / SPOOL).values())),
    )
    metrics.watch(
        "halo_disk_free_bytes",
        "Room on the disk of the state folder.",
        lambda: float(shutil.disk_usage(state_dir).free),
    )


def _watch_ari(metrics: Metrics, line: AriLine) -> None:
    metrics.watch("halo_calls_up", "Calls whose story is being told.", lambda: line.statistics.calls)
    metrics.watch(
        "halo_legs_left_behind",
        "Answered phones that an earlier process left and no story has taken over.",
        lambda: line.statistics.left_behind,
    )
    metrics.watch_count(
        "halo_ari_reconnects",
        "Times the event socket was opened again.",
        lambda: max(0, line.statistics.connects - 1),
    )
    metrics.watch_count("halo_ari_commands", "Commands to Asterisk.", lambda: line.statistics.commands)
    metrics.watch_count(
        "halo_ari_failures", "Commands that Asterisk refused.", lambda: line.statistics.failures
    )
