"""The stage of a soak: a PBX, the service as a process, and the telephones of the hall, all of one's own."""

import asyncio
import os
import re
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from api.tokens import Scope, Tokens
from records.migrate import upgrade
from tests.pbx.asterisk import CITY, Pbx
from tests.pbx.postgres import Cluster
from tests.soak.air import Air
from tests.soak.gauges import Held, OnThePbx, held_by, on_the_pbx
from tests.soak.ledger import Ledger
from tests.soak.light_call import now, so_long
from tests.soak.screen import RestScreen
from tests.soak.serving import chirps
from tests.soak.sounds import Sounds, rendered
from tests.soak.staff import Act, Telephone, clerk, colleagues
from tests.soak.town import CLERKS, hall
from tests.soak.traffic import Traffic

CLONE = Path(__file__).resolve().parents[2]
OPEN = "2026-11-24T10:00"
"""A Tuesday; the clock runs on from there, and no soak lasts until the hall closes."""
SERVING = "tests.soak.serving"
"""The module that is the service."""
AUDIO = (7000, 8199)
"""Ports for 300 calls; a test has a hundred of its own, for 50."""
REST_WITHIN = 90.0
"""Seconds after the last call within which nothing of it may be left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Everything that is held at one moment."""

    service: Held
    asterisk: Held
    pbx: OnThePbx
    metrics: dict[str, float]


@dataclass(slots=True, kw_only=True)
class Stage:
    """What a soak is played on."""

    pbx: Pbx
    service: Process
    screen: RestScreen
    traffic: Traffic
    telephones: dict[str, Telephone]
    state: Path
    database_url: str
    settle: float
    """Seconds that are waited when all is over: for connections kept for a moment, and timers that run out."""

    async def moment(self) -> Moment:
        """Look at everything."""
        pbx, metrics = await asyncio.gather(on_the_pbx(self.pbx), self.screen.metrics())
        return Moment(service=self.service_held(), asterisk=held_by(self.pbx.pid), pbx=pbx, metrics=metrics)

    def service_held(self) -> Held:
        """What the service holds just now."""
        return held_by(self.service.pid)

    async def at_rest(self) -> Moment:
        """Wait until nothing goes on any more, and look; what is left when the time is up is in the moment."""
        until = now() + REST_WITHIN
        while True:
            seen = await self.moment()
            busy = seen.pbx.channels + seen.pbx.bridges + seen.metrics["halo_journal_waiting"]
            if not busy + seen.metrics["halo_calls_up"] or now() > until:
                break
            await so_long(0.2)
        await so_long(self.settle)
        return await self.moment()

    async def ends(self) -> int:
        """Tell the service to stop; its exit code."""
        if self.service.returncode is None:
            self.service.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            return await self.service.wait()


@asynccontextmanager
async def stage(*, database: str, seed: int, log: Path, crowded: bool, settle: float) -> AsyncIterator[Stage]:
    """Set everything up, with all clerks on duty, and take it down again."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="halo-soak-")))
        state = folder / "state"
        state.mkdir()
        url = f"sqlite+aiosqlite:///{state / 'halo.sqlite3'}"
        if database == "postgresql":
            cluster = stack.enter_context(Cluster())
            url = cluster.url(cluster.new_database())
        await upgrade(url)  # as after the first start: the process that is measured finds its tables made
        acts = colleagues()
        phones = (*acts, *CLERKS)
        pbx = stack.enter_context(_pbx(phones, crowded=crowded))
        sounds = await asyncio.to_thread(_rendered, state)
        _, token = Tokens(state).create("soak", Scope.DESK)
        service, base = await _service(stack, pbx, state, url, log)
        screen = await stack.enter_async_context(RestScreen(base, token))
        city, office = (Air(host, pbx.sip_address, sounds) for host in (CITY, "127.0.0.1"))
        stack.callback(city.close)
        stack.callback(office.close)
        traffic = Traffic(pbx, city, Ledger(), Random(seed))
        stack.callback(traffic.ends)
        acts |= dict.fromkeys(CLERKS, clerk(traffic.citizens, screen))
        telephones = await _telephones(stack, pbx, office, acts)
        await _reached(screen)
        await asyncio.gather(*(telephones[number].logs_on() for number in CLERKS))
        yield Stage(
            settle=settle,
            pbx=pbx,
            service=service,
            screen=screen,
            traffic=traffic,
            telephones=telephones,
            state=state,
            database_url=url,
        )


def _pbx(phones: tuple[str, ...], *, crowded: bool) -> Pbx:
    """An Asterisk of one's own; it takes as many calls as a quarter of its ports for audio."""
    return Pbx(phones=phones, rtp_ports=AUDIO) if crowded else Pbx(phones=phones)


async def _reached(screen: RestScreen) -> None:
    """Return when calls reach the service."""
    async with asyncio.timeout(60):
        while not (await screen.metrics()).get("halo_line_ready"):
            await so_long(0.1)


def _rendered(state: Path) -> Sounds:
    voice = chirps(state)
    try:
        return rendered(voice, hall())
    finally:
        voice.close()


async def _service(stack: AsyncExitStack, pbx: Pbx, state: Path, url: str, log: Path) -> tuple[Process, str]:
    """Start the service, and return when it says where its API is, and is ready."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HALO_")} | {
        "HALO_ASTERISK_URL": pbx.ari_url,
        "HALO_ASTERISK_USER": pbx.ari_user,
        "HALO_ASTERISK_PASSWORD": pbx.ari_password,
        "HALO_ASTERISK_APP": pbx.app,
        "HALO_DATABASE_URL": url.replace("+aiosqlite", "").replace("+asyncpg", ""),
        "HALO_API_PORT": "0",
        "HALO_STATE_DIR": str(state),
        "HALO_CLOCK": OPEN,
    }
    command = ("setpriv", "--pdeathsig=KILL", "--", sys.executable, "-m", SERVING)
    with log.open("wb") as errors:
        service = await asyncio.create_subprocess_exec(
            *command, cwd=CLONE, env=environ, stdout=PIPE, stderr=errors, start_new_session=True
        )
    stack.push_async_callback(_ended, service)
    assert service.stdout is not None
    async with asyncio.timeout(60):
        while line := (await service.stdout.readline()).decode():
            if found := re.search(r"The API listens on (\S+)\.$", line):
                return service, found[1]
    raise AssertionError(f"the service did not start:\n{log.read_text()}")


async def _ended(service: Process) -> None:
    if service.returncode is None:
        service.kill()
    await service.communicate()


async def _telephones(
    stack: AsyncExitStack, pbx: Pbx, air: Air, acts: dict[str, Act]
) -> dict[str, Telephone]:
    telephones = {extension: Telephone(pbx, air, extension, act) for extension, act in acts.items()}
    for telephone in telephones.values():
        stack.push_async_callback(telephone.leaves)
        await telephone.registers()
    return telephones
