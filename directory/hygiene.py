"""Which extensions of the directory seem wrong, as nobody answers there: a rule, and the tasks that it opens.

"3 of 5 tries to ext. 214 unanswered this week: wrong number, or absence not entered?" Pure: the tries come from the
record of transfers, absences and the moment from whoever asks. What counts as a try, and as unanswered, is said in
`callflows.outcomes`; an offer to a clerk of the queue is none, and a try at somebody who was away is none either.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NewType

from directory.model import Hall, LinePolicy, PersonId, UnitId
from directory.whom import at_extension

TaskId = NewType("TaskId", str)
WasAway = Callable[[PersonId, datetime], bool]
"""Whether somebody was away at a moment, as far as we know by now."""


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody was rung at an extension. `person` is empty for a unit's own line."""

    at: datetime
    extension: str
    unit: UnitId
    person: PersonId
    answered: bool
    """Whether anybody was there at all: a busy or declined call is no wrong number."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An extension where too few answer; `since` and `last` are the first try that counts, and the last in vain."""

    extension: str
    unit: UnitId
    person: PersonId
    tries: int
    unanswered: int
    since: datetime
    last: datetime


class How(Enum):
    """How a task came to its end."""

    CORRECTED = "corrected"
    """The number was changed in the directory."""
    REASON = "reason"
    """Somebody said why nothing is wrong."""
    BY_ITSELF = "by_itself"
    """An absence was entered that explains the tries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A doubt that somebody of the unit has to settle; `closed` is None while it is open."""

    id: TaskId
    unit: UnitId
    person: PersonId
    extension: str
    opened: datetime
    raised: datetime
    """When it was last seen."""
    tries: int
    unanswered: int
    since: datetime
    """The first try that counts."""
    closed: datetime | None = None
    closed_by: str = ""
    how: How | None = None
    reason: str = ""


def window(policy: LinePolicy, now: datetime) -> datetime:
    """Return since when tries count."""
    return now - timedelta(days=policy.hygiene_days)


def counting(tries: Iterable[Try], since: datetime, away: WasAway) -> list[Try]:
    """Return the tries that say something: not too old, and at nobody who was away."""
    return sorted(
        (each for each in tries if each.at > since and not (each.person and away(each.person, each.at))),
        key=lambda each: each.at,
    )


def doubt(counted: list[Try], policy: LinePolicy) -> Doubt | None:
    """Return what is wrong with an extension by its tries (`counting`); None if nothing is.

    Wrong is where at least `hygiene_unanswered` of them, and at least the share `hygiene_share`, found nobody.
    """
    vain = [each for each in counted if not each.answered]
    if len(vain) < policy.hygiene_unanswered or len(vain) < policy.hygiene_share * len(counted):
        return None
    last = vain[-1]
    return Doubt(last.extension, last.unit, last.person, len(counted), len(vain), counted[0].at, vain[-1].at)


def explained(tries: Iterable[Try], task: Task, policy: LinePolicy, away: WasAway) -> bool:
    """Tell whether absences known by now explain so many of a task's tries that nothing is wrong without them.

    Tries that were answered since, or have become old, explain none.
    """
    since = task.since - timedelta(microseconds=1)
    everything = [each for each in tries if each.at > since]
    left = counting(everything, since, away)
    return len(left) < len(everything) and doubt(left, policy) is None


def is_rung_there(hall: Hall, seen: Doubt | Task) -> bool:
    """Tell whether that extension is still the one of whom this is about: if not, it was corrected."""
    if not seen.person:
        return at_extension(hall, seen.extension) is not None
    person = hall.people.get(seen.person)
    return bool(person and person.extension and person.extension.digits == seen.extension)


def sentence(task: Task) -> str:
    """Say in Polish what is wrong, for the unit's page."""
    tries = f"{task.unanswered} z {task.tries} {'próby' if task.tries == 1 else 'prób'}"
    seen = f"Numer wewnętrzny {task.extension}: {tries} od {task.since:%d.%m} bez odpowiedzi."
    return f"{seen} Zły numer czy niewpisana nieobecność?"
