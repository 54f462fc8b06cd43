"""The hall's opening hours as one sentence, days of equal hours said together."""

from collections.abc import Sequence
from datetime import time

from callflows.spoken.times import WEEKDAYS_OF, WEEKDAYS_ON, At, time_of_day
from directory.model import Hours, Week

_MIDNIGHTS = (time(0, 0), time(23, 59))
_DAYS = range(1, 8)


def hours_of_week(week: Week) -> str:
    """Say when the hall is open; "" if it never is.

    Most days alike, with a day inside that differs: "od poniedziałku do piątku od ósmej do piętnastej
    trzydzieści, a we wtorek do siedemnastej". Otherwise every group of equal days in turn.
    """
    groups: dict[Hours, list[int]] = {}
    for weekday in _DAYS:
        if weekday in week.days:
            groups.setdefault(week.days[weekday], []).append(weekday)
    if not groups:
        return ""
    usual = max(groups, key=lambda hours: len(groups[hours]))
    inside = _inside(groups[usual], week)
    said: list[str] = []
    for hours, days in groups.items():
        if hours == usual:
            said.append(f"{_on(sorted([*days, *inside]))} {_from_until(usual)}")
            for other, their in groups.items():
                if exceptions := [weekday for weekday in their if weekday in inside]:
                    said.append(f"a {_on(exceptions)} {_differing(other, usual)}")
        elif rest := [weekday for weekday in days if weekday not in inside]:
            said.append(f"{_on(rest)} {_from_until(hours)}")
    return ", ".join(said)


def _inside(usual: Sequence[int], week: Week) -> list[int]:
    """The days with other hours in the middle of the usual ones, if saying them as exceptions is simpler."""
    between = [d for d in range(usual[0], usual[-1] + 1) if d not in usual]
    if len(usual) < 3 or len(between) > 2 or not all(weekday in week.days for weekday in between):
        return []
    return between


def _from_until(hours: Hours) -> str:
    if hours.opens == time(0, 0) and hours.closes in _MIDNIGHTS:
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
    """Say on which days: "codziennie", "od poniedziałku do środy i w piątek", "we wtorek i w czwartek"."""
    if len(days) == len(_DAYS):
        return "codziennie"
    runs: list[list[int]] = []
    for weekday in days:
        if runs and weekday == runs[-1][-1] + 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    said: list[str] = []
    for run in runs:
        if len(run) > 2:
            said.append(f"od {WEEKDAYS_OF[run[0] - 1]} do {WEEKDAYS_OF[run[-1] - 1]}")
        else:
            said += [WEEKDAYS_ON[weekday - 1] for weekday in run]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} i {said[-1]}"
