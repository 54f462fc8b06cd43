"""The fact of whom the directory proposed, each with the reason: the supervisor's answer to "why this person?"."""

from dataclasses import dataclass

from callflows.facts.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody competent, and why they are proposed or passed over; `person` is empty for a unit's own line."""

    person: str
    name: str
    unit: str
    target: str
    """The extension; empty if they have none."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesProposed(Fact):
    """The directory was asked who is competent and there: whom it proposes, in order, and whom it passes over.

    Of a long list only the first are named; `more` is how many others there are.
    """

    matter: str
    unit: str
    proposed: tuple[Named, ...]
    passed_over: tuple[Named, ...]
    more: int = 0
