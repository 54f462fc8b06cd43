"""What can go wrong, as verbs: each does its harm at once, and returns what waits until it is over (`Heals`).

Over means: calls are answered and recorded again. Nothing here knows which call is up, or where it stands.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial

import aiohttp

from tests.chaos.premises import LIMIT, Premises
from tests.fakes.moments import passes

Heals = Callable[[], Awaitable[None]]
Verb = Callable[[Premises], Awaitable[Heals]]

DATABASE_AWAY = 4.0
"""Seconds for which the database is away in a sample; the whole matrix takes 60."""


async def kills_the_service(at: Premises) -> Heals:
    """SIGKILL: it can't say anything any more, and nothing in its memory is written."""
    before = at.service.starts
    at.service.sends(signal.SIGKILL)
    return partial(_by_the_next_process, at, before)


async def terminates_the_service(at: Premises) -> Heals:
    """SIGTERM and a quick start of the next one: an upgrade."""
    before = at.service.starts
    at.service.sends(signal.SIGTERM)
    return partial(_by_the_next_process, at, before)


async def freezes_the_service(at: Premises) -> Heals:
    """SIGSTOP: its sockets stay open and nothing is answered, until the watchdog ends it."""
    before = at.service.starts
    at.service.sends(signal.SIGSTOP)
    return partial(_by_the_next_process, at, before)


async def _by_the_next_process(at: Premises, before: int) -> None:
    await at.service.is_ready(after=before)
    await at.is_well()


async def cuts_the_socket(at: Premises) -> Heals:
    """Every connection to Asterisk is reset (RST); new ones work."""
    before = await _reconnects(at)
    at.cable.cut()
    return partial(at.has_reconnected, before)


async def freezes_the_socket(at: Premises) -> Heals:
    """Nothing passes any more, and nobody is told: a dead network. The line must find out by itself."""
    before = await _reconnects(at)
    at.cable.hold_still()

    async def heals() -> None:
        async with asyncio.timeout(LIMIT):
            while await at.measured("halo_line_ready") != 0.0:
                await passes(0.05)
        at.cable.let_go()
        await at.has_reconnected(before)

    return heals


async def takes_the_line(at: Premises) -> Heals:
    """Another program connects as the same application (ApplicationReplaced): ours stops until somebody has looked."""
    before = at.service.starts
    session = aiohttp.ClientSession(auth=aiohttp.BasicAuth(at.pbx.ari_user, at.pbx.ari_password))
    socket = await session.ws_connect(f"{at.pbx.ari_url}/ari/events", params={"app": at.pbx.app})

    async def heals() -> None:
        try:
            await at.service.has_ended()
        finally:
            await socket.close()
            await session.close()
        at.service.start()
        await _by_the_next_process(at, before)

    return heals


async def restarts_asterisk(at: Premises) -> Heals:
    """Asterisk crashes, and is started again: every call is cut, and no phone is told."""
    before = await _reconnects(at)
    at.pbx.kill()
    at.pbx.start()
    return partial(at.has_reconnected, before)


async def restarts_asterisk_in_order(at: Premises) -> Heals:
    """`systemctl restart` of Asterisk: it puts everybody down first, and tells them and us."""
    before = await _reconnects(at)
    at.pbx.restart()
    return partial(at.has_reconnected, before)


async def stops_the_database(at: Premises, *, seconds: float = DATABASE_AWAY) -> Heals:
    """PostgreSQL stops as in a crash, and is started again so many seconds later."""
    assert at.cluster is not None, "there is no server to stop"
    cluster, since = at.cluster, asyncio.get_running_loop().time()
    cluster.stop()

    async def heals() -> None:
        await passes(max(0.0, since + seconds - asyncio.get_running_loop().time()))
        cluster.start()
        await _writes_again(at)

    return heals


async def fills_the_disk(at: Premises) -> Heals:
    """The disk of the database and of everything else the service writes is full (ENOSPC), until somebody tidies up."""
    assert at.disk is not None, "there is no disk to fill"
    disk = at.disk
    disk.fill()

    async def heals() -> None:
        disk.empty()
        await _writes_again(at)

    return heals


async def _writes_again(at: Premises) -> None:
    await at.is_well()
    await at.has_written()


async def _reconnects(at: Premises) -> float:
    return await at.measured("halo_ari_reconnects_total") or 0.0


class Meanwhile(Enum):
    """When the people of a story go on."""

    AFTERWARDS = "afterwards"
    """When it is over: people wait a moment when a line falters."""
    DURING = "during"
    """While it lasts: the line must not falter at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A verb, and what of it the rest must know."""

    name: str
    """As the matrix calls it."""
    strikes: Verb
    people: Meanwhile = Meanwhile.AFTERWARDS
    cuts_everybody: bool = False
    """No call outlives it."""
    crashes_asterisk: bool = False
    """It writes no record of the calls that only its dialplan had."""
    renews_the_service: bool = False
    """Another process goes on: whoever was in a menu is greeted again."""
    stops_promises: bool = False
    """While it lasts no promise can be kept on disk, so none may be spoken."""
    postgres: bool = False
    small_disk: bool = False


_ALL: tuple[Fault, ...] = (
    Fault(name="kills_the_service", strikes=kills_the_service, renews_the_service=True),
    Fault(name="terminates_the_service", strikes=terminates_the_service, renews_the_service=True),
    Fault(name="freezes_the_service", strikes=freezes_the_service, renews_the_service=True),
    Fault(name="cuts_the_socket", strikes=cuts_the_socket),
    Fault(name="freezes_the_socket", strikes=freezes_the_socket),
    Fault(name="takes_the_line", strikes=takes_the_line, renews_the_service=True),
    Fault(name="restarts_asterisk", strikes=restarts_asterisk, cuts_everybody=True, crashes_asterisk=True),
    Fault(name="restarts_asterisk_in_order", strikes=restarts_asterisk_in_order, cuts_everybody=True),
    Fault(
        name="stops_the_database",
        strikes=stops_the_database,
        people=Meanwhile.DURING,
        stops_promises=True,
        postgres=True,
    ),
    Fault(
        name="fills_the_disk",
        strikes=fills_the_disk,
        people=Meanwhile.DURING,
        stops_promises=True,
        small_disk=True,
    ),
)
FAULTS: Mapping[str, Fault] = {fault.name: fault for fault in _ALL}
"""Every fault by its name, in the order of the matrix."""
