"""What the machine itself must give: a folder to write to, a right clock, a free port."""

import os
import shutil
import socket
import stat
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from api.clock import SystemClock
from api.doctor.finding import Finding, odd, problem, well
from api.running import running
from api.settings import Settings
from api.settings.model import HOME_ZONE

LOOPBACK = {"127.0.0.1", "::1", "localhost"}

NEARLY_FULL, FULL = 2000.0, 100.0
"""Megabytes that are free: a warning below the first, a problem below the second."""

BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""This version is not older than that; a clock that shows an earlier time is wrong."""


async def state_folder(settings: Settings) -> Sequence[Finding]:
    """The folder of everything that the service writes, and the modes of its secrets."""
    check, folder = "state folder", settings.state_dir
    if not folder.is_dir():
        return [
            problem(check, f"{folder} is not there.", f"Make it: mkdir -p {folder} (halo serve does so too).")
        ]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [
            problem(
                check,
                f"This user may not write to {folder}.",
                f"Give it to the service: chown USER {folder}.",
            )
        ]
    open_to_all = [path.name for path in _secrets(settings) if path.exists() and _others_may_read(path)]
    if open_to_all:
        named = ", ".join(open_to_all)
        return [odd(check, f"Everybody on this machine may read {named}.", "chmod 600 each of them.")]
    return [well(check, f"{folder} can be written.")]


async def disk(settings: Settings) -> Sequence[Finding]:
    """Room for facts, clips and the database on the disk of the state folder."""
    check, folder = "disk", settings.state_dir.absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free / 1e6
    if free < FULL:
        mend = "Make room: what the line says and records needs it. Calls go on, new facts stay in memory."
        return [problem(check, f"Only {free:.0f} MB are free where {folder} is.", mend)]
    if free < NEARLY_FULL:
        return [odd(check, f"Only {free:.0f} MB are free where {folder} is.", "Make room before it is full.")]
    return [well(check, f"{free / 1000:.1f} GB are free where {folder} is.")]


async def clock(settings: Settings) -> Sequence[Finding]:
    """The time of day, and the hall's time zone."""
    check = "clock"
    if settings.clock is not None:
        set_to = settings.clock.isoformat()
        return [
            odd(
                check, f"The clock is set to {set_to}: promises would have wrong times.", "Remove HALO_CLOCK."
            )
        ]
    try:
        zone = ZoneInfo(HOME_ZONE.key)
    except ZoneInfoNotFoundError:
        return [problem(check, "The machine knows no time zones.", "apt-get install tzdata")]
    now = SystemClock(zone).now()
    if now < BUILT:
        return [
            problem(
                check,
                f"The machine's clock shows {now:%Y-%m-%d %H:%M}, which is past.",
                "Set it, and run an NTP client.",
            )
        ]
    return [well(check, f"It is {now:%Y-%m-%d %H:%M} in {zone.key}.")]


async def port(settings: Settings) -> Sequence[Finding]:
    """The API's port: free, or held by our own service."""
    check, where = "port", settings.api
    if process := running(settings.state_dir):
        return [well(check, f"The service runs (process {process}).")]
    try:
        family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((where.host, where.port))
    except OSError as wrong:
        return [
            problem(
                check,
                f"The API cannot listen on {where.host}, port {where.port} ({wrong.strerror}).",
                "Stop the program that has it, or choose another (api.host, api.port).",
            )
        ]
    if where.host not in LOOPBACK:
        what = (
            f"Whoever reaches {where.host} may talk to the API, and others may listen: it is not encrypted."
        )
        return [odd(check, what, "Put a TLS proxy in front, or set api.host to 127.0.0.1.")]
    return [well(check, f"Port {where.port} of {where.host} is free.")]


def _secrets(settings: Settings) -> list[Path]:
    """Files that hold passwords, hashes of tokens, or callers' numbers."""
    own = [settings.state_dir / name for name in ("tokens.json", "halo.sqlite3")]
    password = settings.asterisk.password_file
    return [*own, password] if password is not None else own


def _others_may_read(path: Path) -> bool:
    return sys.platform != "win32" and bool(path.stat().st_mode & stat.S_IROTH)
