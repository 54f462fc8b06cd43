"""What is held at a moment, looked at from outside: by a process, by the service's own account, and by the PBX."""

import asyncio
import os
import re
from dataclasses import dataclass
from pathlib import Path

from tests.pbx.asterisk import Pbx

METRIC = re.compile(r"^(halo_[a-z_]+) ([-+.0-9eE]+)$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one process holds."""

    memory: float
    """MiB in main memory (VmRSS)."""
    descriptors: int
    threads: int
    cpu: float
    """Seconds of processor time since it began."""


def held_by(pid: int) -> Held:
    """Read it from /proc."""
    process = Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    spent = (process / "stat").read_text().rpartition(")")[2].split()
    return Held(
        memory=int(status["VmRSS"].split()[0]) / 1024,
        descriptors=len(os.listdir(process / "fd")),
        threads=int(status["Threads"]),
        cpu=(int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK"),
    )


def metrics_in(text: str) -> dict[str, float]:
    """The service's own account (the Prometheus text): what has no label."""
    return {name: float(value) for name, value in METRIC.findall(text)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OnThePbx:
    """What Asterisk has just now."""

    channels: int
    bridges: int
    waiting: int
    """Events that wait for the service, in Asterisk's own queues."""


async def on_the_pbx(pbx: Pbx) -> OnThePbx:
    """Ask by ARI and at the console. A playback lives in a channel or a bridge: without these there is none."""
    channels, bridges, queues = await asyncio.gather(
        asyncio.to_thread(pbx.channels),
        asyncio.to_thread(pbx.ari, "bridges"),
        asyncio.to_thread(pbx.cli, "core show taskprocessors like stasis/m:ari"),
    )
    in_queue = [line.split()[2] for line in queues.splitlines() if line.startswith("stasis/m:ari")]
    return OnThePbx(channels=len(channels), bridges=len(bridges), waiting=sum(map(int, in_queue)))
