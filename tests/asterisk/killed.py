"""A service in a process of its own (`tests.asterisk.dying`), killed when its callers are where they shall be."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from tests.asterisk.serving import LIMIT, becomes
from tests.pbx.asterisk import Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone
from tests.phones.placed_call import PlacedCall

NOTHING_KNOWN = Clipbook()


@dataclass(slots=True)
class Left:
    """Who is on the line when the service is dead, by the state in which it has left them."""

    calls: dict[str, str] = field(default_factory=dict)
    """The ids that the dead service gave."""
    citizens: dict[str, Citizen] = field(default_factory=dict)
    placed: dict[str, PlacedCall] = field(default_factory=dict)


@asynccontextmanager
async def a_dying_service(pbx: Pbx, *states: str, caller: Phone | None = None) -> AsyncIterator[Left]:
    """A line in a process of its own, until its callers have reached these states; then it is killed (-9).

    Citizens call, or this phone of ours. They stay, until the block is left.
    """
    service_alone = [sys.executable, "-m", "tests.asterisk.dying", str(pbx.directory / "instance.json")]
    command = ["setpriv", "--pdeathsig=KILL", "--", *service_alone]  # it must not outlive the tests
    service = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert service.stdout is not None
    left = Left()
    async with AsyncExitStack() as callers:
        try:
            await becomes(lambda: _is_connected(pbx), "the service is connected")
            for state in states:
                if caller is not None:
                    left.placed[state] = await caller.dials(f"30{state}")
                else:
                    citizen = Citizen(pbx, NOTHING_KNOWN, dialled=f"44732770{state}")
                    left.citizens[state] = await callers.enter_async_context(citizen)
                    await citizen.dials()
                async with asyncio.timeout(LIMIT):
                    reached, call_id = (await service.stdout.readline()).decode().split()
                left.calls[reached] = call_id
        finally:
            if service.returncode is None:
                service.kill()
            await service.wait()
        yield left


def _is_connected(pbx: Pbx) -> bool:
    """Whether Asterisk knows the service."""
    return pbx.app in [application["name"] for application in pbx.ari("applications")]
