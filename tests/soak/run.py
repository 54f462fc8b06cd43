"""One soak: warm up, flow, come to rest, crowd the line, come to rest, and draw the balance."""

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

from records.spool import SPOOL
from tests.soak.balance import (
    AT_ONCE,
    Row,
    as_json,
    at_most,
    back_to_start,
    counted,
    disagreements,
    in_all,
    in_order,
    no_more,
    none_left,
    same,
    table,
)
from tests.soak.light_call import now
from tests.soak.record import Record, read_record
from tests.soak.stage import CLONE, Moment, Stage, stage
from tests.soak.wishes import MANY_AT_ONCE, WISHES

WARM_UP = 200
"""Calls before the first look: caches, pools and what Python keeps for itself are full after these."""
FULL_SPEED = 8.0
"""Calls a second while the line is being crowded."""
CONNECTIONS = 32
"""So many connections to Asterisk are kept open at most, and as many as the last rush has left."""
TASKS = 3
"""Requests of our own that may be under way while tasks are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a soak."""

    calls: int
    rate: float
    at_once: int
    concurrent: int
    database: str
    warm_up: int = WARM_UP
    seed: int = 4
    settle: float = 3.0
    kept: Path = CLONE / ".halo"
    """Where the result and the service's log are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soaked:
    """What came of it."""

    rows: list[Row]
    disagreements: list[str]
    record: Record
    most: int
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether every line of the balance holds."""
        return all(row.ok for row in self.rows)


async def soak(wanted: Wanted, say: Callable[[str], None]) -> Soaked:
    """Do it all; `say` is told how it goes."""
    async with _stage(wanted) as on:
        traffic = on.traffic
        await _flow(on, wanted, wanted.warm_up, "warming up", say)
        start = await on.at_rest()
        began = now()
        traffic.most = 0
        await _flow(on, wanted, wanted.calls, "flowing", say)
        seconds, most = now() - began, traffic.most
        end = await on.at_rest()
        rows, last = _held(start, end), end
        if wanted.concurrent:
            crowded, last = await _crowd(on, wanted.concurrent, start, say)
            rows += crowded
        code = await on.ends()
        record = await read_record(on.database_url)
        rows += [
            *counted(traffic.ledger.calls, record.calls),
            *in_order(record.numbers),
            same(
                "facts written, and on record",
                last.metrics["halo_journal_written_total"],
                in_all(record.numbers),
            ),
            none_left("facts rejected", 0, last.metrics["halo_journal_rejected_total"]),
            none_left("bytes left in the spool", 0, _spooled(on.state)),
            none_left("stories that failed", 0, record.failures),
            none_left("calls that had to be given up", 0, len(traffic.stuck)),
            none_left("exit code of the service", 0, code),
        ]
        differing = disagreements(traffic.ledger.calls, record.calls) + traffic.stuck
        return Soaked(
            rows=rows,
            disagreements=differing,
            record=record,
            most=most,
            seconds=seconds,
        )


def _stage(wanted: Wanted) -> AbstractAsyncContextManager[Stage]:
    return stage(
        database=wanted.database,
        seed=wanted.seed,
        log=wanted.kept / "soak.log",
        crowded=max(wanted.at_once, wanted.concurrent) > 40,
        settle=wanted.settle,
    )


async def _flow(on: Stage, wanted: Wanted, calls: int, what: str, say: Callable[[str], None]) -> None:
    began, before = now(), len(on.traffic.ledger.calls)

    def tell() -> None:
        over = len(on.traffic.ledger.calls) - before
        held = on.service_held()
        say(
            f"{what}: {over} of {calls} calls, {len(on.traffic.citizens)} up, {now() - began:.0f} s, "
            f"service {held.memory:.0f} MiB"
        )

    await on.traffic.flows(WISHES, calls, rate=wanted.rate, at_once=wanted.at_once, tell=tell)


