"""Whether the service lives, and whether it can do its work: for watchdogs, proxies and people.

*Live* means that the event loop turns. *Ready* means that calls are answered, recorded, and led by the hall's
directory. A service that is not ready may still answer calls; it says what is wrong, and how to mend it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

ANSWER_SECONDS = 2.0
"""How long one check may take before it counts as failed."""


class NotReady(Exception):
    """One thing that is not as it must be; the text is one sentence with its mend."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be so: `probe` returns if it is, and raises NotReady if not."""

    name: str
    probe: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check went; `reason` is empty when it went well."""

    name: str
    ok: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """The service lives, and this is its version."""

    status: str
    version: str


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether the service can do its work, and each check with its reason."""

    ready: bool
    checks: tuple[CheckResult, ...]


async def readiness(checks: Sequence[Check], *, within: float = ANSWER_SECONDS) -> Ready:
    """Make all checks at once; one that takes longer than `within` seconds has failed."""
    results = tuple(await asyncio.gather(*(_result(check, within) for check in checks)))
    return Ready(all(result.ok for result in results), results)


async def _result(check: Check, within: float) -> CheckResult:
    try:
        async with asyncio.timeout(within):
            await check.probe()
    except NotReady as reason:
        return CheckResult(check.name, ok=False, reason=str(reason))
    except TimeoutError:
        return CheckResult(check.name, ok=False, reason=f"No answer within {within:g} seconds.")
    return CheckResult(check.name, ok=True)
