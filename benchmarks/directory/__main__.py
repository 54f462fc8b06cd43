"""The directory's benchmark: `python -m benchmarks.directory`, by way of `script/bench directory`."""

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from benchmarks.directory import finding, importing, quality, resolving
from benchmarks.machine import busy, machine
from benchmarks.row import Row, table

RESULTS = Path(__file__).resolve().parents[2] / ".halo" / "bench-directory.json"

PARTS: dict[str, Callable[[], Iterable[Row]]] = {
    "resolving": resolving.rows,
    "finding": lambda: _finding(finding.measure()),
    "how well we find": quality.rows,
    "importing": importing.rows,
}
"""What is measured, one after another."""


def main() -> int:
    """Measure, print the table, write JSON; 0 also if a target was missed: the table says so."""
    began, load = time.monotonic(), busy()
    _say(f"{machine()}; load of the machine before: {load:.1f}")
    found: list[Row] = []
    for what, measured in PARTS.items():
        _say(f"{what} ...")
        found += measured()
    seconds = time.monotonic() - began
    _say(f"\n{table(found)}\n")
    told = {
        "machine": machine(),
        "load_before": load,
        "seconds": round(seconds, 1),
        "targets": [asdict(row) | {"kept": row.kept} for row in found],
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = sum(not row.kept for row in found)
    _say(f"bench: {len(found) - missed} targets kept, {missed} missed, in {seconds:.0f} seconds")
    return 0


def _finding(found: finding.Found) -> Iterable[Row]:
    note = (
        f"{found.keystrokes} keystrokes; p50 {found.p50:.1f}, longest {found.longest:.1f} ms; "
        f"index built in {found.built:.1f} s"
    )
    yield Row(
        "find by words, p99, as you type, 5,000 people × 500 matters",
        finding.P99_TARGET,
        "ms",
        found.p99,
        note,
    )


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
