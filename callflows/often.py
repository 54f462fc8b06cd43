"""How often each number calls, and how many of its calls are up: one mad dialler must not take the line from others.

Pure: the moments are given (`callflows.stopwatch`, which no change of hour moves), and nothing is known of calls. A
call that was turned away does not count, so that "call again in a minute" is true for whoever does. Memory is bounded
by the calls that are up, and by `most` numbers that called within the last minute.
"""

import re
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from enum import Enum

from directory.model import LinePolicy
from directory.numbers import international

MINUTE = 60.0
MOST_NUMBERS = 10_000
"""Numbers remembered at most, those that called last; each costs some 300 bytes and 32 for a call."""
MOST_IN_A_MINUTE = 200
"""Calls of one number remembered at most: no hall's limit is higher."""
TOLD_AT_ONCE = 5
"""So many calls of one number hear at once why they are turned away; the next ones hear the busy tone."""
LONGEST = 64
"""Characters of what a network shows as a number that are looked at."""

NOBODY = ""
"""The common name of all who show no number."""

_DECORATION = re.compile(r"[\s().\-/]")


class TooMany(Enum):
    """Which limit a call is over."""

    OFTEN = "often"
    """Calls of one number within a minute."""
    AT_ONCE = "at_once"
    """Calls of one number that are up."""
    WITHHELD = "withheld"
    """Calls without a number that are up, all callers together: nobody can tell them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """A call that is over a limit; `told` says whether there is a place left to hear why."""

    why: TooMany
    limit: int
    told: bool


class Often:
    """Counts the calls of each number, by `one_number`."""

    def __init__(self, *, most: int = MOST_NUMBERS) -> None:
        self._most = most
        self._recent: OrderedDict[str, deque[float]] = OrderedDict()
        """The moments of their calls within the last minute; who called last stands last."""
        self._up: Counter[str] = Counter()
        self._told: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many numbers are remembered."""
        return len(self._recent.keys() | self._up.keys() | self._told.keys())

    def limit(self, who: str, policy: LinePolicy, now: float) -> Limited | None:
        """Whether one more call of theirs would be too many, and why; changes nothing but what is forgotten."""
        self._forget(who, now)
        over = self._over(who, policy)
        if over is None:
            return None
        why, limit = over
        return Limited(why=why, limit=limit, told=self._told[who] < TOLD_AT_ONCE)

    def comes(self, who: str, limited: Limited | None, now: float) -> None:
        """A call of theirs has come, and was let in or turned away."""
        if limited is None:
            self._up[who] += 1
            if who != NOBODY:
                self._recent.setdefault(who, deque(maxlen=MOST_IN_A_MINUTE)).append(now)
                self._recent.move_to_end(who)
        elif limited.told:
            self._told[who] += 1
        self._forget(who, now)

    def goes(self, who: str, limited: Limited | None) -> None:
        """The same call is over."""
        if limited is None:
            _less(self._up, who)
        elif limited.told:
            _less(self._told, who)

    def _over(self, who: str, policy: LinePolicy) -> tuple[TooMany, int] | None:
        """The limit that is reached; a limit of 0 is none."""
        if who == NOBODY:
            most = policy.withheld_at_once
            return (TooMany.WITHHELD, most) if 0 < most <= self._up[who] else None
        if 0 < policy.calls_per_minute <= len(self._recent.get(who, ())):
            return TooMany.OFTEN, policy.calls_per_minute
        if 0 < policy.calls_at_once <= self._up[who]:
            return TooMany.AT_ONCE, policy.calls_at_once
        return None

    def _forget(self, who: str, now: float) -> None:
        """Drop what is a minute old: of this number, and of all that have not called for so long."""
        moments = self._recent.get(who, deque())
        while moments and moments[0] <= now - MINUTE:
            moments.popleft()
        while self._recent:
            first = next(iter(self._recent.values()))
            if first and first[-1] > now - MINUTE and len(self._recent) <= self._most:
                return
            self._recent.popitem(last=False)


def one_number(raw: str) -> str:
    """The same text for all ways of writing a number: 601 234 567, +48601234567, 0048601234567, 48601234567.

    What is no number stays as it came: whoever shows "abc" ten times is one caller, too.
    """
    text = _DECORATION.sub("", raw[:LONGEST])
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        return text
    return international(digits, plus="+" if text.startswith("+") else "") or text


def _less(counter: Counter[str], who: str) -> None:
    counter[who] -= 1
    if counter[who] <= 0:
        del counter[who]
