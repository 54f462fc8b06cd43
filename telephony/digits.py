"""Digits: the pure decision "is this enough?", kept apart from the waiting.

A matcher looks at all keys so far and says COMPLETE, INCOMPLETE or INVALID. How long to wait is a
`Patience` of three named timeouts.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum

from telephony.values import Played


class Match(Enum):
    """What a matcher says of the keys typed so far."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    INVALID = "invalid"


Matcher = Callable[[str], Match]
"""Looks at all keys so far, decides, and does nothing else."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait for keys, in seconds: the first (after the prompt), the next, all of them."""

    first: float = 6.0
    between: float = 3.0
    overall: float = 30.0


@dataclass(frozen=True, slots=True)
class Typed:
    """The answer to a question: `keys` (terminator left out) and how the typing ended.

    INCOMPLETE means that patience ran out; `keys` is then what was typed until then, maybe nothing.
    """

    keys: str
    match: Match
    heard: Played = Played.WHOLE
    """How much of the question was heard: a key cuts it short."""

    @property
    def nothing(self) -> bool:
        """Whether the caller pressed no key at all."""
        return not self.keys and self.match is Match.INCOMPLETE


def one_of(keys: Collection[str]) -> Matcher:
    """Match exactly one key out of `keys`: a menu."""
    allowed = frozenset(keys)

    def match(typed: str) -> Match:
        if not typed:
            return Match.INCOMPLETE
        return Match.COMPLETE if typed in allowed else Match.INVALID

    return match


def no_key(_: str) -> Match:
    """Match nothing: asked with it, a call forgets the keys that were kept."""
    return Match.INVALID


def digits(count: int, *, ended_by: str = "#") -> Matcher:
    """Match that many digits, complete with the last one, or fewer that are closed by `ended_by`."""

    def match(typed: str) -> Match:
        body, ended = typed.removesuffix(ended_by), typed.endswith(ended_by)
        if not all(key in "0123456789" for key in body):
            return Match.INVALID
        if len(body) == count or (ended and body):
            return Match.COMPLETE
        return Match.INVALID if ended else Match.INCOMPLETE

    return match


MOST_KEYS = 40
"""Nobody types more than this meaning a number; a stuck key or a flood does."""


def number_ended_by(terminator: str = "#", *, at_most: int = 15) -> Matcher:
    """Match digits closed by `terminator`, at most `at_most` of them (E.164 has 15).

    A number that is too long is judged when it is closed, so that its last digits are not taken for the
    answer to the next question.
    """

    def match(typed: str) -> Match:
        body, ended = (typed[:-1], True) if typed.endswith(terminator) else (typed, False)
        if len(body) > MOST_KEYS or not all(key in "0123456789" for key in body):
            return Match.INVALID
        if not ended:
            return Match.INCOMPLETE
        return Match.COMPLETE if 0 < len(body) <= at_most else Match.INVALID

    return match
