"""Delays after wrong passwords: they grow, for a name and for an address, and nobody can lock others out by them.

- A *name* that failed too often must wait, at most half a minute: at 12 characters or more that is enough to make
  guessing hopeless, and the owner of the name is never away for long.
- A browser in which the name has signed in before carries a *known device* mark (OWASP, "Slow down online
  guessing attacks with device cookies"): its attempts are counted by themselves, so whoever attacks a name, or
  shares an address with its owner, does not delay them at all.
- An *address* from which many names fail must wait up to a minute. Behind one proxy everybody has the proxy's
  address, unless `pages.proxy` names it.

Names are counted whether an account has them or not, so a delay tells nobody which names exist. Failures fade, one
after the other. Counters live in memory: whoever can restart the service needs no passwords.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Delay:
    """What is counted, how many failures are free, and the wait after them: 1, 2, 4 … seconds up to `longest`."""

    of: str
    free: int
    longest: float
    fades: float
    """Seconds after which one failure is forgotten."""

    def after(self, failures: float) -> float:
        """Seconds to wait after so many failures."""
        over = failures - self.free
        return 0.0 if over <= 0 else min(self.longest, 2.0 ** min(over - 1, 30.0))


OF_NAME = Delay("name", free=5, longest=30.0, fades=600.0)
OF_DEVICE = Delay("device", free=5, longest=30.0, fades=600.0)
OF_ADDRESS = Delay("address", free=20, longest=60.0, fades=30.0)

Whom = tuple[Delay, str]


@dataclass(slots=True)
class _Failed:
    failures: float = 0.0
    last: float = 0.0
    until: float = 0.0


@dataclass(slots=True)
class Attempts:
    """Counts failed attempts by kind and by whom; the oldest are forgotten where there are too many."""

    now: Callable[[], float] = time.monotonic
    at_most: int = 20_000
    _failed: OrderedDict[Whom, _Failed] = field(default_factory=OrderedDict)

    def wait(self, *whom: Whom) -> int:
        """Whole seconds until the next attempt is looked at; 0 if it may be now."""
        now = self.now()
        return max(math.ceil(max(0.0, self._of(each, now).until - now)) for each in whom)

    def failed(self, *whom: Whom) -> None:
        """Note a failure of each of these."""
        now = self.now()
        for each in whom:
            failures = self._of(each, now).failures + 1
            self._failed[each] = _Failed(failures, now, now + each[0].after(failures))
            self._failed.move_to_end(each)
        while len(self._failed) > self.at_most:
            self._failed.popitem(last=False)

    def forgive(self, *whom: Whom) -> None:
        """Take the last failure of each of these back: it was none."""
        now = self.now()
        for each in whom:
            failures = max(0.0, self._of(each, now).failures - 1)
            self._failed[each] = _Failed(failures, now)

    def forget(self, *whom: Whom) -> None:
        """Forget all failures of each of these."""
        for each in whom:
            self._failed.pop(each, None)

    def _of(self, whom: Whom, now: float) -> _Failed:
        known = self._failed.get(whom, _Failed())
        left = known.failures - (now - known.last) / whom[0].fades
        return _Failed(max(0.0, left), now, known.until)
