"""A supervisor of one service, in the few ways that matter here just like systemd.

It does what `docker/systemd/halo.service` asks for: Type=notify with NOTIFY_SOCKET, WatchdogSec, WatchdogSignal,
Restart, RestartSec, RestartPreventExitStatus (sd_notify(3), systemd.service(5)). What it keeps can't outlive the tests.
"""

import asyncio
import os
import secrets
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.fakes.memory.bell import Bell

CLONE = Path(__file__).resolve().parents[2]
WATCHDOG = 4.0
"""Seconds of silence after which the service is ended."""
RESTART = 0.2
"""Seconds from the end of a process to the start of the next one."""
WAIT_FOR_SOMEBODY = (2, 75, 78)
"""How a process ends that is not started again before somebody has looked."""
HOPELESS = 4
"""Starts without ever being ready after which nobody waits for another one."""
PATIENCE = 40.0
"""Seconds within which a service must be ready, on a busy machine."""


class Supervisor:
    """Keeps one command running; `bell` rings whenever something has changed."""

    def __init__(self, command: Sequence[str], log: Path, *, restart: float = RESTART) -> None:
        self.bell = Bell()
        self.starts = 0
        """How many processes there were, the present one included."""
        self.restart = restart
        """Seconds between the end of one and the start of the next."""
        self.log = log
        self._command = list(command)
        self._ready = self._wanted = self._stopping = False
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = -1
        self._told: socket.socket | None = None
        self._loop = asyncio.get_running_loop()
        self._watchdog: asyncio.TimerHandle | None = None
        self._restarting: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int:
        """The present process."""
        assert self._process is not None, "there is no process"
        return self._process.pid

    @property
    def ready(self) -> bool:
        """Whether the present process has said that it is."""
        return self._ready

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    def sends(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        os.kill(self.pid, number)

    def start(self) -> None:
        """Have it run from now on."""
        self._wanted = True
        if self._process is None:
            self._begins()

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Have it run no more; returns when the process has ended."""
        self._wanted = False
        if self._restarting is not None:
            self._restarting.cancel()
        if self._process is not None:
            self.sends(number)
            if not await self.bell.until(lambda: self._process is None, PATIENCE):
                self.sends(signal.SIGKILL)
                await self.bell.until(lambda: self._process is None)

    async def has_ended(self) -> None:
        """Wait until there is no process, and there will be none."""
        if not await self.bell.until(lambda: self._process is None and not self._wanted, PATIENCE):
            raise AssertionError(f"the service goes on; its log ends:\n{self.tail()}")

    async def is_ready(self, *, after: int = 0) -> None:
        """Wait until a process is ready, a later one than the `after`th."""
        await self.bell.until(
            lambda: (self._ready and self.starts > after) or self.starts > after + HOPELESS, PATIENCE
        )
        if not self._ready:
            raise AssertionError(
                f"the service is not ready after {PATIENCE:g} s; its log ends:\n{self.tail()}"
            )

    def tail(self, lines: int = 40) -> str:
        """The end of what it has logged."""
        said = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(said.splitlines()[-lines:])

    def _begins(self) -> None:
        self._restarting = None
        self.starts += 1
        name = f"\0halo-chaos-{secrets.token_hex(8)}"
        self._told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._told.bind(name)
        told = {"NOTIFY_SOCKET": f"@{name[1:]}", "WATCHDOG_USEC": str(round(WATCHDOG * 1e6))}
        told["PYTHONPATH"] = str(CLONE)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig=KILL", "--", *self._command],
                env={**os.environ, **told},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._ended = os.pidfd_open(self._process.pid)
        self._loop.add_reader(self._told, self._hears)
        self._loop.add_reader(self._ended, self._has_ended)

    def _hears(self) -> None:
        assert self._told is not None
        try:
            words = self._told.recv(4096).decode().splitlines()
        except BlockingIOError:
            return
        self._ready = self._ready or "READY=1" in words
        if "STOPPING=1" in words:
            self._stopping = True
            self._is_watched_no_more()
        elif {"READY=1", "WATCHDOG=1"} & set(words) and not self._stopping:
            self._is_watched_no_more()
            self._watchdog = self._loop.call_later(WATCHDOG, self._is_silent)
        self.bell.ring()

    def _is_watched_no_more(self) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None

    def _is_silent(self) -> None:
        with self.log.open("a") as log:
            log.write(f"--- supervisor: silent for {WATCHDOG:g} s, killed\n")
        self.sends(signal.SIGKILL)

    def _has_ended(self) -> None:
        assert self._process is not None
        assert self._told is not None
        status = self._process.wait()
        self._loop.remove_reader(self._ended)
        self._loop.remove_reader(self._told)
        os.close(self._ended)
        self._told.close()
        self._is_watched_no_more()
        self._process, self._ready, self._stopping = None, False, False
        self._wanted = self._wanted and status not in WAIT_FOR_SOMEBODY
        if self._wanted:
            self._restarting = self._loop.call_later(self.restart, self._begins)
        self.bell.ring()
