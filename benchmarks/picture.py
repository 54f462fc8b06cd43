"""The picture of a run: how long callers wait for an answer, against the rate of calls."""

from pathlib import Path

import matplotlib as mpl

from benchmarks.figures import Spread
from benchmarks.stage import Way
from benchmarks.targets import Steps

mpl.use("svg")

from matplotlib import pyplot as plt

COLOURS = {Way.DIALPLAN: "#666666", Way.SQLITE: "#0b6e4f", Way.POSTGRES: "#1f4e9e"}


def draw(path: Path, steps: Steps, *, told: str) -> None:
    """Write an SVG: p50 and p99 of INVITE → 200 OK for each way; a cross where a step was not clean."""
    mpl.rcParams["svg.hashsalt"] = "halo"
    mpl.rcParams["svg.fonttype"] = "none"
    figure, axes = plt.subplots(figsize=(8, 4.5))
    for way, colour in COLOURS.items():
        rates = sorted(rate for one, rate in steps if one is way)
        spreads = [Spread.of(steps[way, rate].answered) for rate in rates]
        axes.plot(rates, [one.p99 for one in spreads], "o-", color=colour, label=f"{way.value}, p99")
        axes.plot(rates, [one.p50 for one in spreads], "--", color=colour, label=f"{way.value}, p50")
        unclean = [
            (rate, one.p99) for rate, one in zip(rates, spreads, strict=True) if not steps[way, rate].clean
        ]
        axes.plot([rate for rate, _ in unclean], [p99 for _, p99 in unclean], "x", color="red", markersize=12)
    axes.set_yscale("log")
    axes.set_xlabel("calls per second")
    axes.set_ylabel("INVITE → 200 OK, ms")
    axes.set_title(told, fontsize=9)
    axes.grid(visible=True, which="both", alpha=0.25)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)
