"""The service is killed with many calls up, and starts again: how long until it has all of them in hand?

What is timed is outside of both: from the new process's first packet to Asterisk's HTTP port (its connect) until it
says of itself that it is ready and has so many calls. Starting Python, opening the database and replaying the spool
come before the connect, and are told apart.
"""

import asyncio
import os
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bpf import sip_of
from benchmarks.dialogs import Traced, trace
from benchmarks.load import Manner
from benchmarks.processes import resident_mib
from benchmarks.stage import DIALLED, Stage, Way
from benchmarks.wiretap import Wiretap

LONG = Manner(stays=60.0)
STAY_UP = 6.0
"""Seconds after the last call's arrival: by then every talk is proven."""
PATIENCE = 30.0
LOOK = 0.02


@dataclass(frozen=True, slots=True)
class Restarted:
    """What was seen."""

    calls: int
    up_before: float
    """Calls that the old process had."""
    resident_mib: float
    """Its memory then."""
    connected_after: float
    """Seconds from starting the new process to its first connection to Asterisk."""
    reconciled_after: float
    """Seconds from that connection until it was ready and had as many calls."""
    up_after: float
    ended_well: int
    """Calls in which both legs ended when the citizen put down, long after."""
    on_record: int
    """Calls of these with their end on record."""


def run_restart(stage: Stage, calls: int) -> Restarted:
    """Kill the service on SQLite with `calls` calls up, start it again, and let the citizens put down."""
    service = stage.services[Way.SQLITE]
    before = asyncio.run(service.kept())
    rate = 20.0
    with Wiretap(sip_of(stage.pbx.sip_port)) as wire, ExitStack() as people:
        people.enter_context(stage.load.phones(LONG))
        people.enter_context(stage.load.citizens(LONG, DIALLED[Way.SQLITE], rate=rate, calls=calls))
        time.sleep(calls / rate + STAY_UP)
        up, memory = service.metric("halo_calls_up") or 0.0, resident_mib(service.pid)
        service.kill()
        started = time.monotonic()
        service.start()
        connected = _until_connected(stage, service.pid) - started
        done, now_up = _until_all_are_there(stage, up)
        people.close()  # when all citizens have put down
    kept = asyncio.run(_all_ended(stage, before.ended + calls))
    ended = [call for call in trace(wire.packets).calls if _ended_well(call)]
    return Restarted(
        calls=calls,
        up_before=up,
        resident_mib=memory,
        connected_after=connected,
        reconciled_after=done - started - connected,
        up_after=now_up,
        ended_well=len(ended),
        on_record=kept - before.ended,
    )


def _ended_well(call: Traced) -> bool:
    return call.put_down is not None and call.released is not None and call.phone_released is not None


def _until_connected(stage: Stage, pid: int) -> float:
    """When the process first has a connection to Asterisk's HTTP port, by the kernel's tables."""
    port = int(stage.pbx.ari_url.rsplit(":", 1)[1])
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if sockets_to(port, Path("/proc/net/tcp").read_text()) & _sockets_of(pid):
            return time.monotonic()
        time.sleep(0.005)
    raise RuntimeError("the new process never connected to Asterisk")


def sockets_to(port: int, table: str) -> set[str]:
    """The inodes of established connections to this TCP port, in the kernel's table."""
    rows = [line.split() for line in table.splitlines()[1:]]
    return {row[9] for row in rows if int(row[2].split(":")[1], 16) == port and row[3] == "01"}


def _sockets_of(pid: int) -> set[str]:
    found = set()
    for number in os.listdir(f"/proc/{pid}/fd"):
        with suppress(FileNotFoundError):
            link = os.readlink(f"/proc/{pid}/fd/{number}")
            if link.startswith("socket:["):
                found.add(link[8:-1])
    return found


def _until_all_are_there(stage: Stage, wanted: float) -> tuple[float, float]:
    service = stage.services[Way.SQLITE]
    until, up = time.monotonic() + PATIENCE, 0.0
    while time.monotonic() < until:
        up = service.metric("halo_calls_up") or 0.0
        if up >= wanted and service.metric("halo_line_ready") == 1.0:
            break
        time.sleep(LOOK)
    return time.monotonic(), up


async def _all_ended(stage: Stage, wanted: int) -> int:
    service = stage.services[Way.SQLITE]
    until = time.monotonic() + PATIENCE
    while (kept := await service.kept()).ended < wanted and time.monotonic() < until:
        await asyncio.sleep(0.2)
    return kept.ended
