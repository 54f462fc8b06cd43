"""What one call of the programme is: its play, what is demanded of it, and what the record must say."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from callflows.outcomes import CallOutcome, Outcome
from tests.demo.clock import MORNING
from tests.demo.demands import Demand
from tests.demo.record import Attempted, Presences
from tests.demo.stage import Stage
from tests.demo.texts import Text


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the database must say of a call: its outcome, each attempt, how many callbacks it promised, who was what."""

    outcome: CallOutcome
    attempts: tuple[Attempted, ...] = ()
    tickets: int = 0
    presence: Presences = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCall:
    """One call of the programme; `at` is what the demo's clock shows."""

    name: str
    title: Text
    about: Text
    play: Callable[[Stage], Awaitable[None]]
    demands: tuple[Demand, ...]
    recorded: Recorded
    at: datetime = MORNING


def by_the_line(*outcomes: Outcome) -> tuple[Attempted, ...]:
    """Attempts that the line made by itself."""
    return tuple(Attempted(outcome) for outcome in outcomes)
