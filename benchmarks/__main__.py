"""The whole benchmark: `python -m benchmarks`, by way of script/bench."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.accepting import run_accepting
from benchmarks.figures import Spread
from benchmarks.machine import busy, machine
from benchmarks.picture import draw
from benchmarks.restarting import Restarted, run_restart
from benchmarks.row import table
from benchmarks.stage import Stage, Way, stage
from benchmarks.step import Step, run_step
from benchmarks.targets import COMPARED, Steps, highest_clean, rows

CLONE = Path(__file__).resolve().parent.parent
RESULTS, PICTURE = CLONE / ".halo" / "bench.json", CLONE / "docs" / "bench.svg"


@dataclass(frozen=True, slots=True)
class Programme:
    """What is measured: rates with the calls of one round and how many rounds; and the sizes of the two others."""

    rates: Sequence[tuple[float, int, int]]
    accepting: tuple[float, int]
    live_calls: int


WHOLE = Programme(
    (
        (COMPARED, 250, 4),
        (25, 500, 2),
        (35, 700, 1),
        (40, 800, 1),
        (45, 900, 1),
        (50, 1000, 1),
        (60, 1000, 1),
        (75, 1000, 1),
        (90, 1000, 1),
        (110, 1000, 1),
        (130, 1000, 1),
        (160, 1000, 1),
        (200, 1000, 1),
    ),
    (10, 1000),
    200,
)
QUICK = Programme(((COMPARED, 60, 2), (40, 120, 1)), (10, 60), 50)


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table, write JSON and picture."""
    parser = argparse.ArgumentParser(
        prog="script/bench", description="Measure the line against a pure dialplan."
    )
    parser.add_argument(
        "--quick", action="store_true", help="few calls: whether it works, not what it reaches"
    )
    given = parser.parse_args(arguments)
    began, load = time.monotonic(), busy()
    with stage() as up:
        _say(f"{machine()}; load of the machine before: {load:.1f}")
        found = _measure(up, QUICK if given.quick else WHOLE)
    minutes = (time.monotonic() - began) / 60
    steps, accepted, restarted = found
    lines = rows(steps, accepted, restarted)
    _say(f"\n{table(lines)}\n")
    told = {
        "machine": machine(),
        "load_before": load,
        "quick": given.quick,
        "minutes": round(minutes, 1),
        "targets": [asdict(row) | {"kept": row.kept} for row in lines],
        "steps": [step.summary() for step in steps.values()],
        "accepting_ms": asdict(Spread.of(accepted)),
        "restart": asdict(restarted) if restarted else None,
        "highest_clean_rate": {way.value: highest_clean(steps, way) for way in Way},
    }
    _write(told)
    if not given.quick:
        draw(PICTURE, steps, told=told["machine"])
        _say(f"The picture is {PICTURE.relative_to(CLONE)}.")
    missed = [row for row in lines if not row.kept]
    _say(f"bench: {len(lines) - len(missed)} targets kept, {len(missed)} missed, in {minutes:.1f} minutes")
    return 0


def _measure(up: Stage, programme: Programme) -> tuple[Steps, list[float], Restarted | None]:
    steps: dict[tuple[Way, float], Step] = {}
    ways = list(Way)
    for rate, calls, rounds in programme.rates:
        for _ in range(rounds):
            for way in list(ways):
                step = _step(up, way, rate, calls)
                known = steps.get((way, rate))
                steps[way, rate] = known.and_then(step) if known else step
            ways.append(ways.pop(0)) if ways else None
        ways = [way for way in ways if steps[way, rate].clean]
    return steps, _accepting(up, *programme.accepting), _restarting(up, programme.live_calls)


def _accepting(up: Stage, rate: float, calls: int) -> list[float]:
    step, accepted = run_accepting(up, Way.SQLITE, rate, calls)
    _tell(step, f"accept key → both hear: {_spread(accepted)}")
    return accepted


def _restarting(up: Stage, calls: int) -> Restarted | None:
    """What was measured before shall not be lost with this one."""
    try:
        restarted = run_restart(up, calls)
    except RuntimeError as trouble:
        _say(f"the restart was not measured: {trouble}")
        return None
    _say(
        f"killed with {restarted.up_before:.0f} calls up ({restarted.resident_mib:.0f} MiB): the next one connects "
        f"{restarted.connected_after:.1f} s after its start, and has all {restarted.reconciled_after:.2f} s later"
    )
    return restarted


def _step(up: Stage, way: Way, rate: float, calls: int) -> Step:
    """One step, and once more if it was not clean: on a shared machine a single trouble may be a neighbour's."""
    step = run_step(up, way, rate, calls)
    _tell(step)
    if not step.clean and rate > COMPARED:
        step = run_step(up, way, rate, calls)
        _tell(step, "second try")
    return step


def _tell(step: Step, more: str = "") -> None:
    said = (
        "clean"
        if step.clean
        else (
            f"NOT CLEAN: {step.failed} failed, {step.lost_facts} facts lost, {step.retransmissions} sent again"
        )
    )
    _say(
        f"{step.way.value:>10} {step.rate:>4g}/s {step.calls:>5} calls: {said}; "
        f"Asterisk {step.asterisk_per_call:.1f} ms, service {step.service_per_call:.1f} ms a call; "
        f"200 OK {_spread(step.answered)}; gone {_spread(step.gone)} {more}"
    )
    for trouble in step.troubles[:3]:
        _say(f"           {trouble}")


def _spread(seconds: Sequence[float]) -> str:
    spread = Spread.of(seconds)
    return f"{spread.p50:.1f}/{spread.p99:.1f} ms"


def _write(told: dict[str, Any]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
