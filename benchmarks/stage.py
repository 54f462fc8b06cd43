"""What is measured: one Asterisk, and at it side by side a pure dialplan and two services.

All three ways of a call are in the same Asterisk, in the configuration that a hall gets; the number that is dialled
chooses. The services are real processes, one on SQLite, one on PostgreSQL, each with an application name of its own.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from benchmarks.load import Load
from benchmarks.service import HaloService
from benchmarks.town import AT_ONCE, BY_KEY, write_prompt
from tests.pbx.asterisk import Pbx
from tests.pbx.postgres import Cluster

AUDIO_PORTS = (61000, 65499)
"""Four for a call: room for 1,125 at once, above the ports that the machine gives out by itself."""
LEVELS = ("notice", "warning", "error", "security")
"""What a hall's Asterisk logs."""


class Way(Enum):
    """The three ways of a call that are compared."""

    DIALPLAN = "dialplan"
    SQLITE = "sqlite"
    POSTGRES = "postgresql"


DIALLED = {Way.DIALPLAN: "990", Way.SQLITE: "447327700", Way.POSTGRES: "991"}
SECOND_APP = "halo-pg"

_DIALPLAN = """
; The benchmark's own numbers.
[from-city](+)
exten => {plain},1,Answer()
 same => n,Playback({prompt})
 same => n,Dial(PJSIP/{phone}@hall-trunk,20)
 same => n,Hangup()
exten => {second},1,Stasis({app},{second})
 same => n,Hangup()
"""

DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
"""PostgreSQL as it is installed: the tests' own cluster keeps nothing safe."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything is up inside `stage()`."""

    pbx: Pbx
    cluster: Cluster
    services: dict[Way, HaloService]
    load: Load
    folder: Path


@contextmanager
def stage() -> Iterator[Stage]:
    """Put everything up; at the end nothing of it is left."""
    with ExitStack() as ending:
        folder = Path(tempfile.mkdtemp(prefix="halo-bench-"))
        ending.callback(shutil.rmtree, folder)
        pbx = _asterisk(folder)
        ending.callback(pbx.close)
        cluster = ending.enter_context(Cluster())
        for setting in DURABLE:
            name, _, value = setting.partition("=")
            cluster.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        cluster.sql("SELECT pg_reload_conf()")
        services = {
            Way.SQLITE: HaloService(folder, pbx, app=pbx.app),
            Way.POSTGRES: HaloService(
                folder, pbx, app=SECOND_APP, database_url=cluster.url(cluster.new_database())
            ),
        }
        pbx.start()
        for service in services.values():
            ending.callback(service.kill)
            asyncio.run(service.prepare())
            service.start()
        for service in services.values():
            service.until_ready()
        load = Load(folder, (pbx.sip_address, pbx.sip_port), pbx.hall_port)
        yield Stage(pbx, cluster, services, load, folder)


def _asterisk(folder: Path) -> Pbx:
    """A hall's Asterisk, with the benchmark's numbers beside the city's."""
    pbx = Pbx(
        phones=(), operator=(), behind_trunk=(AT_ONCE, BY_KEY), rtp_ports=AUDIO_PORTS, log_levels=LEVELS
    )
    words = {
        "plain": DIALLED[Way.DIALPLAN],
        "prompt": write_prompt(folder),
        "phone": AT_ONCE,
        "second": DIALLED[Way.POSTGRES],
        "app": SECOND_APP,
    }
    with (pbx.directory / "etc" / "phones-dialplan.conf").open("a", encoding="utf-8") as file:
        file.write(_DIALPLAN.format(**words))
    return pbx
