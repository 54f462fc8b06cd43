"""The hall's week in the order in which it is told: days of equal hours together, exceptions beside the rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from directory.model import Hours, Week

_DAYS = range(1, 8)
_MIDNIGHTS = (time(0, 0), time(23, 59))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of equal hours. `instead_of` is the rule's hours if these days are the exception inside it."""

    days: tuple[int, ...]
    hours: Hours
    instead_of: Hours | None = None

    @property
    def every_day(self) -> bool:
        """Whether no day is left out."""
        return len(self.days) == len(_DAYS)


def stretches(week: Week) -> tuple[Stretch, ...]:
    """A week as it is told; empty if it is never open.

    Most days alike, with a day inside that differs, are told as one stretch with an exception after it.
    Otherwise every group of equal days in turn.
    """
    groups: dict[Hours, list[int]] = {}
    for weekday in _DAYS:
        if weekday in week.days:
            groups.setdefault(week.days[weekday], []).append(weekday)
    if not groups:
        return ()
    usual = max(groups, key=lambda hours: len(groups[hours]))
    inside = _inside(groups[usual], week)
    told: list[Stretch] = []
    for hours, days in groups.items():
        if hours == usual:
            told.append(Stretch(tuple(sorted([*days, *inside])), usual))
            for other, their in groups.items():
                if exceptions := tuple(weekday for weekday in their if weekday in inside):
                    told.append(Stretch(exceptions, other, instead_of=usual))
        elif rest := tuple(weekday for weekday in days if weekday not in inside):
            told.append(Stretch(rest, hours))
    return tuple(told)


def runs(days: Sequence[int]) -> list[list[int]]:
    """The days in runs of neighbours: [1, 2, 3, 5] gives [1, 2, 3] and [5]."""
    found: list[list[int]] = []
    for weekday in days:
        if found and weekday == found[-1][-1] + 1:
            found[-1].append(weekday)
        else:
            found.append([weekday])
    return found


def round_the_clock(hours: Hours) -> bool:
    """Whether these hours are the whole day."""
    return hours.opens == time(0, 0) and hours.closes in _MIDNIGHTS


def _inside(usual: Sequence[int], week: Week) -> list[int]:
    """The days with other hours in the middle of the usual ones, if saying them as exceptions is simpler."""
    between = [d for d in range(usual[0], usual[-1] + 1) if d not in usual]
    if len(usual) < 3 or len(between) > 2 or not all(weekday in week.days for weekday in between):
        return []
    return between
