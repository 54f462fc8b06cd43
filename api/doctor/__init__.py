"""The doctor behind `halo check`: looks at everything that a call needs, and changes nothing.

Each examination gives findings; a finding that is no "ok" says what was found and how to mend it. The line is
examined as the service would use it: with its settings, its database, its voice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from api.doctor import house, machine, neighbours, service, telephone
from api.doctor.finding import Finding, Standing
from api.settings import Settings

EXAMINATIONS: Sequence[Callable[[Settings], Awaitable[Sequence[Finding]]]] = (
    machine.state_folder,
    machine.disk,
    machine.clock,
    machine.port,
    service.service,
    telephone.asterisk,
    service.asterisk_records,
    house.database,
    service.spool,
    house.directory,
    house.prompts,
    neighbours.ldap,
    neighbours.calendars,
)


async def examine(settings: Settings) -> tuple[Finding, ...]:
    """Make all examinations, in the order in which an administrator mends."""
    found = await asyncio.gather(*(examination(settings) for examination in EXAMINATIONS))
    return tuple(finding for findings in found for finding in findings)


__all__ = ["Finding", "Standing", "examine"]
