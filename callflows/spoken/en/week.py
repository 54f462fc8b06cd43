"""The hall's opening hours as one English sentence."""

from collections.abc import Sequence

from callflows.spoken.en.times import time_of_day, weekday_name
from callflows.spoken.stretches import Stretch, round_the_clock, runs, stretches
from directory.model import Hours, Week


def hours_of_week(week: Week) -> str:
    """Say when the hall is open; "" if it never is.

    "Monday to Friday from eight in the morning until three thirty in the afternoon, but on Tuesday until five in the
    afternoon".
    """
    return ", ".join(_said(stretch) for stretch in stretches(week))


def _said(stretch: Stretch) -> str:
    if stretch.instead_of is not None:
        return f"but on {_days(stretch.days)} {_differing(stretch.hours, stretch.instead_of)}"
    days = "every day" if stretch.every_day else _days(stretch.days)
    return f"{days} {_from_until(stretch.hours)}"


def _from_until(hours: Hours) -> str:
    if round_the_clock(hours):
        return "round the clock"
    return f"from {time_of_day(hours.opens)} {_until(hours)}"


def _until(hours: Hours) -> str:
    return f"until {time_of_day(hours.closes)}"


def _differing(hours: Hours, usual: Hours) -> str:
    """Only what differs, where that is one end of the day."""
    if hours.opens == usual.opens:
        return _until(hours)
    if hours.closes == usual.closes:
        return f"from {time_of_day(hours.opens)}"
    return _from_until(hours)


def _days(days: Sequence[int]) -> str:
    """Name the days: "Monday to Wednesday and Friday", "Tuesday and Thursday"."""
    said: list[str] = []
    for run in runs(days):
        if len(run) > 2:
            said.append(f"{weekday_name(run[0])} to {weekday_name(run[-1])}")
        else:
            said += [weekday_name(weekday) for weekday in run]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
