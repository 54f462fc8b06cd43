"""The targets of the project against what was reached, as a table."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.figures import Spread, ratio
from benchmarks.restarting import Restarted
from benchmarks.row import Row
from benchmarks.stage import Way
from benchmarks.step import Step

Steps = Mapping[tuple[Way, float], Step]
"""Every step by its way and its rate."""
COMPARED = 10.0
"""Calls a second at which the ways are compared."""


def rows(steps: Steps, accepted: Sequence[float], restarted: Restarted | None) -> list[Row]:
    """The table of targets that a benchmark can tell of."""
    found: list[Row] = []
    for way in (Way.SQLITE, Way.POSTGRES):
        found += _of_way(steps, way)
    if accepted:
        spread = Spread.of(accepted)
        found.append(
            Row(
                "last packet of the accept key → both hear each other, p99",
                60,
                "ms",
                spread.p99,
                _behind(spread),
            )
        )
    if restarted is not None:
        kept = f"{restarted.up_after:.0f} of {restarted.calls} taken over, {restarted.ended_well} ended well"
        found.append(
            Row(f"reconcile of {restarted.calls} live calls", 2, "s", restarted.reconciled_after, kept)
        )
        note = f"{restarted.up_before:.0f} calls up"
        found.append(
            Row(f"memory at {restarted.calls} concurrent calls", 150, "MiB", restarted.resident_mib, note)
        )
    return found


def _of_way(steps: Steps, way: Way) -> Iterator[Row]:
    name = way.value
    plain, ours = steps.get((Way.DIALPLAN, COMPARED)), steps.get((way, COMPARED))
    if plain is None or ours is None:
        return
    at = f"at {COMPARED:g} calls/s"
    yield Row(
        f"{name}: CPU of Asterisk per call ÷ dialplan",
        1.5,
        "",
        ratio(ours.asterisk_per_call, plain.asterisk_per_call),
        f"{ours.asterisk_per_call:.1f} ÷ {plain.asterisk_per_call:.1f} ms {at}",
    )
    yield Row(
        f"{name}: CPU of the service ÷ CPU of Asterisk",
        0.5,
        "",
        ratio(ours.service_per_call, ours.asterisk_per_call),
        f"{ours.service_per_call:.1f} ÷ {ours.asterisk_per_call:.1f} ms {at}",
    )
    best, best_plain = highest_clean(steps, way), highest_clean(steps, Way.DIALPLAN)
    open_end = "" if any(not step.clean for (one, _), step in steps.items() if one is Way.DIALPLAN) else "≥ "
    yield Row(
        f"{name}: highest clean rate ÷ dialplan",
        0.6,
        "",
        ratio(best, best_plain),
        f"{best:g} ÷ {open_end}{best_plain:g} calls/s",
        at_least=True,
    )
    one, other = Spread.of(ours.answered), Spread.of(plain.answered)
    yield Row(
        f"{name}: INVITE → 200 OK, p99, more than dialplan",
        10,
        "ms",
        one.p99 - other.p99,
        f"{one.p99:.1f} − {other.p99:.1f} {at}; {_behind(one)}",
    )
    gone = Spread.of(ours.gone)
    yield Row(f"{name}: caller hangs up → every leg gone, p99", 250, "ms", gone.p99, f"{at}; {_behind(gone)}")


def highest_clean(steps: Steps, way: Way) -> float:
    """The highest rate up to which every step of this way was clean; 0 if none was."""
    best = 0.0
    for rate in sorted(rate for one, rate in steps if one is way):
        if not steps[way, rate].clean:
            break
        best = rate
    return best


def _behind(spread: Spread) -> str:
    few = "" if spread.is_a_p99 else ", too few for a p99"
    return f"{spread.count} calls{few}"
