"""One target of the project and what was reached, and the table of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One target. `reached` is NaN where nothing could be measured; `note` says on what it stands."""

    what: str
    target: float
    unit: str
    reached: float
    note: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the target is reached."""
        return self.reached >= self.target if self.at_least else self.reached <= self.target


def table(found: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | target | reached | | on what it stands |", "|---|---|---|---|---|"]
    for row in found:
        sign = "≥" if row.at_least else "≤"
        reached = "not measured" if math.isnan(row.reached) else f"{row.reached:.3g}"
        mark = "kept" if row.kept else "MISSED"
        unit = f" {row.unit}" if row.unit else ""
        lines.append(f"| {row.what} | {sign} {row.target:g}{unit} | {reached}{unit} | {mark} | {row.note} |")
    return "\n".join(lines)
