"""What the callers and the phones lived through, in their own books: nothing here was asked of the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """One call as its caller knows it."""

    number: str
    """Empty if it was withheld."""
    wish: str
    answered: bool
    refused: int = 0
    """The final answer, if the network refused the call."""
    ordered: bool = False
    """They said yes to a number that was read back."""
    confirmed: bool = False
    """They heard that it is promised."""
    heard: Mapping[str, float] = field(default_factory=dict)
    """Who talked to them, by extension, and for how many seconds."""
    put_down_here: bool = False


@dataclass(slots=True)
class Ledger:
    """All calls of a run."""

    calls: list[Lived] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many calls there were of each wish."""
        found: dict[str, int] = {}
        for call in self.calls:
            found[call.wish] = found.get(call.wish, 0) + 1
        return dict(sorted(found.items()))
