"""What is printed and written of a run: the matrix, the counts, and what was wrong."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.cell import Verdict
from tests.chaos.invariants import Kind
from tests.chaos.worker import written


@dataclass(frozen=True, slots=True)
class Report:
    """A run over these faults and steps."""

    verdicts: Sequence[Verdict]
    faults: Sequence[str]
    steps: Sequence[str]
    seconds: float

    @property
    def kept(self) -> bool:
        """Whether every cell was played, and kept."""
        return len(self.verdicts) == len(self.faults) * len(self.steps) and all(
            verdict.kept for verdict in self.verdicts
        )

    @property
    def counts(self) -> str:
        """The three figures that must be 0, and how many cells they stand on."""
        kinds = (Kind.ORPHANED, Kind.LOST, Kind.DOUBLE, Kind.WRONG)
        counted = {kind: sum(verdict.count(kind) for verdict in self.verdicts) for kind in kinds}
        kept = sum(verdict.kept for verdict in self.verdicts)
        return (
            f"{kept} of {len(self.faults) * len(self.steps)} cells kept, in {self.seconds:.0f} s: "
            f"{counted[Kind.ORPHANED]} orphaned, {counted[Kind.LOST]} lost facts, "
            f"{counted[Kind.DOUBLE]} double facts, {counted[Kind.WRONG]} otherwise wrong"
        )

    def table(self) -> str:
        """The matrix in Markdown: a row for each step, a column for each fault."""
        rows = [
            ["step", *(fault.replace("_", " ") for fault in self.faults)],
            ["---"] * (len(self.faults) + 1),
        ]
        rows += [
            [step.replace("_", " "), *(self._cell(fault, step) for fault in self.faults)]
            for step in self.steps
        ]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _cell(self, fault: str, step: str) -> str:
        for verdict in self.verdicts:
            if (verdict.fault, verdict.step) == (fault, step):
                return "kept" if verdict.kept else "**not kept**"
        return "not played"

    def write(self, folder: Path) -> None:
        """Leave `chaos.json` with everything, and `chaos.md` with the matrix."""
        folder.mkdir(exist_ok=True)
        cells = [json.loads(written(verdict)) for verdict in self.verdicts]
        told = {"kept": self.kept, "counts": self.counts, "seconds": self.seconds, "cells": cells}
        (folder / "chaos.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
        (folder / "chaos.md").write_text(f"{self.table()}\n\n{self.counts}.\n", encoding="utf-8")
