"""The hall's opening hours as one Polish sentence."""

from collections.abc import Sequence

from callflows.spoken.pl.times import WEEKDAYS_OF, WEEKDAYS_ON, At, time_of_day
from callflows.spoken.stretches import Stretch, round_the_clock, runs, stretches
from directory.model import Hours, Week


def hours_of_week(week: Week) -> str:
    """Say when the hall is open; "" if it never is.

    "Od poniedziałku do piątku od ósmej do piętnastej trzydzieści, a we wtorek do siedemnastej".
    """
    return ", ".join(_said(stretch) for stretch in stretches(week))


def _said(stretch: Stretch) -> str:
    if stretch.instead_of is not None:
        return f"a {_on(stretch.days)} {_differing(stretch.hours, stretch.instead_of)}"
    days = "codziennie" if stretch.every_day else _on(stretch.days)
    return f"{days} {_from_until(stretch.hours)}"


def _from_until(hours: Hours) -> str:
    if round_the_clock(hours):
        return "całą dobę"
    return f"{time_of_day(hours.opens, At.FROM)} {time_of_day(hours.closes, At.UNTIL)}"


def _differing(hours: Hours, usual: Hours) -> str:
    """Only what differs, where that is one end of the day."""
    if hours.opens == usual.opens:
        return time_of_day(hours.closes, At.UNTIL)
    if hours.closes == usual.closes:
        return time_of_day(hours.opens, At.FROM)
    return _from_until(hours)


def _on(days: Sequence[int]) -> str:
    """Say on which days: "od poniedziałku do środy i w piątek", "we wtorek i w czwartek"."""
    said: list[str] = []
    for run in runs(days):
        if len(run) > 2:
            said.append(f"od {WEEKDAYS_OF[run[0] - 1]} do {WEEKDAYS_OF[run[-1] - 1]}")
        else:
            said += [WEEKDAYS_ON[weekday - 1] for weekday in run]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} i {said[-1]}"