def _held(start: Moment, end: Moment) -> list[Row]:
    """What both processes and the PBX hold, at rest before and after."""
    before, after = start.metrics, end.metrics
    return [
        back_to_start("memory of the service, MiB", start.service.memory, end.service.memory),
        no_more(
            "descriptors of the service",
            start.service.descriptors,
            end.service.descriptors,
            spare=CONNECTIONS,
        ),
        no_more("threads of the service", start.service.threads, end.service.threads, spare=2),
        no_more("tasks of the service", before["halo_tasks"], after["halo_tasks"], spare=TASKS),
        none_left("calls that the service tells of", before["halo_calls_up"], after["halo_calls_up"]),
        none_left("facts not yet written", before["halo_journal_waiting"], after["halo_journal_waiting"]),
        none_left("callers in the queue", before["halo_queue_waiting"], after["halo_queue_waiting"]),
        none_left("Asterisk's channels", start.pbx.channels, end.pbx.channels),
        none_left("Asterisk's bridges, and playbacks in them", start.pbx.bridges, end.pbx.bridges),
        none_left("events waiting in Asterisk", start.pbx.waiting, end.pbx.waiting),
        no_more(
            "descriptors of Asterisk", start.asterisk.descriptors, end.asterisk.descriptors, spare=CONNECTIONS
        ),
    ]


async def _crowd(
    on: Stage, concurrent: int, start: Moment, say: Callable[[str], None]
) -> tuple[list[Row], Moment]:
    """Have so many on the line at once, and look at the service meanwhile."""
    highest, up, looked = 0.0, 0, 0.0

    def look() -> None:
        nonlocal highest, up, looked
        if now() - looked > 0.5:
            looked = now()
            up = max(up, len(on.traffic.citizens))
            highest = max(highest, on.service_held().memory)
            say(f"crowding: {len(on.traffic.citizens)} up, {highest:.0f} MiB")

    await on.traffic.flows(MANY_AT_ONCE, concurrent, rate=FULL_SPEED, at_once=concurrent, tell=look)
    end = await on.at_rest()
    return [
        Row("callers on the line at once", 0, up, f">= {concurrent}", up >= concurrent),
        at_most("memory with so many, MiB", start.service.memory, highest, AT_ONCE),
        no_more("tasks, after so many", start.metrics["halo_tasks"], end.metrics["halo_tasks"], spare=TASKS),
        none_left("channels, after so many", start.pbx.channels, end.pbx.channels),
        none_left("bridges, after so many", start.pbx.bridges, end.pbx.bridges),
    ], end


def _spooled(state: Path) -> int:
    return sum(path.stat().st_size for path in (state / SPOOL).rglob("*") if path.is_file())


def report(wanted: Wanted, soaked: Soaked) -> str:
    """The whole result as text."""
    processors = os.cpu_count()
    lines = [
        f"{wanted.calls} calls after {wanted.warm_up} to warm up, on {wanted.database}: "
        f"{wanted.calls / soaked.seconds:.1f} a second, {soaked.most} at once, {soaked.seconds:.0f} s",
        f"{processors} processors, {platform.system()} {platform.release()}, Python {platform.python_version()}",
        "",
        table(soaked.rows),
        "",
        "how calls ended: " + _counts(soaked.record.outcomes),
        "attempts: " + _counts(soaked.record.attempts),
    ]
    if soaked.disagreements:
        lines += ["", *soaked.disagreements[:40]]
    lines += ["", "in balance" if soaked.ok else "NOT in balance"]
    return "\n".join(lines)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{what} {number}" for what, number in sorted(counts.items(), key=lambda one: -one[1]))


def keep(wanted: Wanted, soaked: Soaked) -> None:
    """Write the result where programs find it."""
    whole = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "wanted": {**asdict(wanted), "kept": ""},
        "balance": as_json(soaked.rows),
        "in_balance": soaked.ok,
        "seconds": round(soaked.seconds, 1),
        "most_at_once": soaked.most,
        "calls": soaked.record.outcomes,
        "attempts": soaked.record.attempts,
        "disagreements": soaked.disagreements,
        "python": sys.version,
    }
    text = json.dumps(whole, indent=2, ensure_ascii=False)
    (wanted.kept / "soak.json").write_text(text + "\n")
