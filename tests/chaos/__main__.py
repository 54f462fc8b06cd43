"""The matrix: `python -m tests.chaos [--fault NAME]... [--step NAME]... [-n WORKERS] [--seconds N]`."""

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
sys.path.insert(
    0, str(CLONE / "docker" / "asterisk")
)  # where pbx_config lies, which the tests' Asterisk needs

from tests.chaos.cell import Verdict  # noqa: E402
from tests.chaos.faults import FAULTS, stops_the_database  # noqa: E402
from tests.chaos.invariants import Kind, Trouble  # noqa: E402
from tests.chaos.report import Report  # noqa: E402
from tests.chaos.steps import STEPS  # noqa: E402
from tests.chaos.worker import read  # noqa: E402

DATABASE_AWAY = 60.0
"""Seconds for which the database is away."""
WORKERS = 2 * (os.cpu_count() or 1)
"""A cell mostly waits for telephones, and for a watchdog."""
LINE = 1 << 24
"""Bytes that a verdict may have."""

Cell = tuple[str, str]


class Play:
    """Workers side by side, until no cell is left."""

    def __init__(self, cells: list[Cell], *, database_away: float) -> None:
        self.verdicts: list[Verdict] = []
        self._all = len(cells)
        self._left = cells
        self._away = database_away

    async def run(self, workers: int) -> None:
        """Play all of them."""
        async with asyncio.TaskGroup() as group:
            for _ in range(min(workers, self._all)):
                group.create_task(self._work())

    async def _work(self) -> None:
        while self._left:
            worker = await asyncio.create_subprocess_exec(
                *("setpriv", "--pdeathsig=TERM", "--", sys.executable, "-m", "tests.chaos.worker"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                cwd=CLONE,
                limit=LINE,
            )
            try:
                await self._plays(worker)
            finally:
                if worker.returncode is None:
                    worker.terminate()
                await worker.wait()

    async def _plays(self, worker: asyncio.subprocess.Process) -> None:
        """Hand it one cell after another; one that dies of a cell is replaced."""
        assert worker.stdin is not None
        assert worker.stdout is not None
        while self._left:
            fault, step = self._left.pop(0)
            order = {"fault": fault, "step": step, "database_away": self._away}
            worker.stdin.write(f"{json.dumps(order)}\n".encode())
            line = await worker.stdout.readline()
            if not line:
                died = Trouble(Kind.WRONG, "the worker has died of it")
                self._has(Verdict(fault=fault, step=step, seconds=0.0, troubles=(died,)))
                return
            self._has(read(line.decode()))
        worker.stdin.close()
        await worker.wait()

    def _has(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        word = "kept" if verdict.kept else "NOT KEPT"
        name = f"{verdict.fault} × {verdict.step}"
        done = f"{len(self.verdicts):4}/{self._all}"
        print(f"{done}  {name:60} {word:9} {verdict.seconds:5.1f} s  ({_stages(verdict)})", flush=True)
        for trouble in verdict.troubles:
            print(f"          {trouble.kind.value}: {trouble.what}", flush=True)


def _stages(verdict: Verdict) -> str:
    return ", ".join(f"{stage} {seconds:g}" for stage, seconds in verdict.stages.items())


def asked() -> argparse.Namespace:
    """What is wanted."""
    parser = argparse.ArgumentParser(prog="chaos", description="Every fault at every step of every story.")
    parser.add_argument(
        "--fault", action="append", choices=list(FAULTS), metavar="NAME", help=", ".join(FAULTS)
    )
    parser.add_argument("--step", action="append", choices=list(STEPS), metavar="NAME", help=", ".join(STEPS))
    parser.add_argument(
        "-n", type=int, default=WORKERS, metavar="WORKERS", help="so many at once (%(default)s)"
    )
    seconds = "how long the database is away (%(default)g)"
    parser.add_argument("--seconds", type=float, default=DATABASE_AWAY, metavar="SECONDS", help=seconds)
    return parser.parse_args()


def main() -> int:
    """Play what is wanted, and say how it went: 0 if every cell is kept."""
    wanted, began = asked(), time.monotonic()
    faults = [fault for fault in FAULTS if fault in (wanted.fault or FAULTS)]
    steps = [step for step in STEPS if step in (wanted.step or STEPS)]
    cells = [(fault, step) for fault in faults for step in steps]
    cells.sort(key=lambda cell: FAULTS[cell[0]].strikes is not stops_the_database)  # the longest first
    play = Play(cells, database_away=wanted.seconds)
    try:
        asyncio.run(play.run(wanted.n))
    except KeyboardInterrupt:
        print("chaos: broken off", file=sys.stderr)
    report = Report(play.verdicts, faults, steps, time.monotonic() - began)
    report.write(CLONE / ".halo")
    print(f"\n{report.table()}\n\nchaos: {report.counts}")
    return 0 if report.kept else 1


if __name__ == "__main__":
    sys.exit(main())
