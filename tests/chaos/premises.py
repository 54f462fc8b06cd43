"""Premises for one cell: a supervised service in a process of its own, on a real Asterisk, by a cable, with a database.

The service works in `state`. Where the disk is to fill up, that is a small file system of its own.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from api.tokens import Scope, Tokens
from tests.asterisk.cable import Cable
from tests.chaos.disk import SmallDisk
from tests.chaos.hall import zone_of_now
from tests.chaos.record import Record, read_record
from tests.chaos.serve import Plan
from tests.chaos.supervisor import Supervisor
from tests.chaos.voice import ToldBook
from tests.office.office import a_moment
from tests.pbx.asterisk import Pbx
from tests.pbx.ports import free_tcp_port
from tests.phones.clipbook import Clipbook
from tests.records.cluster import FrailCluster, frail_cluster

DATABASE = "halo.sqlite3"
LIMIT = 40.0
"""Seconds within which whatever is waited for here must have happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """Everything that a fault may strike."""

    pbx: Pbx
    cable: Cable
    service: Supervisor
    book: Clipbook
    database_url: str
    cluster: FrailCluster | None
    disk: SmallDisk | None
    session: aiohttp.ClientSession

    async def asks(self, path: str) -> Any:
        """What the service's API answers; None if it does not."""
        try:
            async with self.session.get(path) as answer:
                if answer.content_type == "application/json":
                    return await answer.json()
                return await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def measured(self, name: str) -> float | None:
        """One of the service's metrics; None if it does not answer."""
        text = await self.asks("/metrics")
        found = re.search(rf"^{name} (\S+)$", text or "", re.MULTILINE)
        return float(found[1]) if found else None

    async def failed_checks(self) -> list[str]:
        """Why the service is not ready; empty if it is. Its hall is in more of a hurry than a hall may be."""
        told = await self.asks("/health/ready")
        if not told:
            return ["it does not answer"]
        return [
            f"{check['name']}: {check['reason']}"
            for check in told["checks"]
            if not check["ok"] and check["name"] != "directory"
        ]

    async def is_well(self) -> None:
        """Wait until calls are answered and recorded."""
        failed = ["never asked"]
        try:
            async with asyncio.timeout(LIMIT):
                while failed := await self.failed_checks():
                    await a_moment()
        except TimeoutError:
            raise AssertionError(
                f"the service is not well: {failed}; its log ends:\n{self.service.tail()}"
            ) from None

    async def has_reconnected(self, before: float) -> None:
        """Wait until the service has opened its event socket more often than `before`, and is well again."""
        async with asyncio.timeout(LIMIT):
            while (await self.measured("halo_ari_reconnects_total") or 0.0) <= before:
                await a_moment()
        await self.is_well()

    async def record(self) -> Record:
        """All that is in its database."""
        if self.disk is None:
            return await read_record(self.database_url)
        with tempfile.TemporaryDirectory(prefix="halo-chaos-") as folder:
            copy = self.disk.copied(DATABASE, Path(folder))
            return await read_record(f"sqlite+aiosqlite:///{copy}")

    async def has_written(self) -> None:
        """Wait until every fact that was stated is committed."""
        async with asyncio.timeout(LIMIT):
            while await self.measured("halo_journal_waiting") != 0:
                await a_moment()


@asynccontextmanager
async def open_premises(
    pbx: Pbx, folder: Path, *, postgres: bool = False, small_disk: bool = False
) -> AsyncIterator[Premises]:
    """Serve until the end of the block; `folder` is empty, and its owner's to remove."""
    async with AsyncExitStack() as stack:
        cluster = stack.enter_context(frail_cluster()) if postgres else None
        disk = stack.enter_context(SmallDisk.mounted(folder / "disk")) if small_disk else None
        state = disk.folder if disk else folder / "state"
        seen = disk.seen if disk else state
        seen.mkdir(exist_ok=True)
        _, bearer = Tokens(seen).create("chaos", Scope.PERSONAL)
        cable = await stack.enter_async_context(Cable(pbx.ari_url))
        plan = Plan(
            ari_url=cable.url,
            ari_user=pbx.ari_user,
            ari_password=pbx.ari_password,
            app=pbx.app,
            logs=str(pbx.directory / "log"),
            database=cluster.url if cluster else f"sqlite+aiosqlite:///{state / DATABASE}",
            port=free_tcp_port(),
            state=str(state),
            clips=str(folder / "clips"),
            book=str(folder / "book.jsonl"),
            zone=zone_of_now(),
        )
        plan.write(folder / "plan.json")
        command = [
            *(disk.enter if disk else ()),
            sys.executable,
            "-m",
            "tests.chaos.serve",
            str(folder / "plan.json"),
        ]
        session = aiohttp.ClientSession(
            f"http://127.0.0.1:{plan.port}",
            headers={"Authorization": f"Bearer {bearer}"},
            timeout=aiohttp.ClientTimeout(total=3.0),
        )
        await stack.enter_async_context(session)
        service = Supervisor(command, folder / "service.log")
        stack.push_async_callback(service.stop)
        service.start()
        await service.is_ready()
        premises = Premises(
            pbx=pbx,
            cable=cable,
            service=service,
            book=ToldBook(folder / "book.jsonl"),
            database_url=plan.settings.database_url,
            cluster=cluster,
            disk=disk,
            session=session,
        )
        await premises.is_well()
        yield premises
