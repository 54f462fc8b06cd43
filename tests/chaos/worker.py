"""Plays cells one after another on an Asterisk of its own: `python -m tests.chaos.worker`.

Orders and verdicts are lines of JSON. It is a process, because ports are claimed by processes, and because a cell that
goes wrong shall harm no other.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docker" / "asterisk"))  # where pbx_config lies

from tests.chaos.cell import Verdict, play
from tests.chaos.invariants import Kind, Trouble
from tests.pbx.asterisk import Pbx


def written(verdict: Verdict) -> str:
    """A verdict as a line."""
    troubles = [[trouble.kind.value, trouble.what] for trouble in verdict.troubles]
    return json.dumps({**asdict(verdict), "troubles": troubles})


def read(line: str) -> Verdict:
    """A verdict from its line."""
    told: dict[str, Any] = json.loads(line)
    troubles = tuple(Trouble(Kind(kind), what) for kind, what in told.pop("troubles"))
    return Verdict(**told, troubles=troubles)


def main() -> None:
    """Play whatever is ordered, until there are no more orders."""
    with Pbx() as pbx:
        for line in sys.stdin:
            verdict = asyncio.run(play(pbx, **json.loads(line)))
            if not verdict.kept:
                pbx.kill()  # whatever this cell has left shall not spoil the next one
                pbx.start()
            print(written(verdict), flush=True)


if __name__ == "__main__":
    main()
