"""What the running service says of itself, and what it has left in its folder for the database."""

import asyncio
import os
from collections.abc import Sequence

import aiohttp

from api.doctor.finding import Finding, odd, problem, well
from api.running import running
from api.settings import Settings
from records.asterisk_log import WITHOUT_SERVICE, Place, calls_without_service
from records.spool import SPOOL
from records.spool_reading import written

PATIENCE = aiohttp.ClientTimeout(total=5)
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask a service that listens so
GROWN = 10_000_000
"""Bytes: a spool that has grown so far is no longer about to be emptied."""


async def service(settings: Settings) -> Sequence[Finding]:
    """Whether it runs, and whether it finds itself ready."""
    check = "service"
    process = running(settings.state_dir)
    if process is None:
        what = (
            "The service does not run: calls are answered by Asterisk's dialplan, which rings the operator."
        )
        return [odd(check, what, "systemctl start halo (or: halo serve), and look into its log.")]
    if not settings.api.port:
        return [well(check, f"It runs (process {process}), with its API at a port of its own choice.")]
    host = EVERYWHERE.get(settings.api.host, settings.api.host)
    where = f"http://{f'[{host}]' if ':' in host else host}:{settings.api.port}/health/ready"
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(where) as answer:
            checks = (await answer.json())["checks"]
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
        mend = "Its watchdog ends it within 5 s under systemd; else: kill -9, and start it again."
        return [problem(check, f"Process {process} runs, and does not answer at {where}.", mend)]
    wrong = [each["reason"] for each in checks if not each["ok"]]
    if wrong:
        return [problem(check, reason, "See docs/operations.md, and the service's log.") for reason in wrong]
    return [well(check, f"It runs (process {process}) and is ready.")]


async def spool(settings: Settings) -> Sequence[Finding]:
    """What waits on disk for the database."""
    check = "spool"
    try:
        size = sum(written(settings.state_dir / SPOOL).values())
    except OSError as wrong:
        mend = "Run halo check as the service's own user: runuser -u halo -- halo check"
        return [odd(check, f"It cannot be read ({wrong.strerror}).", mend)]
    if not size:
        return [well(check, "No fact waits for the database.")]
    waiting = f"{max(1, size // 1000)} kB of facts wait for the database"
    if running(settings.state_dir) is None:
        return [odd(check, f"{waiting}.", "Start the service: it brings them in. Do not delete them.")]
    if size < GROWN:
        return [well(check, f"{waiting}; the service brings them in.")]
    return [
        odd(
            check,
            f"{waiting}: it has been away for long.",
            "Look at the database; keep the disk from filling.",
        )
    ]


async def asterisk_records(settings: Settings) -> Sequence[Finding]:
    """Whether the service can read what Asterisk writes while nobody else does."""
    check, folder = "asterisk's records", settings.asterisk.log_dir
    if folder is None:
        what = "Calls that were answered without the service never come into its record."
        return [odd(check, what, "Name Asterisk's folder `log` by asterisk.log_dir (HALO_ASTERISK_LOG_DIR).")]
    try:
        os.listdir(folder / WITHOUT_SERVICE.parent)
        found, _ = await asyncio.to_thread(calls_without_service, folder, Place())
    except OSError as wrong:
        mend = f"Let the service's user read it (docker/systemd/install does), or correct asterisk.log_dir: {folder}."
        return [problem(check, f"They cannot be read ({wrong.strerror}).", mend)]
    if not found:
        return [well(check, "No call was answered without the service, as far as they go back.")]
    last = found[-1].started.astimezone()
    return [
        well(
            check, f"{len(found)} calls were answered without the service, the last at {last:%Y-%m-%d %H:%M}."
        )
    ]
